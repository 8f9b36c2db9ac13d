#include "core/sync/object.hpp"

namespace lockstep {

ObjectId create_object(const ObjectSpec& spec) {
  Arena& arena = runtime().arena();
  const ObjectId id = arena.allocate_object();
  ObjectSlot& slot = arena.object(id);
  slot.name = spec.name_id != 0 ? spec.name_id : arena.intern(spec.name);
  slot.kind = spec.kind;
  if (spec.kind == ObjectKind::pipe) arena.header().pipes.fetch_add(1, std::memory_order_relaxed);
  slot.initial = spec.initial;
  slot.initial_type = spec.initial_type;
  slot.limit = spec.limit;
  slot.owner = spec.owner;
  slot.related = spec.related;
  slot.creator = runtime().self();
  if (!spec.found_by_name) slot.ordinal = ++arena.worker(slot.creator).creations;
  slot.item_capacity = spec.item_capacity;
  if (spec.item_capacity > 0) slot.items = arena.allocate_items(spec.item_capacity);
  slot.states[0] = spec.state != nullptr ? *spec.state : kNewState;
  slot.defined.store(1, std::memory_order_release);
  return id;
}

ObjectId find_or_create_object(ObjectSpec spec) {
  Arena& arena = runtime().arena();
  const TextId name = arena.intern(spec.name);
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    const ObjectSlot& slot = arena.object(static_cast<ObjectId>(id));
    if (slot.defined.load(std::memory_order_acquire) == 1 && slot.kind == spec.kind && slot.name == name &&
        slot.owner == spec.owner) {
      return static_cast<ObjectId>(id);
    }
  }
  spec.found_by_name = true;
  spec.name_id = name;
  return create_object(spec);
}

}  // namespace lockstep
