#include "core/runtime/hopeless.hpp"

#include "core/runtime/apply.hpp"
#include "core/runtime/death.hpp"
#include "core/runtime/moves.hpp"

namespace lockstep {
namespace {

Dependence dependence_on(const Arena& arena, WorkerId other) {
  return {arena.worker(other).step.stand == Stand::ended ? Hope::never : Hope::worker, other};
}

Dependence dependence_of(Arena& arena, WorkerId id) {
  const WorkerSlot& slot = arena.worker(id);
  const Stand stand = slot.step.stand;
  if (stand == Stand::absent) return {Hope::anyone, kNoWorker};
  Move move;
  if ((stand != Stand::at_call && stand != Stand::waiting) || move_of(arena, id, move)) return {};
  const ObjectSlot& object = arena.object(slot.pending.object);
  const ObjectState& state = current_state(object);
  switch (object.kind) {
    case ObjectKind::lock:
    case ObjectKind::rlock:
      // A Gil that nobody holds may still be another's first.
      if (state.owner != kNoWorker) return dependence_on(arena, state.owner);
      break;
    case ObjectKind::thread:
    case ObjectKind::process:
      if (state.value != stage_created) return dependence_on(arena, object.owner);
      break;
    default: break;
  }
  return {Hope::anyone, kNoWorker};
}

}  // namespace

Root root_of(Arena& arena, WorkerId worker, bool anyone_moves) {
  return root_of(worker, static_cast<WorkerId>(arena.worker_count()), anyone_moves,
                 [&](WorkerId id) { return dependence_of(arena, id); });
}

bool holds_program_open(const Arena& arena, WorkerId worker) {
  for (bool first = true; worker != kNoWorker; first = false) {
    const WorkerSlot& slot = arena.worker(worker);
    if (slot.daemon && (first || slot.kind == WorkerKind::process)) return false;
    worker = slot.parent;
  }
  return true;
}

}  // namespace lockstep
