// A program for policies, without any runtime: n workers, each of which makes k moves.
#pragma once

#include <vector>

#include "core/schedule/policy.hpp"

namespace lockstep {

struct ToyProgram {
  /// One move of a worker: what it touches and how.
  struct Step {
    ObjectId object = kNoObject;
    Effect effect = Effect::none;
  };
  std::vector<std::vector<Step>> workers;

  /// All workers alike.
  static ToyProgram alike(std::size_t workers, std::size_t steps, Step step) {
    return {std::vector(workers, std::vector(steps, step))};
  }
};

struct ToyRun {
  std::vector<WorkerId> order;
  std::uint32_t preemptions = 0;
  Policy policy;
};

/// Runs it to its end, or until the policy halts.
inline ToyRun run_toy(const ToyProgram& program, const Policy& policy) {
  ToyRun run{.order = {}, .policy = policy};
  std::vector<std::size_t> done(program.workers.size());
  WorkerId last = kNoWorker;
  for (;;) {
    std::vector<Move> moves;
    for (std::size_t i = 0; i < program.workers.size(); ++i) {
      if (done[i] == program.workers[i].size()) continue;
      const ToyProgram::Step& step = program.workers[i][done[i]];
      moves.push_back({.worker = static_cast<WorkerId>(i), .object = step.object, .effect = step.effect});
    }
    if (moves.empty()) return run;
    const Situation situation{moves, last, static_cast<std::uint32_t>(run.order.size())};
    const Choice choice = next_choice(run.policy, situation);
    if (choice == kHalt) return run;
    if (situation.preempts(choice.worker)) ++run.preemptions;
    last = choice.worker;
    ++done[last];
    run.order.push_back(last);
  }
}

inline ToyRun run_toy(const ToyProgram& program, const PolicySpec& spec) {
  return run_toy(program, make_policy(spec));
}

}  // namespace lockstep
