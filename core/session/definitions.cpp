#include "core/session/definitions.hpp"

#include <algorithm>

namespace lockstep {
namespace {

/// "scenarios/hotdog/scenario.cpp", wherever the program was built.
std::string relative_path(std::string_view path) {
  for (const std::string_view folder : {"scenarios/", "tests/", "core/"}) {
    const auto at = path.rfind(folder);
    if (at != std::string_view::npos && (at == 0 || path[at - 1] == '/')) return std::string(path.substr(at));
  }
  return std::string(path);
}

}  // namespace

void Definitions::declare_worker(WorkerId id) {
  const WorkerSlot& slot = arena_.worker(id);
  store_.declare(WorkerInfo{.id = id,
                            .name = text(slot.name),
                            .kind = slot.kind,
                            .parent = slot.parent,
                            .object = slot.object,
                            .pid = slot.pid.load(std::memory_order_acquire),
                            .daemon = slot.daemon,
                            .created_after = slot.created_after});
}

void Definitions::refresh_workers() {
  const std::uint32_t count = std::min<std::uint32_t>(arena_.worker_count(), kMaxWorkers);
  for (std::uint32_t id = 0; id < count; ++id) {
    const WorkerSlot& slot = arena_.worker(static_cast<WorkerId>(id));
    if (slot.lifecycle.load(std::memory_order_acquire) == Lifecycle::unused) continue;  // being made
    const std::uint32_t version = slot.version.load(std::memory_order_acquire) + 1;
    if (worker_versions_.size() <= id) worker_versions_.resize(id + 1, 0);
    if (worker_versions_[id] == version) continue;
    worker_versions_[id] = version;
    declare_worker(static_cast<WorkerId>(id));
  }
}

void Definitions::declare_new_objects() {
  std::erase_if(being_made_, [&](ObjectId id) { return declare_object(id); });
  for (; objects_ < std::min<std::uint32_t>(arena_.object_count(), kMaxObjects); ++objects_) {
    const auto id = static_cast<ObjectId>(objects_);
    if (!declare_object(id)) being_made_.push_back(id);
  }
}

bool Definitions::declare_object(ObjectId id) {
  const ObjectSlot& slot = arena_.object(id);
  if (slot.defined.load(std::memory_order_acquire) == 0) return false;
  if (slot.initial_type == ValueType::text) declare_text(static_cast<TextId>(slot.initial));
  store_.declare(ObjectInfo{.id = id,
                            .name = text(slot.name),
                            .kind = slot.kind,
                            .initial = slot.initial,
                            .limit = slot.limit,
                            .initial_type = slot.initial_type,
                            .owner = slot.owner,
                            .related = slot.related});
  return true;
}

void Definitions::declare_site(SiteId id) {
  if (sites_.size() <= id) sites_.resize(id + std::size_t{1}, false);
  if (id == 0 || sites_[id]) return;
  const SiteSlot& slot = arena_.header().site_slots[id];
  if (slot.defined.load(std::memory_order_acquire) == 0) return;
  sites_[id] = true;
  store_.declare(SiteInfo{.id = id,
                          .file = relative_path(arena_.text(slot.file)),
                          .function = text(slot.function),
                          .line = slot.line});
}

void Definitions::declare_text(TextId id) {
  if (texts_.size() <= id) texts_.resize(id + std::size_t{1} + texts_.size() / 2, false);
  if (id == 0 || texts_[id]) return;
  texts_[id] = true;
  store_.declare_text(id, text(id));
}

namespace {

bool extra_is_text(EventKind kind) {
  switch (kind) {
    case EventKind::sleep_begin:
    case EventKind::compute_begin:
    case EventKind::measured:
    case EventKind::file_read:
    case EventKind::file_write:
    case EventKind::managed_call:
    case EventKind::pool_submit: return true;
    default: return false;
  }
}

}  // namespace

void Definitions::declare_for(std::span<const Event> events) {
  refresh_workers();
  declare_new_objects();
  for (const Event& event : events) {
    if (event.site >= sites_.size() || !sites_[event.site]) declare_site(event.site);
    switch (argument_of(event.kind)) {
      case ArgumentType::text: declare_text(static_cast<TextId>(event.arg)); break;
      case ArgumentType::value:
        if (event.value().type == ValueType::text) declare_text(static_cast<TextId>(event.arg));
        break;
      default: break;
    }
    if (extra_is_text(event.kind)) declare_text(event.extra);
  }
}

}  // namespace lockstep
