// The host of a run: the same binary started again, without a window. It becomes the supervisor of the run
// and forks the main worker, in which the scenario's program runs.
#pragma once

#include <string>

#include "core/platform/process.hpp"

namespace lockstep {

/// First argument that makes the binary a host instead of a program for the user.
inline constexpr char kHostArgument[] = "--lockstep-host";
/// Descriptors that the host finds open: the arena's memory and its end of the control socket.
inline constexpr int kHostArenaFd = 3;
inline constexpr int kHostControlFd = 4;

/// What the session may say on the control socket of a stepped run; its hang-up ends any run.
enum class ControlByte : char {
  go = 'g',    ///< StepControl says what to do: go on
  live = 'l',  ///< the run, which is halted, goes on live
};

/// Runs the request in the arena and never returns. Exit status 0: the run is over, whatever it came to; 3:
/// it could not be started, and ArenaHeader::fault says why.
[[noreturn]] void run_host();

}  // namespace lockstep
