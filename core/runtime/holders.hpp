// Who holds copies of the ends of a pipe. A process that starts gets copies of what its parent has open; a
// process that ends loses its own, however it ends. The last copy of an end that goes is what the other end
// notices.
//
// State of an object of kind pipe: `asleep` = processes that hold its write end, `chosen` = its read end.
#pragma once

#include <optional>
#include <utility>

#include "core/arena/arena.hpp"

namespace lockstep {

enum PipeEnd : std::uint8_t { kWriteEnd = 1, kReadEnd = 2, kBothEnds = 3 };

/// The ends of the pipe in that state of which the process holds copies: a sum of PipeEnd.
std::uint8_t ends_held(const ObjectState& state, WorkerId process);
/// Takes the guard of a pipe for `by`: the supervisor (kSandbox), which waits for nobody dead; a worker; or
/// kNoWorker, for whom nobody else moves and who needs none.
void enter(std::optional<Guard>& guard, Arena& arena, ObjectId pipe, WorkerId by);
/// Takes the process's copies of these ends out of a state.
void drop_ends(ObjectState& state, WorkerId process, std::uint8_t ends);
/// A pipe of which the process still holds copies, in the order in which they are to be dropped when it ends:
/// the read ends first, so that whoever finds that nobody writes any more also knows what stays unread in the
/// other direction, and each in the order of who made them, which is the same in every run, as their numbers
/// are not. kNoObject if there is none. `reader`: who asks, while others may change the pipes; kNoWorker:
/// nobody else moves, as in a stepped run.
ObjectId next_pipe_of(Arena& arena, WorkerId process, WorkerId reader = kNoWorker);
/// Prepares the next state of that pipe and the event that tells that the process's copies went with it.
Event prepare_loss(Arena& arena, ObjectId pipe, WorkerId process);

/// One step of a process's end, however it ends: its copies of the next pipe's ends go. `commit` gets the
/// pipe, whose guard `by` holds then, and the event. False if it holds none any more. `by`: as `reader`
/// above.
template <class Commit>
bool lose_pipe(Arena& arena, WorkerId process, WorkerId by, Commit&& commit) {
  const ObjectId id = next_pipe_of(arena, process, by);
  if (id == kNoObject) return false;
  std::optional<Guard> guard;
  enter(guard, arena, id, by);
  std::forward<Commit>(commit)(arena.object(id), prepare_loss(arena, id, process));
  return true;
}

/// True if the end of the worker's process has begun, by its first worker: this one does nothing more.
inline bool is_cut_off(Arena& arena, WorkerId worker) {
  const WorkerId process = arena.worker(worker).process;
  return process != worker && arena.worker(process).ending.load(std::memory_order_relaxed);
}

/// True for the call by which a process ends: before it happens, its pipes go.
inline bool ends_process(const PendingCall& call, const WorkerSlot& slot, WorkerId worker) {
  return call.kind == EventKind::worker_end && slot.process == worker;
}

}  // namespace lockstep
