// Run ×100: the same request again and again, live, one run after another, to learn how often it fails.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/session/session.hpp"

namespace lockstep {

class RunBatch {
 public:
  /// Starts the first run. Runs go at the highest speed; a run that is stuck counts at once.
  RunBatch(RunRequest request, int total, std::function<void()> on_data);
  ~RunBatch();  ///< cancels

  /// Takes in what has happened and starts the next run. Never blocks longer than a start (5 ms). True if it
  /// changed.
  bool poll();
  void cancel();

  bool running() const { return session_ != nullptr; }
  int total() const { return total_; }
  int done() const { return done_; }
  int failed() const { return failed_; }
  const std::map<Outcome, int>& outcomes() const { return outcomes_; }
  const std::string& error() const { return error_; }  ///< why it could not go on; "" if nothing is wrong
  const RunRequest& request() const { return request_; }

 private:
  void start_next();
  void count(Outcome outcome);

  RunRequest request_;
  std::function<void()> on_data_;
  std::unique_ptr<Session> session_;
  std::chrono::steady_clock::time_point started_;
  std::optional<Outcome> stuck_;  // the outcome of a run that is being ended because it can never move
  std::map<Outcome, int> outcomes_;
  std::string error_;
  int total_ = 0, done_ = 0, failed_ = 0;
};

}  // namespace lockstep
