#include "core/explore/least_search.hpp"

#include "core/explore/mix.hpp"
#include "core/explore/outcome.hpp"

namespace lockstep {
namespace {

/// Costs compare as these numbers do.
std::uint64_t packed(const ScheduleCost& cost) {
  return std::uint64_t{cost.preemptions} << 40 | std::uint64_t{cost.switches} << 20 | cost.steps;
}
static_assert(kMaxSteps < (1U << 20U));

}  // namespace

LeastSearch::LeastSearch(FiberRun& run, Board& board, std::uint32_t max_steps, std::size_t max_states)
    : run_(run), board_(board), tally_(board.new_tally()), max_steps_(max_steps), max_states_(max_states) {
  start();
}

void LeastSearch::start() {
  paths_.assign(1, {});
  levels_.clear();
  levels_[{0, 0}].push_back({.worker = kMainWorker});
  seen_ = {};
  starts_again_ = false;
}

/// The next one of the cheapest level; false: there is none, or none that could cost less than what is known.
bool LeastSearch::take_branch() {
  while (!levels_.empty()) {
    auto& [level, branches] = *levels_.begin();
    if (branches.empty()) {
      levels_.erase(levels_.begin());
      continue;
    }
    branch_ = branches.back();
    branches.pop_back();
    cost_ = {.preemptions = level.first, .switches = level.second, .steps = branch_.steps + 1};
    if (!board_.has_failure() || board_.would_be_best(cost_)) return true;
    if (!board_.would_be_best({level.first, level.second, 0})) return false;
  }
  return false;
}

void LeastSearch::lay_out(Path path) {
  prefix_.resize(branch_.steps + 1);
  std::size_t end = branch_.steps;
  prefix_[end] = branch_.worker;
  for (; path != kStart; path = paths_[path].before) {
    for (std::uint32_t i = 0; i < paths_[path].steps; ++i)
      prefix_[--end] = paths_[path].worker;
  }
}

bool LeastSearch::advance() {
  if (is_over_ || !take_branch()) {
    is_over_ = true;
    return false;
  }
  lay_out(branch_.path);
  const FiberEnd end = run_.run(*this);
  ++executions_;
  if (starts_again_) {
    start();
    return true;
  }
  if (!end.halted) {
    const Outcome outcome = outcome_of_end(run_.arena(), end);
    tally_.count(is_failure(outcome));
    if (is_failure(outcome)) board_.offer({cost_, outcome, choices_made(run_.arena())});
  }
  if (seen_.size() > max_states_) {
    gave_up_ = is_over_ = true;
    return false;
  }
  return true;
}

Choice LeastSearch::next(const Situation& situation) {
  if (situation.step < prefix_.size()) return {prefix_[situation.step]};
  if (!has_kills_) {
    for (const Move& move : situation.moves)
      has_kills_ = has_kills_ || move.operation == EventKind::terminate || move.operation == EventKind::kill;
    starts_again_ = has_kills_;
    if (starts_again_) return kHalt;
  }
  if (situation.step >= max_steps_) {
    cut_ = true;
    return kHalt;
  }
  const std::uint64_t key = mixed(run_.state_digest(), branch_.worker);
  if (!seen_.improve(key, packed(cost_))) return kHalt;
  branch_off(situation);
  if (situation.move_of(branch_.worker) == nullptr) return kHalt;
  ++cost_.steps;
  return {branch_.worker};
}

/// True if to interrupt the worker behind the move costs no more than before it.
bool LeastSearch::may_wait(const Move& move) {
  return move.effect == Effect::none && !has_kills_ && !run_.arena().worker(move.worker).daemon;
}

/// Notes what else could be done here.
void LeastSearch::branch_off(const Situation& situation) {
  const Move* const own = situation.move_of(branch_.worker);
  const bool goes_on = own != nullptr;
  if (situation.moves.size() == (goes_on ? 1U : 0U) || (goes_on && may_wait(*own))) return;
  const auto path = static_cast<Path>(paths_.size());
  paths_.push_back({branch_.path, situation.step - branch_.steps, branch_.worker});
  auto& level = levels_[{cost_.preemptions + (goes_on ? 1U : 0U), cost_.switches + 1}];
  for (const Move& move : situation.moves) {
    if (move.worker != branch_.worker) level.push_back({path, situation.step, move.worker});
  }
}

}  // namespace lockstep
