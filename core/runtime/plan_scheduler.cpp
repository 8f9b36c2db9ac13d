#include "core/runtime/plan_scheduler.hpp"

#include <algorithm>

#include "core/runtime/stepped.hpp"
#include "core/schedule/policy.hpp"

namespace lockstep {

bool is_synchronization(EventKind operation) noexcept {
  switch (operation) {
    case EventKind::is_alive:
    case EventKind::locked:
    case EventKind::event_is_set:
    case EventKind::queue_size:
    case EventKind::sleep_end:
    case EventKind::load:
    case EventKind::store:
    case EventKind::add:
    case EventKind::global_load:
    case EventKind::global_store:
    case EventKind::file_read:
    case EventKind::file_write:
    case EventKind::file_truncate:
    case EventKind::file_append:
    case EventKind::print:
    case EventKind::check: return false;
    default: return true;
  }
}

Choice PlanScheduler::halt(Halt reason) {
  reason_ = reason;
  return kHalt;
}

Choice PlanScheduler::diverge(DivergenceKind kind, std::uint32_t step, WorkerId worker) {
  control_.divergence = {kind, step, worker};
  return halt(Halt::diverged);
}

/// Whether the last of so many steps came out as its mark says.
bool PlanScheduler::did_as_expected(std::uint32_t steps) const {
  return steps == 0 || steps > control_.plan.expected ||
         control_.marks[steps - 1] == control_.expected[steps - 1];
}

/// A live run's order has a step for each wait; whoever can never move again begins to wait without one.
void PlanScheduler::skip_begun_waits(std::uint32_t step) {
  StepPlan& plan = control_.plan;
  if (step < plan.expected) return;  // a schedule of a stepped run
  const auto next = control_.choices.begin() + step;
  while (step < plan.planned && next->by_hand && next->worker < arena_.worker_count() &&
         arena_.worker(next->worker).step.stand == Stand::waiting) {
    std::copy(next + 1, control_.choices.begin() + plan.planned, next);
    if (plan.stop_at == plan.planned) --plan.stop_at;
    --plan.planned;
  }
}

Choice PlanScheduler::towards_synchronization(const Situation& situation) {
  const StepPlan& plan = control_.plan;
  const Move* move = situation.move_of(plan.synchronize);
  if (move == nullptr) return halt(Halt::synchronization);
  const bool has_moved = situation.step > plan.planned;
  if (has_moved && is_synchronization(move->operation)) return halt(Halt::synchronization);
  return {plan.synchronize, false, 0};
}

Choice PlanScheduler::next(const Situation& situation) {
  StepPlan& plan = control_.plan;
  if (!did_as_expected(situation.step)) {
    return diverge(DivergenceKind::events, situation.step - 1, control_.last);
  }
  skip_begun_waits(situation.step);
  if (situation.step < plan.planned) {
    Choice choice = control_.choices[situation.step];
    // A live run's order does not tell for whom beginning to wait is a move.
    const Move* move = situation.move_of(choice.worker);
    if (move != nullptr && move->kind == MoveKind::begin_to_wait) choice.by_hand = false;
    if (is_possible(arena_, choice)) return choice;
    return diverge(DivergenceKind::impossible, situation.step, choice.worker);
  }
  if (control_.stop_asked.load(std::memory_order_relaxed) != 0) return halt(Halt::asked);
  if (situation.step >= plan.stop_at) return halt(Halt::position);
  if (plan.synchronize != kNoWorker) return towards_synchronization(situation);
  const Choice choice = next_choice(plan.policy, situation);
  return choice.worker == kNoWorker ? halt(Halt::policy) : choice;
}

/// Nobody can move, so everybody has begun to wait, as the rest of the plan says.
bool PlanScheduler::only_waits_are_left(std::uint32_t steps) const {
  const auto planned = control_.choices.begin() + control_.plan.planned;
  return std::all_of(control_.choices.begin() + steps, planned, [](Choice c) { return c.by_hand; });
}

Halt PlanScheduler::reason() {
  if (reason_ != Halt::none) return reason_;
  const std::uint32_t steps = control_.steps.load(std::memory_order_relaxed);
  if (steps == kMaxSteps) return Halt::step_limit;
  if (!did_as_expected(steps)) {
    diverge(DivergenceKind::events, steps - 1, control_.last);
  } else if (steps < control_.plan.planned && !only_waits_are_left(steps)) {
    diverge(DivergenceKind::nobody, steps, control_.choices[steps].worker);
  } else {
    reason_ = Halt::nobody;
  }
  return reason_;
}

}  // namespace lockstep
