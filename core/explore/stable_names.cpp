#include "core/explore/stable_names.hpp"

#include <stdexcept>

#include "core/explore/mix.hpp"

namespace lockstep {
namespace {

constexpr std::uint32_t kHashed = 0x8000'0000;

/// What a name is made of, so that different sorts never meet.
enum Sort : std::uint64_t { child = 1, creation, by_name, copy };

std::uint64_t tagged(Sort sort, std::uint64_t value) { return sort << 56 | value; }

}  // namespace

void StableNames::forget() {
  workers_.clear();
  objects_.clear();
}

std::uint32_t StableNames::hashed(const Origin& origin) {
  const auto name = static_cast<std::uint32_t>(mixed(origin.first, origin.second)) | kHashed;
  const auto [found, is_new] = origins_.try_emplace(name, origin);
  if (!is_new && found->second != origin)
    throw std::runtime_error("Two things of the program have got the same name; it is too large to explore.");
  return name;
}

std::uint32_t StableNames::name_worker(WorkerId id) {
  if (id == kMainWorker) return 0;
  const WorkerSlot& slot = arena_.worker(id);
  if (slot.parent == kMainWorker) return slot.ordinal;
  return hashed({tagged(child, worker(slot.parent)), slot.ordinal});
}

std::uint32_t StableNames::name_object(ObjectId id) {
  const ObjectSlot& slot = arena_.object(id);
  if (slot.ordinal == 0) {
    const std::uint64_t owner = slot.owner == kNoWorker ? 0 : worker(slot.owner) + std::uint64_t{1};
    const bool is_worker = slot.kind == ObjectKind::thread || slot.kind == ObjectKind::process;
    const std::uint64_t what = static_cast<std::uint64_t>(slot.kind) << 40 | owner;
    return hashed({tagged(by_name, what), is_worker ? 0 : digest_of(arena_.text(slot.name))});
  }
  if (slot.creator == kMainWorker) return slot.ordinal;
  return hashed({tagged(creation, worker(slot.creator)), slot.ordinal});
}

std::uint32_t StableNames::worker(WorkerId id) {
  if (workers_.size() <= id) workers_.resize(id + 1U);
  if (workers_[id] == 0) {
    const std::uint32_t name = name_worker(id);
    workers_[id] = name + 1;
  }
  return workers_[id] - 1;
}

std::uint32_t StableNames::object(ObjectId id) {
  if (id == kNoObject) return 0;
  if (objects_.size() <= id) objects_.resize(id + 1U);
  if (objects_[id] == 0) {
    const std::uint32_t name = name_object(id);
    objects_[id] = name;
  }
  return objects_[id];
}

std::uint32_t StableNames::location(ObjectId id, WorkerId user) {
  const std::uint32_t name = object(id);
  if (id == kNoObject || arena_.object(id).kind != ObjectKind::global) return name;
  return hashed({tagged(copy, worker(arena_.worker(user).process)), name});
}

}  // namespace lockstep
