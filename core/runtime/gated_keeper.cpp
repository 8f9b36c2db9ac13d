#include "core/runtime/gated_keeper.hpp"

#include <algorithm>

#include "core/platform/futex.hpp"

namespace lockstep {

const HostHooks GatedKeeper::kNoHooks;

void GatedKeeper::wake(WorkerId worker) {
  std::atomic<std::uint32_t>& word = arena_.worker(worker).step.turn;
  word.fetch_add(1, std::memory_order_release);
  platform::futex_wake(word);
}

void GatedKeeper::publish() {
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    Offer& offer = control_.offers[id];
    move_of(arena_, worker, offer.move);
    offer.can_begin_to_wait = is_possible(arena_, {worker, true, 0});
  }
  control_.offers_version.fetch_add(1, std::memory_order_release);
  control_.halted.store(control_.reason.load(std::memory_order_relaxed), std::memory_order_release);
  ring_doorbell(arena_.header());
}

/// Also for a worker that died between being chosen and being given the turn.
void GatedKeeper::take_over_from_the_dead() {
  const std::uint32_t holder = control_.holder.load(std::memory_order_seq_cst);
  if (holder >= kMaxWorkers) return;
  const auto worker = static_cast<WorkerId>(holder);
  if (arena_.worker(worker).step.gone.load(std::memory_order_acquire) != 0) take_over_from(worker);
}

void GatedKeeper::tend() {
  take_over_from_the_dead();
  if (!has_turn()) return;
  const bool somebody_died = control_.deaths.load(std::memory_order_acquire) != 0;
  // Who reads of the death sees that what was offered before it holds no longer, until publish().
  if (somebody_died) control_.halted.store(Halt::none, std::memory_order_relaxed);
  bury_the_dead();
  if (control_.reason.load(std::memory_order_acquire) == Halt::none) {
    pass_turn();
  } else if (somebody_died) {
    settle(!moves_.situation().moves.empty());
  }
  if (!has_turn()) return;
  if (somebody_died || control_.halted.load(std::memory_order_relaxed) == Halt::none) publish();
}

void GatedKeeper::process_died(int pid, int signal) {
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    WorkerSlot& slot = arena_.worker(static_cast<WorkerId>(id));
    if (slot.pid.load(std::memory_order_acquire) != pid) continue;
    const bool with_its_program = signal == 0 || slot.cut_off.load(std::memory_order_acquire);
    slot.step.gone.store(with_its_program ? 1 : static_cast<std::uint32_t>(signal) + 2,
                         std::memory_order_release);
  }
  control_.deaths.store(1, std::memory_order_seq_cst);
  take_over_from_the_dead();
  const std::uint32_t holder = control_.holder.load(std::memory_order_acquire);
  // Whoever gave it the turn may have died before waking it.
  if (holder < kMaxWorkers) wake(static_cast<WorkerId>(holder));
  tend();
}

/// Whoever had the turn died at any instruction. Nobody else runs, so what it left half done is what the last
/// event of a ring and the words around it say.
void GatedKeeper::mend() {
  std::uint64_t last_time = 0;
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    WorkerSlot& slot = arena_.worker(worker);
    const std::uint64_t head = slot.ring.head.load(std::memory_order_acquire);
    if (head == 0) continue;
    const Event& event = arena_.ring(worker)[(head - 1) & (kRingCapacity - 1)];
    last_time = std::max(last_time, event.time);
    ObjectSlot& object = arena_.object(event.object);
    const std::uint32_t next = object.seq.load(std::memory_order_relaxed) + 1;
    if (event.object != kNoObject && event.seq == next) object.seq.store(next, std::memory_order_release);
    const bool has_begun_to_wait = event.kind == EventKind::block && slot.step.stand == Stand::at_call;
    if (has_begun_to_wait) slot.step.stand = Stand::waiting;
  }
  const std::uint32_t steps = control_.steps.load(std::memory_order_relaxed);
  const std::uint64_t begin =
      static_cast<std::uint64_t>(steps == 0 ? 0 : steps - 1) * static_cast<std::uint64_t>(kStepTime);
  if (last_time >= begin) control_.events_in_step = static_cast<std::uint32_t>(last_time - begin + 1);
  for (std::uint32_t id = 1; id < arena_.object_count(); ++id) {
    ObjectSlot& object = arena_.object(static_cast<ObjectId>(id));
    object.guard.word.store(0, std::memory_order_release);
    object.defined.store(1, std::memory_order_release);
  }
}

void GatedKeeper::take_over_from(WorkerId dead) {
  mend();
  control_.holder.store(kSandbox, std::memory_order_release);
  control_.reason.store(Halt::none, std::memory_order_relaxed);
  // It may have chosen another and not woken it, or may have been starting: the step belongs to that one.
  const WorkerId chosen = control_.last;
  const Stand stand = arena_.worker(chosen).step.stand;
  bury_the_dead();
  if (chosen == dead || arena_.worker(chosen).step.stand == Stand::ended) return;
  if (stand == Stand::dying) {
    carry_out_death(chosen);
  } else {
    give_turn(chosen);
  }
}

void GatedKeeper::release() {
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    const StepSlot& step = arena_.worker(worker).step;
    if (step.stand == Stand::dying && step.signal != 0) carry_out_death(worker);
  }
  control_.stepped.store(0, std::memory_order_release);
  control_.holder.store(kReleased, std::memory_order_release);
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id)
    wake(static_cast<WorkerId>(id));
}

}  // namespace lockstep
