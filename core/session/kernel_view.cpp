#include "core/session/kernel_view.hpp"

#include "core/platform/process.hpp"

namespace lockstep {

KernelSight look_at_kernel(int pid) {
  KernelSight sight;
  sight.letter = platform::kernel_state(pid);
  if (sight.letter != 0) sight.parent = platform::parent_of(pid);
  return sight;
}

}  // namespace lockstep
