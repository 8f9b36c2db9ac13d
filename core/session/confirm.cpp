#include "core/session/confirm.hpp"

namespace lockstep {

bool shows(const SteppedRun& replay, const LeastFailure& failure) {
  return replay.divergence().empty() && replay.position() == failure.schedule.choices.size() &&
         outcome_of(replay.diagnosis().findings()) == failure.outcome;
}

bool happens_for_real(const LeastFailure& failure, const std::function<bool()>& give_up) {
  constexpr int kLookEveryMs = 5;
  auto started = SteppedRun::start(failure.schedule);
  if (std::holds_alternative<std::string>(started)) return false;
  SteppedRun& run = *std::get<std::unique_ptr<SteppedRun>>(started);
  const auto over = [&] { return run.phase() == RunPhase::ended || run.phase() == RunPhase::stuck; };
  while (!run.ready() && !over()) {
    if (give_up()) return false;
    if (!run.poll()) run.wait(kLookEveryMs);
  }
  return shows(run, failure);
}

}  // namespace lockstep
