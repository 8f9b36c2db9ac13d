// What the threads of one exploration tell each other.
#pragma once

#include <atomic>
#include <deque>
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

/// The executions of one thread. Only that thread counts, anybody may read. On a cache line of its own: two
/// threads that count half a million a second each would pass a common one to and fro.
class alignas(64) Tally {
 public:
  /// An execution has ended.
  void count(bool fails) {
    add_one(executions_);
    if (fails) add_one(failing_);
  }
  std::uint64_t executions() const { return executions_.load(std::memory_order_relaxed); }
  std::uint64_t failing() const { return failing_.load(std::memory_order_relaxed); }

 private:
  static void add_one(std::atomic<std::uint64_t>& number) {
    number.store(number.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
  std::atomic<std::uint64_t> executions_ = 0;
  std::atomic<std::uint64_t> failing_ = 0;
};

/// Thread-safe. May block while another thread is inside (a microsecond).
class Board {
 public:
  /// A new one, for one thread; it lives as long as the board.
  Tally& new_tally();
  /// In all tallies.
  std::uint64_t executions() const;
  std::uint64_t failing() const;

  /// True if a failure of this cost would be the cheapest so far.
  bool would_be_best(const ScheduleCost& cost) const;
  void offer(Failure failure);
  std::optional<Failure> best() const;
  bool has_failure() const { return has_failure_.load(std::memory_order_acquire); }

  void stop() { stopped_.store(true, std::memory_order_relaxed); }
  bool is_stopped() const { return stopped_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> has_failure_ = false;
  std::atomic<bool> stopped_ = false;
  mutable std::mutex mutex_;
  std::deque<Tally> tallies_;
  std::optional<Failure> best_;
};

}  // namespace lockstep
