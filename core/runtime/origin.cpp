#include "core/runtime/origin.hpp"

namespace lockstep {
namespace {

constexpr std::uint64_t joined(std::uint64_t digest, std::uint64_t value) {
  return (digest ^ value) * 0x9E37'79B9'7F4A'7C15 + 0xD1B5'4A32'D192'ED03;
}

}  // namespace

std::uint64_t origin_of_worker(const Arena& arena, WorkerId worker) {
  std::uint64_t digest = 1;
  for (; worker != kNoWorker && worker != kMainWorker; worker = arena.worker(worker).parent)
    digest = joined(digest, arena.worker(worker).ordinal);
  return digest;
}

std::uint64_t origin_of_object(const Arena& arena, ObjectId object) {
  const ObjectSlot& slot = arena.object(object);
  if (slot.ordinal == 0) return object;
  return joined(origin_of_worker(arena, slot.creator), slot.ordinal);
}

}  // namespace lockstep
