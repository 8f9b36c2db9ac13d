#include "core/explore/outcome.hpp"

#include "core/analysis/chain.hpp"
#include "core/runtime/apply.hpp"
#include "core/runtime/death.hpp"

namespace lockstep {
namespace {

using analysis::Dependence;
using analysis::Hope;
using analysis::Root;

/// What a worker hangs on when nobody can move. As in the analysis of traces (core/analysis/replay).
Dependence dependence_of(Arena& arena, WorkerId id) {
  const WorkerSlot& slot = arena.worker(id);
  if (slot.step.stand != Stand::waiting) return {Hope::anyone, kNoWorker};
  const ObjectSlot& object = arena.object(slot.pending.object);
  const auto hangs_on = [&](WorkerId other) {
    return arena.worker(other).step.stand == Stand::ended ? Dependence{Hope::never, other}
                                                          : Dependence{Hope::worker, other};
  };
  switch (object.kind) {
    case ObjectKind::lock:
    case ObjectKind::rlock: return hangs_on(current_state(object).owner);
    case ObjectKind::thread:
    case ObjectKind::process:
      if (current_state(object).value != stage_created) return hangs_on(object.owner);
      break;
    default: break;
  }
  return {Hope::anyone, kNoWorker};
}

/// False for daemons and for whatever lives in a daemon process: the program ends without them.
bool holds_program_open(Arena& arena, WorkerId id) {
  for (bool first = true; id != kNoWorker; first = false) {
    const WorkerSlot& slot = arena.worker(id);
    if (slot.daemon && (first || slot.kind == WorkerKind::process)) return false;
    id = slot.parent;
  }
  return true;
}

}  // namespace

Outcome outcome_of_end(Arena& arena, const FiberEnd& end) {
  if (!end.all_ended && !end.halted) {
    const auto workers = static_cast<WorkerId>(arena.worker_count());
    const auto dependence = [&](WorkerId id) { return dependence_of(arena, id); };
    bool stuck = false;
    for (WorkerId id = 0; id < workers; ++id) {
      if (arena.worker(id).step.stand != Stand::waiting) continue;
      const Root root = analysis::root_of(id, workers, false, dependence);
      if (root.kind == Root::Kind::cycle) return Outcome::deadlock;
      stuck = stuck || holds_program_open(arena, id);
    }
    if (stuck) return Outcome::stuck;
  }
  return failure_so_far(end);
}

Outcome failure_so_far(const FiberEnd& end) {
  if (end.error_raised) return Outcome::error;
  if (end.check_failed) return Outcome::failed_check;
  return end.killed ? Outcome::killed : Outcome::ok;
}

}  // namespace lockstep
