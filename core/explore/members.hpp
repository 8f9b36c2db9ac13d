// The members of a portfolio: ways of looking through a program's schedules that run side by side.
#pragma once

#include <array>
#include <atomic>
#include <chrono>

#include "core/explore/board.hpp"
#include "core/explore/dpor/search.hpp"
#include "core/explore/fiber_run.hpp"
#include "core/explore/least_search.hpp"
#include "core/explore/program.hpp"
#include "core/explore/sampler.hpp"

namespace lockstep {

/// One thread at a time uses a member; what is said to be for others may be called meanwhile.
class Member {
 public:
  virtual ~Member() = default;
  /// Runs one execution, or not even that; false: nothing is left to be done.
  virtual bool advance() = 0;
};

/// Covers every schedule.
class Prover final : public Member {
 public:
  Prover(const Program& program, const ExploreOptions& options, Board& board);
  bool advance() override;
  bool is_done() const { return done_.load(std::memory_order_acquire); }  ///< for others
  /// For others: how much is done, as it was not long ago.
  double fraction();

  const dpor::SearchCounts& counts() const { return search_.counts(); }
  const std::array<std::uint64_t, kOutcomeCount>& by_outcome() const { return by_outcome_; }

 private:
  void take_in(const dpor::Execution& execution);

  Board& board_;
  Tally& tally_;
  FiberRun run_;
  dpor::Search search_;
  std::array<std::uint64_t, kOutcomeCount> by_outcome_{};
  std::atomic<bool> done_ = false;
  std::atomic<bool> is_asked_ = false;
  std::atomic<double> fraction_ = 0;
};

/// Looks for a failure at random, then for the least one.
class Finder final : public Member {
 public:
  Finder(const Program& program, const ExploreOptions& options, Board& board);
  bool advance() override;
  // For others:
  ExplorePhase phase() const { return phase_.load(std::memory_order_relaxed); }
  std::uint32_t bound() const { return bound_.load(std::memory_order_relaxed); }
  std::uint64_t states() const { return states_.load(std::memory_order_relaxed); }
  /// Every state of the program has been looked at, if no failure was found.
  bool saw_all() const { return saw_all_.load(std::memory_order_relaxed); }

  std::uint64_t sampled() const { return sampler_.executions(); }
  const LeastSearch& least() const { return least_; }

 private:
  bool sample();
  void sample_few_preemptions();

  Board& board_;
  FiberRun run_;
  Sampler sampler_;
  LeastSearch least_;
  std::chrono::nanoseconds sampling_time_{0};  ///< spent on the phase
  std::chrono::nanoseconds search_time_{0};    ///< spent on the least
  std::chrono::nanoseconds bounded_time_{0};   ///< spent on executions with few preemptions
  std::atomic<ExplorePhase> phase_;
  std::atomic<std::uint32_t> bound_ = 0;
  std::atomic<std::uint64_t> states_ = 0;
  std::atomic<bool> saw_all_ = false;
};

}  // namespace lockstep
