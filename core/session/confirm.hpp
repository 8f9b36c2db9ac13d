// Whether what was found on fibers happens on real threads and processes, too.
#pragma once

#include <functional>

#include "core/explore/report.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep {

/// True if this replay of its schedule, which stands, shows the failure: every step could be taken, its mark
/// was the same and the run came to the same outcome.
bool shows(const SteppedRun& replay, const LeastFailure& failure);

/// Replays the failure in steps on real threads and processes; true if that shows it. Blocks for some 10 ms,
/// or until `give_up` says so, which is asked every few milliseconds.
bool happens_for_real(const LeastFailure& failure, const std::function<bool()>& give_up);

}  // namespace lockstep
