#include "core/analysis/compute_lanes.hpp"

#include <algorithm>
#include <limits>

namespace lockstep {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

struct Life {
  RunTime begin = -1, end = -1;  ///< end -1: goes on
  std::size_t computing = kNone;
  bool computes = false;
};

std::size_t free_lane(std::vector<bool>& taken) {
  const auto at = static_cast<std::size_t>(std::ranges::find(taken, false) - taken.begin());
  if (at == taken.size()) taken.push_back(true);
  taken[at] = true;
  return at;
}

/// The most intervals that hold one moment; those that only touch do not count as one.
std::size_t most_at_once(std::vector<std::pair<RunTime, int>> changes) {
  std::ranges::sort(changes);  // an end, -1, before a begin of the same time
  int now = 0, most = 0;
  for (const auto& [time, change] : changes)
    most = std::max(most, now += change);
  return static_cast<std::size_t>(most);
}

/// Busy cores on average: over the time in which at least one of the ended stretches went on.
double average_cores(std::vector<ComputeStretch> stretches) {
  std::ranges::sort(stretches, {}, &ComputeStretch::begin);
  double used = 0, covered = 0;
  RunTime reached = std::numeric_limits<RunTime>::min();
  for (const ComputeStretch& one : stretches) {
    if (one.open) continue;
    used += static_cast<double>(one.core_time);
    const RunTime from = std::max(one.begin, reached);
    if (one.end > from) covered += static_cast<double>(one.end - from);
    reached = std::max(reached, one.end);
  }
  return covered > 0 ? used / covered : 0;
}

}  // namespace

double ComputeStretch::share() const {
  const RunTime length = end - begin;
  if (open || length <= 0) return 0;
  return std::min(1.0, static_cast<double>(core_time) / static_cast<double>(length));
}

ComputeLanes compute_lanes(const TraceStore& store, EventIndex n) {
  ComputeLanes result;
  std::vector<Life> lives(kMaxWorkers);
  std::vector<bool> taken;
  const auto finish = [&](Life& life, RunTime now, bool whole) {
    if (life.computing == kNone) return;
    ComputeStretch& stretch = result.stretches[life.computing];
    stretch.end = now;
    stretch.open = !whole;
    taken[stretch.lane] = false;
    life.computing = kNone;
  };
  for (EventIndex i = 0; i < std::min(n, store.size()); ++i) {
    const Event& event = store[i];
    const auto now = static_cast<RunTime>(event.time);
    result.until = now;
    if (event.worker >= kMaxWorkers) continue;
    Life& life = lives[event.worker];
    switch (event.kind) {
      case EventKind::worker_begin: life.begin = now; break;
      case EventKind::compute_begin:
        life.computes = true;
        life.computing = result.stretches.size();
        result.stretches.push_back({.worker = event.worker,
                                    .begin = now,
                                    .end = now,
                                    .core_time = event.arg,
                                    .open = true,
                                    .lane = free_lane(taken)});
        break;
      case EventKind::compute_end: finish(life, now, true); break;
      case EventKind::worker_end:
      case EventKind::worker_killed:
      case EventKind::worker_cut_off:
        finish(life, now, false);
        life.end = now;
        break;
      default: break;
    }
  }
  std::vector<std::pair<RunTime, int>> changes;
  for (Life& life : lives) {
    finish(life, result.until, false);
    if (!life.computes) continue;
    changes.emplace_back(life.begin, 1);
    if (life.end >= 0) changes.emplace_back(life.end, -1);
  }
  result.in_progress = most_at_once(std::move(changes));
  for (ComputeStretch& stretch : result.stretches) {
    if (stretch.open) stretch.core_time = 0;
  }
  result.lanes = taken.size();
  result.cores_busy = average_cores(result.stretches);
  return result;
}

}  // namespace lockstep
