// The processes of a run as the kernel has them at a moment: who is whose child, who has ended and was not
// waited for, who was adopted. From events alone.
#pragma once

#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

enum class ProcessStage : std::uint8_t {
  starting,  ///< start() was called, it has not begun
  alive,
  zombie,  ///< ended, and its parent, which lives, has not waited for it: the kernel keeps its exit code
  gone,    ///< ended and waited for: by its parent, or by the run's supervisor if it was adopted
};

struct ProcessNode {
  WorkerId process = kMainWorker;  ///< as the id of its first worker
  WorkerId parent = kSandbox;      ///< the process whose child it is now; kSandbox: the run's supervisor
  WorkerId creator = kNoWorker;    ///< the process that started it; kNoWorker for main
  int depth = 0;                   ///< 0: child of the supervisor
  ProcessStage stage = ProcessStage::starting;
  bool adopted = false;           ///< its creator ended before it did
  std::vector<WorkerId> threads;  ///< started, without its first
  /// The last time that the program asked the kernel for its state before the moment: the event's arg is the
  /// letter. kNoEvent if it did not.
  EventIndex asked = kNoEvent;
};

/// After the first `n` events; main first, each parent before its children, those of one parent in the order
/// in which they were made, adopted ones after main and its descendants. Processes that were not started
/// are none. O(processes · (processes + log n)).
std::vector<ProcessNode> process_tree(const TraceStore& store, EventIndex n);

/// The pid of the supervisor, as far as the program asked an orphan for its parent before the moment; 0 if
/// not.
int adopter_pid(const TraceStore& store, EventIndex n);

}  // namespace lockstep
