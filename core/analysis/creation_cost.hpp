// What it cost to create workers: as the program measured it, and from each start to the first step of the
// worker. From events alone.
#pragma once

#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

/// A stretch that the program measured, with what its worker started in it.
struct MeasuredCost {
  enum class Unit : std::uint8_t { whole, thread, process, task };
  TextId what = 0;
  WorkerId by = 0;
  RunTime took = 0;         ///< nanoseconds of real time, whatever the run's speed; 0 in steps
  Unit unit = Unit::whole;  ///< what `count` counts: tasks if any were submitted, else what was started
  std::uint32_t count = 1;
  RunTime each() const { return took / count; }
};

/// From start() to the worker's first step.
struct StartupCost {
  WorkerKind kind = WorkerKind::thread;
  std::uint32_t count = 0;
  RunTime least = 0, median = 0, most = 0;  ///< nanoseconds on the run's clock: real ones at 1×
};

struct CreationCost {
  std::vector<MeasuredCost> measured;  ///< in the order in which they ended
  std::vector<StartupCost> startups;   ///< threads, then processes; those that were started
};

/// Over the first `n` events. O(n).
CreationCost creation_cost(const TraceStore& store, EventIndex n);

}  // namespace lockstep
