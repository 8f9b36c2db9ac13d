// The chain of waits that starts at a worker: each wait for a lock or a join hangs on one other worker. The
// one rule by which both a run in steps and whoever reads its events tell who can never move again.
#pragma once

#include "core/event/event.hpp"

namespace lockstep {

/// What a worker's next step hangs on.
enum class Hope : std::uint8_t {
  moves,   ///< nothing: it can move
  worker,  ///< one other worker: the owner of a lock, the target of a join
  anyone,  ///< any worker that can move
  never,   ///< nothing can help: its lock's owner has ended
};
struct Dependence {
  Hope on = Hope::moves;
  WorkerId worker = kNoWorker;
};

/// Where a chain leads.
struct Root {
  enum class Kind : std::uint8_t {
    moves,  ///< to somebody who can move: there is hope for all of the chain
    cycle,  ///< into a cycle of waits
    waits,  ///< to somebody whom nobody can help
  } kind = Kind::moves;
  WorkerId worker = kNoWorker;  ///< waits: the last of the chain; cycle: one of the cycle
};

/// Follows the chain from `worker`; `dependence(id)` answers for each worker, `workers` is their number.
/// O(length).
template <class DependenceOf>
Root root_of(WorkerId worker, WorkerId workers, bool anyone_moves, const DependenceOf& dependence) {
  for (WorkerId steps = 0; steps <= workers; ++steps) {
    const Dependence next = dependence(worker);
    switch (next.on) {
      case Hope::moves: return {Root::Kind::moves, kNoWorker};
      case Hope::never: return {Root::Kind::waits, worker};
      case Hope::anyone:
        return anyone_moves ? Root{Root::Kind::moves, kNoWorker} : Root{Root::Kind::waits, worker};
      case Hope::worker: worker = next.worker;
    }
  }
  return {Root::Kind::cycle, worker};  // more steps than workers, so this one is on the cycle
}

}  // namespace lockstep
