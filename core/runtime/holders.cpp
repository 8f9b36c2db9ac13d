#include "core/runtime/holders.hpp"

#include <optional>
#include <tuple>

#include "core/runtime/apply.hpp"

namespace lockstep {

std::uint8_t ends_held(const ObjectState& state, WorkerId process) {
  const int write = state.asleep.contains(process) ? int{kWriteEnd} : 0;
  const int read = state.chosen.contains(process) ? int{kReadEnd} : 0;
  return static_cast<std::uint8_t>(write | read);
}

void drop_ends(ObjectState& state, WorkerId process, std::uint8_t ends) {
  if ((ends & kReadEnd) != 0) state.chosen.erase(process);
  if ((ends & kWriteEnd) != 0) state.asleep.erase(process);
}

void enter(std::optional<Guard>& guard, Arena& arena, ObjectId pipe, WorkerId by) {
  if (by == kSandbox) {
    guard.emplace(arena, pipe);
  } else if (by != kNoWorker) {
    guard.emplace(arena.object(pipe).guard, by);
  }
}

ObjectId next_pipe_of(Arena& arena, WorkerId process, WorkerId reader) {
  if (arena.header().pipes.load(std::memory_order_relaxed) == 0) return kNoObject;
  ObjectId found = kNoObject;
  auto rank_of_found = std::tuple(true, kNoWorker, ~0U);
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    const ObjectSlot& object = arena.object(static_cast<ObjectId>(id));
    if (object.kind != ObjectKind::pipe || object.defined.load(std::memory_order_acquire) == 0) continue;
    std::optional<Guard> guard;
    enter(guard, arena, static_cast<ObjectId>(id), reader);
    const std::uint8_t ends = ends_held(current_state(object), process);
    const std::tuple rank((ends & kReadEnd) == 0, object.creator, object.ordinal);
    if (ends == 0 || rank >= rank_of_found) continue;
    found = static_cast<ObjectId>(id);
    rank_of_found = rank;
  }
  return found;
}

Event prepare_loss(Arena& arena, ObjectId pipe, WorkerId process) {
  ObjectSlot& object = arena.object(pipe);
  const std::uint32_t seq = object.seq.load(std::memory_order_relaxed);
  ObjectState& next = object.states[(seq + 1) & 1];
  next = object.states[seq & 1];
  const std::uint8_t ends = ends_held(next, process);
  drop_ends(next, process, ends);
  Event event{.arg = ends, .extra = 1, .object = pipe, .kind = EventKind::pipe_close};
  return event;
}

}  // namespace lockstep
