// What the threads of one exploration tell each other.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

#include "core/explore/report.hpp"

namespace lockstep {

/// A schedule that fails.
struct Failure {
  ScheduleCost cost;
  Outcome outcome = Outcome::ok;
  std::vector<Choice> choices;
};

/// Thread-safe.
class Board {
 public:
  /// An execution has ended. Numbers for the progress only.
  void count(bool fails) {
    executions_.fetch_add(1, std::memory_order_relaxed);
    if (fails) failing_.fetch_add(1, std::memory_order_relaxed);
  }
  std::uint64_t executions() const { return executions_.load(std::memory_order_relaxed); }
  std::uint64_t failing() const { return failing_.load(std::memory_order_relaxed); }

  /// True if a failure of this cost would be the cheapest so far.
  bool would_be_best(const ScheduleCost& cost) const;
  void offer(Failure failure);
  std::optional<Failure> best() const;
  bool has_failure() const { return has_failure_.load(std::memory_order_acquire); }

  void stop() { stopped_.store(true, std::memory_order_relaxed); }
  bool is_stopped() const { return stopped_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> executions_ = 0;
  std::atomic<std::uint64_t> failing_ = 0;
  std::atomic<bool> has_failure_ = false;
  std::atomic<bool> stopped_ = false;
  mutable std::mutex mutex_;
  std::optional<Failure> best_;
};

}  // namespace lockstep
