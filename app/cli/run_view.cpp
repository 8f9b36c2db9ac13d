#include "app/cli/run_view.hpp"

#include "core/session/live_order.hpp"

namespace lockstep::cli {

RunView view_of(const Session& session) {
  return {session.request(), session.scenario(), session.store(), session.diagnosis()};
}

RunView view_of(const SteppedRun& run) {
  return {run.request(), run.scenario(), run.store(), run.diagnosis(), true, run.schedule()};
}

std::optional<Schedule> schedule_of(const RunView& run, Outcome outcome) {
  if (run.schedule) return run.schedule;
  LiveOrder order = order_of(run.store);
  // What is stuck or stopped is killed by its user in the end.
  const bool ended_by_user =
      outcome == Outcome::deadlock || outcome == Outcome::stuck || outcome == Outcome::stopped;
  const bool whole = !order.difference ||
                     (ended_by_user && order.difference->kind == LiveDifference::Kind::killed_from_outside);
  if (!whole || order.choices.empty()) return std::nullopt;
  return Schedule{.scenario = run.request.scenario,
                  .variant = run.request.variant,
                  .params = run.store.run().params,
                  .seed = run.request.seed,
                  .choices = std::move(order.choices)};
}

}  // namespace lockstep::cli
