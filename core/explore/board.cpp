#include "core/explore/board.hpp"

namespace lockstep {

Tally& Board::new_tally() {
  const std::lock_guard held(mutex_);
  return tallies_.emplace_back();
}

std::uint64_t Board::executions() const {
  const std::lock_guard held(mutex_);
  std::uint64_t all = 0;
  for (const Tally& tally : tallies_)
    all += tally.executions();
  return all;
}

std::uint64_t Board::failing() const {
  const std::lock_guard held(mutex_);
  std::uint64_t all = 0;
  for (const Tally& tally : tallies_)
    all += tally.failing();
  return all;
}

bool Board::would_be_best(const ScheduleCost& cost) const {
  const std::lock_guard held(mutex_);
  return !best_ || cost < best_->cost;
}

void Board::offer(Failure failure) {
  const std::lock_guard held(mutex_);
  if (best_ && best_->cost <= failure.cost) return;
  best_ = std::move(failure);
  has_failure_.store(true, std::memory_order_release);
}

std::optional<Failure> Board::best() const {
  const std::lock_guard held(mutex_);
  return best_;
}

}  // namespace lockstep
