// What a live and a stepped run have in common on their user's side: the host process, the events that it
// sends, what they mean, and how it ended.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/session/definitions.hpp"
#include "core/session/host_process.hpp"
#include "core/session/ingest.hpp"
#include "core/session/session.hpp"

namespace lockstep {

/// A request that can be run: variant, all params and seed filled in.
struct CheckedRequest {
  RunRequest request;
  const Scenario* scenario = nullptr;
  std::map<std::string, std::int64_t> params;
};
/// Or one sentence that says what is wrong with it.
std::variant<CheckedRequest, std::string> check(const RunRequest& asked);

class RunCore {
 public:
  /// The run's memory, with the request in it; no process yet. Throws std::runtime_error with a sentence.
  RunCore(const CheckedRequest& checked, RunMode mode);
  /// Ends the run if it still goes on (up to 100 ms).
  ~RunCore();
  RunCore(const RunCore&) = delete;
  RunCore& operator=(const RunCore&) = delete;

  /// Starts the host. `on_start`: see Ingest. Throws std::runtime_error with a sentence.
  void launch(std::function<void()> on_start, std::function<void()> on_data);

  /// Takes at most `budget` events into the store and the diagnosis; true if there were any.
  bool take_in(std::size_t budget);
  bool has_more() const { return consumed_ < batch_.size(); }
  /// True if the host has ended and all events are taken in.
  bool is_over();
  /// What the run came to. `stopped`: its user ended it.
  RunEnd judge_end(bool stopped) const;
  std::uint64_t taken() const { return taken_; }  ///< events taken in so far
  /// Process ids that exist now, the supervisor's first.
  std::vector<int> pids() const;

  const RunRequest request;
  const Scenario& scenario;
  Arena arena;
  TraceStore store;
  Diagnosis diagnosis;
  Definitions definitions;
  std::unique_ptr<HostProcess> host;
  std::unique_ptr<Ingest> ingest;

 private:
  std::vector<Event> batch_;
  std::size_t consumed_ = 0;
  std::uint64_t taken_ = 0;
  std::string broken_trace_;  ///< a sentence if the events broke a rule: our fault
};

}  // namespace lockstep
