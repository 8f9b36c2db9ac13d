#include "core/platform/core_number.hpp"

#include <sched.h>

namespace lockstep::platform {

int core_number() noexcept { return sched_getcpu(); }

}  // namespace lockstep::platform
