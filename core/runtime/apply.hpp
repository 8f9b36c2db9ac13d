// Doing an operation on its object: the part that all runtimes share. The caller holds the object's guard, or
// is the only one who runs.
#pragma once

#include "core/runtime/operation.hpp"

namespace lockstep {

inline ObjectState& current_state(ObjectSlot& object) {
  return object.states[object.seq.load(std::memory_order_relaxed) & 1];
}
inline const ObjectState& current_state(const ObjectSlot& object) {
  return object.states[object.seq.load(std::memory_order_relaxed) & 1];
}

inline bool is_ready(const PendingCall& call, const ObjectState& state, WorkerId worker) {
  return call.operation->ready == nullptr || call.operation->ready(state, call, worker);
}

using StateChange = void (*)(ObjectState&, const PendingCall&, WorkerId);

/// Does the call, which is ready, in the state that is not current, and fills the reply. Returns the event
/// that tells of it, to be committed: the operation, or that it raised an error and changed nothing.
Event apply_call(Arena& arena, WorkerId worker, const PendingCall& call, void* context, bool waited,
                 Reply& reply);

/// Prepares the next state and the event of a call that did not happen: block, timed_out or would_block.
Event prepare_without(ObjectSlot& object, const PendingCall& call, WorkerId worker, EventKind kind,
                      StateChange change);

}  // namespace lockstep
