#include "core/explore/sampler.hpp"

#include <algorithm>

#include "core/explore/outcome.hpp"

namespace lockstep {

Sampler::Sampler(FiberRun& run, Board& board, std::uint64_t seed, std::uint32_t max_steps)
    : run_(run), board_(board), tally_(board.new_tally()), seed_(seed), max_steps_(max_steps) {}

void Sampler::advance(PolicyKind kind, std::uint32_t depth) {
  start_again(policy_,
              {.kind = kind, .seed = seed_ + executions(), .depth = depth, .expected_steps = steps_});
  cost_ = {};
  const FiberEnd end = run_.run_unseen(*this);
  steps_ = std::max(end.steps, 1U);
  const bool fails = !end.halted && is_failure(outcome_of_end(run_.arena(), end));
  tally_.count(fails);
  if (fails && board_.would_be_best(cost_))
    board_.offer({cost_, outcome_of_end(run_.arena(), end), choices_made(run_.arena())});
}

Choice Sampler::next(const Situation& situation) {
  if (situation.step >= max_steps_) return kHalt;
  const Choice choice = next_choice(policy_, situation);
  add_to(cost_, situation, choice);
  return choice;
}

}  // namespace lockstep
