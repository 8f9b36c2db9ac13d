// Who computed when on which core: what tells serial, concurrent and parallel apart. From the events
// compute_begin and compute_end and the marks of cores between them.
#pragma once

#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

enum class ComputeVerdict : std::uint8_t {
  none,        ///< nobody has computed on a core that is known
  begun,       ///< the first computation goes on
  serial,      ///< one worker after the other
  concurrent,  ///< several in progress, and hardly ever two cores at work at the same time
  parallel,    ///< at least two cores at work in 5 % of the computing time or more
};

/// A stretch on a lane: a worker computes on a core, or is ready and has none.
struct LanePiece {
  WorkerId worker = 0;
  std::size_t lane = 0;
  RunTime begin = 0, end = 0;
  bool open = false;  ///< goes on; that the worker has lost its core is known when it has one again
};

struct ComputeLanes {
  std::vector<std::uint32_t> cores;  ///< numbers of the cores on which somebody computed, upwards
  std::vector<LanePiece> computing;  ///< lane = place in `cores`; ordered by lane, then by begin
  std::vector<LanePiece>
      ready;  ///< without a core for a millisecond or more; lane = its last one, else the lowest free one
  std::size_t ready_lanes = 0;
  std::size_t in_progress = 0;  ///< most workers at the same time that compute at some time, from their first
                                ///< step to their last one
  std::size_t at_once = 0;      ///< most computations at the same time, with a core or ready
  std::size_t cores_at_once = 0;  ///< most cores at work at the same time
  RunTime busy = 0;               ///< in which at least one core was at work
  RunTime parallel = 0;           ///< in which at least two were
  RunTime until = 0;              ///< time of the last event
  ComputeVerdict verdict = ComputeVerdict::none;
  /// Of the time in which at least one core was at work, 0 … 1.
  double parallel_share() const {
    return busy > 0 ? static_cast<double>(parallel) / static_cast<double>(busy) : 0;
  }
};

/// Over the first `n` events. O(n log n).
ComputeLanes compute_lanes(const TraceStore& store, EventIndex n);

}  // namespace lockstep
