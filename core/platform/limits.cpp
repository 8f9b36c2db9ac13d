#include "core/platform/limits.hpp"

#include <sys/resource.h>

namespace lockstep::platform {

void allow_most_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace lockstep::platform
