// The session's hold on the host process of a run: starting it, noticing its end, ending it with all that
// belongs to it.
#pragma once

#include <optional>
#include <string>

#include "core/arena/arena.hpp"
#include "core/platform/process.hpp"

namespace lockstep {

class HostProcess {
 public:
  /// Starts the binary again as the host of the run in `arena`; a sentence in `error` if that fails.
  HostProcess(Arena& arena, std::string& error);
  /// Ends it if it still runs (up to 100 ms) and removes the run's folder.
  ~HostProcess();

  int pid() const { return pid_; }
  /// The wait status once the supervisor has ended. Does not block.
  std::optional<int> ended();
  /// Does not block. See ControlByte.
  void say(char byte);
  /// Asks the supervisor to end the run. Does not block.
  void ask_to_stop() { control_.reset(); }
  /// Kills whatever is left of the run, the supervisor too. Blocks until the supervisor is reaped.
  void kill_all();

 private:
  bool wait_for_end(int ms);
  Arena& arena_;
  platform::Fd control_;
  platform::Fd pidfd_;
  std::optional<int> status_;
  int pid_ = 0;
};

}  // namespace lockstep
