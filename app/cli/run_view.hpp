// What is told of a run, whoever chose its schedule: the operating system, or one choice at a time.
#pragma once

#include <cstdint>
#include <optional>

#include "core/schedule/schedule.hpp"
#include "core/session/session.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep::cli {

/// Refers to a run that exists at least as long.
struct RunView {
  const RunRequest& request;  ///< filled in
  const Scenario& scenario;
  const TraceStore& store;
  const Diagnosis& diagnosis;
  bool stepped = false;
  std::optional<Schedule> schedule{};  ///< stepped: of what was done
};

RunView view_of(const Session& session);
RunView view_of(const SteppedRun& run);

/// What replays the run, which ended so: the choices made, or the order that the operating system chose.
/// Nothing if steps cannot show the same, for instance because a process was killed from outside.
std::optional<Schedule> schedule_of(const RunView& run, Outcome outcome);

}  // namespace lockstep::cli
