#include "core/analysis/compute_lanes.hpp"

#include <algorithm>
#include <map>

namespace lockstep {
namespace {

/// Of the time in which somebody computes. Waits of less than a millisecond are not seen, and so a run that
/// takes turns can seem to overlap for a moment.
constexpr double kParallelFrom = 0.05;

struct Life {
  RunTime begin = -1, end = -1;  ///< end -1: goes on
  bool computes = false;         ///< at some time
  bool computing = false;        ///< now
  bool has_core = false;         ///< it is known which
  std::uint32_t core = 0;
  RunTime since = 0;  ///< begin of the computation or of its last piece
};

/// A moment at which a worker begins (+1) or ceases (-1) to be counted.
struct Change {
  RunTime time = 0;
  int by = 0;
  std::size_t lane = 0;
  /// What only touches is not at the same time: an end comes before a begin.
  friend auto operator<=>(const Change&, const Change&) = default;
};

std::size_t most_at_once(std::vector<Change> changes) {
  std::ranges::sort(changes);
  int now = 0, most = 0;
  for (const Change& change : changes)
    most = std::max(most, now += change.by);
  return static_cast<std::size_t>(most);
}

class Collector {
 public:
  void take(const Event& event) {
    const auto now = static_cast<RunTime>(event.time);
    result_.until = now;
    if (event.worker >= kMaxWorkers) return;
    Life& life = lives_[event.worker];
    switch (event.kind) {
      case EventKind::worker_begin: life.begin = now; break;
      case EventKind::compute_begin:
        life.computes = life.computing = true;
        life.has_core = false;
        life.since = now;
        computations_.push_back({now, 1});
        ++begun_;
        break;
      case EventKind::core:
        if (life.computing) get_core(event, event.extra, life);
        break;
      case EventKind::compute_end: finish(event.worker, now, false); break;
      case EventKind::worker_end:
      case EventKind::worker_killed:
      case EventKind::worker_cut_off:
        finish(event.worker, now, false);
        life.end = now;
        break;
      default: break;
    }
  }

  ComputeLanes result() {
    std::vector<Change> lives;
    bool goes_on = false;
    for (WorkerId id = 0; id < kMaxWorkers; ++id) {
      const Life& life = lives_[id];
      goes_on = goes_on || life.computing;
      finish(id, result_.until, true);
      if (!life.computes) continue;
      lives.push_back({life.begin, 1});
      if (life.end >= 0) lives.push_back({life.end, -1});
    }
    result_.in_progress = most_at_once(std::move(lives));
    result_.at_once = most_at_once(computations_);
    number_cores();
    number_ready();
    measure();
    result_.verdict = verdict(begun_ == 1 && goes_on);
    return std::move(result_);
  }

 private:
  void get_core(const Event& event, std::uint32_t core, Life& life) {
    const auto now = static_cast<RunTime>(event.time);
    if (life.has_core) {
      const RunTime lost = std::clamp(now - event.arg, life.since, now);
      add(event.worker, lost, false);
      if (lost < now) result_.ready.push_back({.worker = event.worker, .begin = lost, .end = now});
      life.since = now;
    }
    life.has_core = true;
    life.core = core;
  }

  void finish(WorkerId worker, RunTime now, bool open) {
    Life& life = lives_[worker];
    if (!life.computing) return;
    if (life.has_core) add(worker, now, open);
    if (!open) computations_.push_back({now, -1});
    life.computing = false;
  }

  void add(WorkerId worker, RunTime end, bool open) {
    const Life& life = lives_[worker];
    if (end == life.since && !open) return;
    result_.computing.push_back(
        {.worker = worker, .lane = life.core, .begin = life.since, .end = end, .open = open});
  }

  /// Numbers of cores become places in the list of those that were used.
  void number_cores() {
    std::map<std::size_t, std::size_t> places;
    for (const LanePiece& piece : result_.computing)
      places.emplace(piece.lane, 0);
    for (auto& [core, place] : places) {
      place = result_.cores.size();
      result_.cores.push_back(static_cast<std::uint32_t>(core));
    }
    for (LanePiece& piece : result_.computing)
      piece.lane = places[piece.lane];
    std::ranges::sort(result_.computing, {},
                      [](const LanePiece& one) { return std::pair(one.lane, one.begin); });
  }

  void number_ready() {
    std::ranges::sort(result_.ready, {}, &LanePiece::begin);
    std::vector<RunTime> free_from;
    std::map<WorkerId, std::size_t> last;
    for (LanePiece& piece : result_.ready) {
      const auto is_free = [&](RunTime end) { return end <= piece.begin; };
      const auto before = last.find(piece.worker);
      if (before != last.end() && is_free(free_from[before->second])) {
        piece.lane = before->second;
      } else {
        const auto free = std::ranges::find_if(free_from, is_free);
        piece.lane = static_cast<std::size_t>(free - free_from.begin());
        if (free == free_from.end()) free_from.push_back(0);
      }
      free_from[piece.lane] = piece.end;
      last[piece.worker] = piece.lane;
    }
    result_.ready_lanes = free_from.size();
  }

  void measure() {
    std::vector<Change> changes;
    for (const LanePiece& piece : result_.computing) {
      changes.push_back({piece.begin, 1, piece.lane});
      changes.push_back({piece.end, -1, piece.lane});
    }
    std::ranges::sort(changes);
    std::vector<int> on(result_.cores.size(), 0);
    std::size_t at_work = 0;
    RunTime reached = 0;
    for (const Change& change : changes) {
      const RunTime length = change.time - reached;
      if (length > 0) {
        result_.cores_at_once = std::max(result_.cores_at_once, at_work);
        if (at_work >= 1) result_.busy += length;
        if (at_work >= 2) result_.parallel += length;
      }
      reached = change.time;
      const int before = on[change.lane];
      on[change.lane] += change.by;
      if (before == 0) ++at_work;
      if (on[change.lane] == 0) --at_work;
    }
  }

  ComputeVerdict verdict(bool first_goes_on) const {
    if (result_.cores.empty()) return ComputeVerdict::none;
    if (first_goes_on) return ComputeVerdict::begun;
    if (result_.parallel_share() >= kParallelFrom) return ComputeVerdict::parallel;
    return result_.in_progress > 1 ? ComputeVerdict::concurrent : ComputeVerdict::serial;
  }

  ComputeLanes result_;
  std::vector<Life> lives_ = std::vector<Life>(kMaxWorkers);
  std::vector<Change> computations_;
  std::size_t begun_ = 0;
};

}  // namespace

ComputeLanes compute_lanes(const TraceStore& store, EventIndex n) {
  Collector collector;
  for (EventIndex i = 0; i < std::min(n, store.size()); ++i)
    collector.take(store[i]);
  return collector.result();
}

}  // namespace lockstep
