#include "core/explore/dpor/names.hpp"

namespace lockstep::dpor {

std::uint16_t Names::worker(WorkerId id) {
  Known<std::uint16_t>& known = workers_[id];
  if (known.execution != execution_) {
    const auto next = static_cast<std::uint16_t>(worker_numbers_.size());
    known = {execution_, worker_numbers_.try_emplace(run_.stable_worker(id), next).first->second};
  }
  return known.number;
}

std::uint32_t Names::location(const Move& move) {
  return move.effect == Effect::none ? 0 : location(move.object, move.worker);
}

std::uint32_t Names::location(ObjectId object, WorkerId worker) {
  if (object == kNoObject) return 0;
  Known<std::uint32_t>& known = locations_[object];
  if (known.execution == execution_) return known.number;
  const std::uint32_t name = run_.stable_location(Move{.worker = worker, .object = object});
  const auto next = static_cast<std::uint32_t>(location_numbers_.size() + 1);
  const std::uint32_t number = location_numbers_.try_emplace(name, next).first->second;
  // A Global is another location in each process.
  if (run_.arena().object(object).kind != ObjectKind::global) known = {execution_, number};
  return number;
}

}  // namespace lockstep::dpor
