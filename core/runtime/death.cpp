#include "core/runtime/death.hpp"

#include <sched.h>
#include <cerrno>
#include <csignal>

#include "core/arena/ring.hpp"
#include "core/platform/process.hpp"
#include "core/runtime/holders.hpp"
#include "core/runtime/live.hpp"

namespace lockstep {
namespace {

bool has_ended(Arena& arena, const WorkerSlot& slot) {
  const ObjectSlot& own = arena.object(slot.object);
  return own.states[own.seq.load(std::memory_order_acquire) & 1].value == stage_ended;
}

bool is_dead(int pid) {
  return pid > 0 && (platform::zombie_status(pid).has_value() || (kill(pid, 0) != 0 && errno == ESRCH));
}

/// Waits while somebody alive is inside. Several processes may die at once: one whose death has not been
/// noticed yet holds a guard for ever.
void await_guard(Arena& arena, ObjectId id) {
  const std::atomic<std::uint32_t>& word = arena.object(id).guard.word;
  for (;;) {
    const std::uint32_t holder = word.load(std::memory_order_acquire) & ~Guard::kContended;
    if (holder == 0 || holder > kMaxWorkers) return;
    const auto worker = static_cast<WorkerId>(holder - 1);
    if (is_dead(arena.worker(worker).pid.load(std::memory_order_acquire))) {
      recover_object(arena, id, worker);
    } else {
      sched_yield();
    }
  }
}

void await_guards(Arena& arena) {
  for (std::uint32_t id = 1; id < arena.object_count(); ++id)
    await_guard(arena, static_cast<ObjectId>(id));
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
  do {
    await_guards(arena);
  } while (lose_pipe(arena, process, kSandbox, commit));
}

}  // namespace

void free_guards(Arena& arena, WorkerId worker) {
  for (std::uint32_t id = 1; id < arena.object_count(); ++id)
    recover_object(arena, static_cast<ObjectId>(id), worker);
}

void record_death(Arena& arena, WorkerId worker, EventKind kind, int signal) {
  free_guards(arena, worker);
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    ObjectSlot& object = arena.object(static_cast<ObjectId>(id));
    await_guard(arena, static_cast<ObjectId>(id));
    const Guard guard(object.guard, kSandbox);
    object.waiters.erase(worker);
  }
  WorkerSlot& slot = arena.worker(worker);
  ObjectSlot& own = arena.object(slot.object);
  if (slot.process == worker && !has_ended(arena, slot)) lose_pipes(arena, worker);
  await_guard(arena, slot.object);
  {
    const Guard guard(own.guard, kSandbox);
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
