// Following a run from its start to its end, or to where it stands.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "core/session/session.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep::cli {

/// Why a run was followed no longer.
struct Ending {
  RunEnd end;
  int signal = 0;        ///< the signal that ended it, or 0
  bool limit = false;    ///< it went on for longer than the limit
  bool left = false;     ///< whoever stepped it left it before its end
  bool unheard = false;  ///< `progress` said that nobody listens
  double wall_seconds = 0;
};

/// Starts a run; throws a Failure (sandbox) if no process can be started.
std::unique_ptr<Session> start(const RunRequest& request);

/// Follows the run until it has ended, and ends it when it is stuck, when a signal of Interrupts comes, after
/// `limit_seconds` on the wall clock, or when `progress` returns false. `progress` is called whenever
/// something new has come in, and once more after the end. No process of the run is left afterwards.
Ending follow(Session& session, double limit_seconds, const std::function<bool()>& progress);

/// Blocks until a run in steps stands and everything is taken in.
void settle(SteppedRun& run);
/// How a run in steps that stands is told of if it goes no further. `begin`: when it was started.
Ending ending_of(const SteppedRun& run, std::chrono::steady_clock::time_point begin);

/// Exit status for a run that ended so.
int status_of(const Ending& ending, const Diagnosis& diagnosis);

}  // namespace lockstep::cli
