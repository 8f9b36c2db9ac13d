#include "core/runtime/death.hpp"

#include "core/arena/ring.hpp"
#include "core/runtime/holders.hpp"
#include "core/runtime/live.hpp"

namespace lockstep {
namespace {

bool has_ended(Arena& arena, const WorkerSlot& slot) {
  const ObjectSlot& own = arena.object(slot.object);
  return own.states[own.seq.load(std::memory_order_acquire) & 1].value == stage_ended;
}

/// In the dead process's name: its copies of the ends of pipes went with it.
void lose_pipes(Arena& arena, WorkerId process) {
  RingWriter ring(arena, process);
  const auto commit = [&](ObjectSlot& pipe, Event event) {
    event.seq = pipe.seq.load(std::memory_order_relaxed) + 1;
    ring.reserve(1);
    ring.push(event);
    pipe.seq.store(event.seq, std::memory_order_release);
    pipe.waiters.each([&](WorkerId waiter) { arena.worker(waiter).waker_seq = event.seq; });
  };
  while (lose_pipe(arena, process, kSandbox, commit)) {
  }
}

void free_guards(Arena& arena, WorkerId worker) {
  for (std::uint32_t id = 1; id < arena.object_count(); ++id)
    recover_object(arena, static_cast<ObjectId>(id), worker);
}

}  // namespace

void record_death(Arena& arena, WorkerId worker, EventKind kind, int signal) {
  free_guards(arena, worker);
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    const Guard guard(arena, static_cast<ObjectId>(id));
    arena.object(static_cast<ObjectId>(id)).waiters.erase(worker);
  }
  WorkerSlot& slot = arena.worker(worker);
  ObjectSlot& own = arena.object(slot.object);
  if (slot.process == worker && !has_ended(arena, slot)) lose_pipes(arena, worker);
  {
    const Guard guard(arena, slot.object);
    const std::uint32_t seq = own.seq.load(std::memory_order_relaxed);
    // It may have been killed after it had recorded its own end.
    if (own.states[seq & 1].value != stage_ended) {
      ObjectState& next = own.states[(seq + 1) & 1];
      next = own.states[seq & 1];
      next.value = stage_ended;
      // Whether its parent had taken leave of it is known here, in the order of its object.
      if (arena.worker(slot.process).cut_off.load(std::memory_order_acquire)) {
        kind = EventKind::worker_cut_off;
        signal = 0;
      }
      next.limit = -signal;
      RingWriter ring(arena, worker);
      ring.reserve(1);
      ring.push({.arg = signal, .seq = seq + 1, .object = slot.object, .kind = kind});
      own.seq.store(seq + 1, std::memory_order_release);
      // Those who join it go on because of this event.
      own.waiters.each([&](WorkerId id) { arena.worker(id).waker_seq = seq + 1; });
    }
  }
  slot.lifecycle.store(Lifecycle::ended, std::memory_order_release);
  wake_all_waiters(arena);
}

}  // namespace lockstep
