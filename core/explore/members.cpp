#include "core/explore/members.hpp"

#include "core/explore/outcome.hpp"

namespace lockstep {
namespace {

using Clock = std::chrono::steady_clock;

/// How long each kind of random search goes on.
constexpr std::chrono::milliseconds kSampling{25};
/// If the search for the least failure takes so long, executions with few preemptions are drawn for so long:
/// what they find bounds the search, and is a better answer if it is cut short.
constexpr std::chrono::milliseconds kPatience{100};
constexpr std::chrono::milliseconds kBoundedSampling{80};

ScheduleCost cost_of(const dpor::ExecutionLog& log) {
  ScheduleCost cost;
  for (dpor::StepIndex i = 0; i < log.size(); ++i) {
    cost.preemptions += log[i].preempts ? 1U : 0U;
    cost.switches += i > 0 && log[i].worker != log[i - 1].worker ? 1U : 0U;
    ++cost.steps;
  }
  return cost;
}

}  // namespace

Prover::Prover(const Program& program, const ExploreOptions& options, Board& board)
    : board_(board),
      tally_(board.new_tally()),
      run_(program.main, options.seed),
      search_(run_, options.max_steps, [this](const dpor::Execution& execution) { take_in(execution); }) {}

void Prover::take_in(const dpor::Execution& execution) {
  if (execution.end.halted) return tally_.count(false);
  const Outcome outcome = outcome_of_end(execution.run.arena(), execution.end);
  ++by_outcome_[static_cast<std::size_t>(outcome)];
  tally_.count(is_failure(outcome));
  if (!is_failure(outcome)) return;
  const ScheduleCost cost = cost_of(execution.log);
  if (board_.would_be_best(cost)) board_.offer({cost, outcome, choices_made(execution.run.arena())});
}

bool Prover::advance() {
  const bool goes_on = search_.advance();
  if (is_asked_.exchange(false, std::memory_order_relaxed))
    fraction_.store(search_.fraction(), std::memory_order_relaxed);
  if (!goes_on) done_.store(true, std::memory_order_release);
  return goes_on;
}

double Prover::fraction() {
  if (is_done()) return 1;
  is_asked_.store(true, std::memory_order_relaxed);
  return fraction_.load(std::memory_order_relaxed);
}

Finder::Finder(const Program& program, const ExploreOptions& options, Board& board)
    : board_(board),
      run_(program.main, options.seed),
      sampler_(run_, board, options.seed, options.max_steps),
      least_(run_, board, options.max_steps),
      phase_(options.goal == ExploreGoal::prove ? ExplorePhase::shrinking : ExplorePhase::random) {}

/// Goes on to the next phase when its time is up.
bool Finder::sample() {
  const ExplorePhase phase = this->phase();
  const auto begin = Clock::now();
  sampler_.advance(phase == ExplorePhase::random ? PolicyKind::random : PolicyKind::pos);
  sampling_time_ += Clock::now() - begin;
  if (sampling_time_ < kSampling) return true;
  sampling_time_ = {};
  phase_.store(phase == ExplorePhase::random ? ExplorePhase::pos : ExplorePhase::bounded,
               std::memory_order_relaxed);
  return true;
}

void Finder::sample_few_preemptions() {
  const auto begin = Clock::now();
  sampler_.advance(PolicyKind::bounded, bounded_time_ < kBoundedSampling / 2 ? 1 : 2);
  bounded_time_ += Clock::now() - begin;
}

bool Finder::advance() {
  if (phase() == ExplorePhase::random || phase() == ExplorePhase::pos) return sample();
  if (board_.has_failure()) phase_.store(ExplorePhase::shrinking, std::memory_order_relaxed);
  if (search_time_ > kPatience && bounded_time_ < kBoundedSampling) {
    sample_few_preemptions();
    return true;
  }
  const auto begin = Clock::now();
  const bool goes_on = least_.advance();
  search_time_ += Clock::now() - begin;
  bound_.store(least_.preemptions(), std::memory_order_relaxed);
  states_.store(least_.states(), std::memory_order_relaxed);
  saw_all_.store(least_.saw_all(), std::memory_order_relaxed);
  if (!goes_on) phase_.store(ExplorePhase::done, std::memory_order_relaxed);
  return goes_on;
}

}  // namespace lockstep
