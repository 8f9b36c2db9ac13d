// The run's clock: scaled, pausable. The session steers it; workers read it. Mapped by segments in the arena,
// so that an event needs nothing but a raw tick count.
#pragma once

#include "core/arena/arena.hpp"

namespace lockstep {

/// Run time now.
RunTime run_now(const ArenaHeader& header);

/// Real nanoseconds until the run's clock shows `deadline` at the present speed: 0 if it is past, -1 while
/// paused.
std::int64_t real_ns_until(const ArenaHeader& header, RunTime deadline);

/// Run nanoseconds a real nanosecond; 0 while paused.
double run_speed(const ArenaHeader& header);

/// Sets the speed from now on (run seconds a real second; 0 = paused) and tells everybody who sleeps.
/// Only the session calls it. Does nothing when the 65536 segments of a run are used up.
void set_clock_rate(ArenaHeader& header, double speed);

/// Tells everybody who waits for the epoch that steering has changed.
void bump_epoch(ArenaHeader& header);

}  // namespace lockstep
