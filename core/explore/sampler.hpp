// Executions of a program under a policy with one seed after another.
#pragma once

#include "core/explore/board.hpp"
#include "core/explore/fiber_run.hpp"
#include "core/schedule/policy.hpp"

namespace lockstep {

class Sampler final : private Scheduler {
 public:
  /// An execution is cut off at max_steps. `board` gets the failures.
  Sampler(FiberRun& run, Board& board, std::uint64_t seed, std::uint32_t max_steps);
  /// Runs the program once under a policy of that kind; `depth` as in PolicySpec.
  void advance(PolicyKind kind, std::uint32_t depth = 2);
  std::uint64_t executions() const { return tally_.executions(); }

 private:
  Choice next(const Situation& situation) override;

  FiberRun& run_;
  Board& board_;
  Tally& tally_;
  std::uint64_t seed_;
  std::uint32_t max_steps_;
  std::uint32_t steps_ = 128;  ///< of the execution before
  Policy policy_;
  ScheduleCost cost_;
};

}  // namespace lockstep
