// Who computed when, and how many cores that took: what tells serial, concurrent and parallel apart. From
// the events compute_begin, which says how much time of a core will be used up, and compute_end.
#pragma once

#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

/// One computation of a worker.
struct ComputeStretch {
  WorkerId worker = 0;
  RunTime begin = 0, end = 0;
  RunTime core_time = 0;  ///< that it used up; of one that goes on: unknown, 0
  bool open = false;      ///< goes on
  std::size_t lane = 0;   ///< the lowest place that was free when it began: no number of a core
  /// How much of a core it had: 1 = one for itself all the time; 0 if it goes on.
  double share() const;
};

struct ComputeLanes {
  std::vector<ComputeStretch> stretches;  ///< in the order in which they began
  std::size_t lanes = 0;                  ///< most computations at the same time
  std::size_t in_progress = 0;  ///< most workers at the same time that compute at some time, from their first
                                ///< step to their last one
  RunTime until = 0;            ///< time of the last event
  /// Core time divided by the time in which somebody computed, of computations that have ended: how many
  /// cores were busy on average. 0 if there is none.
  double cores_busy = 0;
};

/// Over the first `n` events. O(n log n).
ComputeLanes compute_lanes(const TraceStore& store, EventIndex n);

}  // namespace lockstep
