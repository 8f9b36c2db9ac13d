// The supervisor's part in a gated run: it has the turn while the run is halted, tells the session what each
// worker could do, and takes the turn over from whoever dies with it.
#pragma once

#include "core/runtime/gated.hpp"

namespace lockstep {

class GatedKeeper final : public GatedRuntime {
 public:
  explicit GatedKeeper(Arena& arena) : GatedRuntime(arena, kNoHooks) {}

  /// Looks what is to be done; to be called whenever the turn may have returned or the session may have asked
  /// to go on. Blocks only while a signal kills a process.
  void tend();
  /// The process has died: by that signal, or (0) because it exited. All its threads are gone.
  void process_died(int pid, int signal);
  /// The run goes on live from here. The run is halted.
  void release();

 private:
  bool has_turn() const { return control_.holder.load(std::memory_order_acquire) == kSandbox; }
  void wake(WorkerId worker);
  void mend();
  void take_over_from(WorkerId dead);
  void take_over_from_the_dead();
  void publish();

  static const HostHooks kNoHooks;
};

}  // namespace lockstep
