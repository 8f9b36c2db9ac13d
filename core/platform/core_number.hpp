// The core that a thread runs on.
#pragma once

namespace lockstep::platform {

/// The number of the core that the calling thread runs on now, from 0; -1 if the kernel does not tell. Costs
/// some nanoseconds: sched_getcpu(3).
int core_number() noexcept;

}  // namespace lockstep::platform
