// What the kernel says now of a process of a run that goes on. No event of the run: the screen tells the two
// apart.
#pragma once

namespace lockstep {

struct KernelSight {
  char letter = 0;  ///< of /proc/PID/stat: R S D T Z …; 0: there is no such process
  int parent = 0;   ///< pid
};

/// Never blocks; about 20 µs. The caller knows from the run's events that the process has not been waited
/// for, or the pid may be another's by now.
KernelSight look_at_kernel(int pid);

}  // namespace lockstep
