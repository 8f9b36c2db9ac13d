#include "core/runtime/death.hpp"

#include "core/arena/ring.hpp"
#include "core/runtime/live.hpp"

namespace lockstep {

void record_death(Arena& arena, WorkerId worker, EventKind kind, int signal) {
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    ObjectSlot& object = arena.object(static_cast<ObjectId>(id));
    recover_object(arena, static_cast<ObjectId>(id), worker);
    const Guard guard(object.guard, kSandbox);
    object.waiters.erase(worker);
  }
  WorkerSlot& slot = arena.worker(worker);
  ObjectSlot& own = arena.object(slot.object);
  {
    const Guard guard(own.guard, kSandbox);
    const std::uint32_t seq = own.seq.load(std::memory_order_relaxed);
    // It may have been killed after it had recorded its own end.
    if (own.states[seq & 1].value != stage_ended) {
      ObjectState& next = own.states[(seq + 1) & 1];
      next = own.states[seq & 1];
      next.value = stage_ended;
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
