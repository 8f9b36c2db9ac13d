// The supervisor of a run: one thread that watches the run's processes and does nothing else.
//
// It notices that a process has died (pidfd) and records it in the name of its workers; adopts and reaps
// orphans (child subreaper); ends the run when the user says so, when the user's process is gone, or when the
// memory limit is passed.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "core/arena/arena.hpp"
#include "core/runtime/gated_keeper.hpp"

namespace lockstep {

class Supervisor {
 public:
  /// `control`: a socket whose other end the session holds. Its hang-up ends the run; see ControlByte.
  Supervisor(Arena& arena, platform::Fd control);

  /// Forks the main worker, in a process group of its own; `body` runs in it and must not return.
  void fork_main(const std::function<void(const HostHooks&)>& body);
  /// Blocks until no process of the run exists any more.
  void watch();

 private:
  struct Watched {
    int pid;
    platform::Fd pidfd;
  };
  void watch_new_processes();
  void wait_for_something();
  void obey();
  void reap_own_children();
  void take_in_dead();
  void on_death(int pid, int wait_status);
  void check_memory();
  void end_everything();
  void give_up(const std::string& sentence);
  bool memory_check_is_due();

  Arena& arena_;
  platform::Fd control_;
  platform::Fd started_;  ///< eventfd that workers write to: a process was started, the turn has returned
  std::vector<Watched> watched_;
  std::set<int> dead_;
  std::optional<GatedKeeper> keeper_;  ///< while the run is stepped
  std::int64_t next_memory_check_ = 0;
  bool stopped_ = false;
};

}  // namespace lockstep
