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
/// The one that the next operation fills.
inline ObjectState& next_state(ObjectSlot& object) {
  return object.states[(object.seq.load(std::memory_order_relaxed) + 1) & 1];
}

inline bool is_ready(const PendingCall& call, const ObjectState& state, WorkerId worker) {
  return call.operation->ready == nullptr || call.operation->ready(state, call, worker);
}

using StateChange = void (*)(ObjectState&, const PendingCall&, WorkerId);

/// Does the call, which is ready, in the state that is not current, and fills the reply, which is a new one.
inline Application applied(Arena& arena, ObjectSlot& object, WorkerId worker, const PendingCall& call,
                           void* context, Reply& reply) {
  const std::uint32_t current = object.seq.load(std::memory_order_relaxed) & 1;
  ObjectState& next = object.states[current ^ 1];
  next = object.states[current];
  Application application{arena,     object, next,       call,     context, worker,
                          call.type, 0,      call.extra, call.arg, reply};
  if (call.operation->apply != nullptr) call.operation->apply(application);
  return application;
}
/// The event that tells of it, to be committed: the operation, or that it raised an error and changed
/// nothing, which also makes the next state what the current one is. `waited`: it was not possible at once.
Event event_of(const Application& application, bool waited);

/// Prepares the next state and the event of a call that did not happen: block, timed_out or would_block.
Event prepare_without(ObjectSlot& object, const PendingCall& call, WorkerId worker, EventKind kind,
                      StateChange change);

}  // namespace lockstep
