// Figures of a run, for the statistics tab and for comparing variants.
#pragma once

#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

struct WorkerStatistics {
  WorkerId worker = 0;
  RunTime running = 0, waiting = 0, sleeping = 0;  ///< nanoseconds of run time
  RunTime longest_wait = 0;
  std::uint32_t operations = 0;
  std::uint32_t waits = 0;
};

struct ObjectStatistics {
  ObjectId object = 0;
  std::uint32_t operations = 0;
  std::uint32_t contended = 0;   ///< operations that had to wait
  RunTime held = 0;              ///< locks: total time held
  RunTime longest_hold = 0;
  RunTime total_wait = 0;        ///< summed over workers
  std::int64_t peak = 0;         ///< queues, semaphores, variables: highest value
};

struct Statistics {
  std::vector<WorkerStatistics> workers;
  std::vector<ObjectStatistics> objects;
  RunTime duration = 0;
};

/// Over the first `n` events. O(n).
Statistics statistics(const TraceStore& store, EventIndex n);

/// The same, kept up to date while a run goes: amortised O(1) per event.
class RunningStatistics {
 public:
  explicit RunningStatistics(const TraceStore& store) : store_(store) {}
  const Statistics& update();

 private:
  const TraceStore& store_;
  EventIndex seen_ = 0;
  Statistics result_;
  std::vector<RunTime> state_since_;
  std::vector<WorkerState> state_;
  std::vector<RunTime> held_since_;
};

}  // namespace lockstep
