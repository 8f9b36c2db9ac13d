// Looking at an object without a step.
#pragma once

#include "core/runtime/apply.hpp"
#include "core/runtime/runtime.hpp"

namespace lockstep {

/// A copy of the state that the object has now. No visible step, so a schedule does not say what it is: only
/// for what the calling worker alone changes, or what never changes back.
inline ObjectState peek(ObjectId object) {
  ObjectSlot& slot = runtime().arena().object(object);
  const Guard guard(slot.guard, runtime().self());
  return current_state(slot);
}

}  // namespace lockstep
