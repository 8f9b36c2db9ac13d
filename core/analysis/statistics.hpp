// Figures of a run, for the statistics tab and for comparing variants.
#pragma once

#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

struct WorkerStatistics {
  WorkerId worker = 0;
  RunTime running = 0, waiting = 0, sleeping = 0;  ///< nanoseconds of run time, up to Statistics::duration
  RunTime longest_wait = 0;                        ///< of one block, also of one that goes on
  std::uint32_t operations = 0;  ///< visible operations, without blocks, sleeps, begin and end
  std::uint32_t waits = 0;       ///< operations that had to wait
};

struct ObjectStatistics {
  ObjectId object = 0;
  std::uint32_t operations = 0;
  std::uint32_t contended = 0;  ///< operations that had to wait, also those that still do
  RunTime held = 0;             ///< locks: total time held
  RunTime longest_hold = 0;
  RunTime total_wait = 0;  ///< summed over workers
  std::int64_t peak = 0;   ///< queues, semaphores, integer variables: highest value, the initial one included
};

struct Statistics {
  std::vector<WorkerStatistics> workers;  ///< index = WorkerId
  std::vector<ObjectStatistics> objects;  ///< index = ObjectId; [0] is a dummy
  RunTime duration = 0;                   ///< time of the last event seen, or what update() was told
};

/// Over the first `n` events. O(n).
Statistics statistics(const TraceStore& store, EventIndex n);

/// The same, kept up to date while a run goes: amortised O(1) per event, plus O(workers + objects) per call.
class RunningStatistics {
 public:
  explicit RunningStatistics(const TraceStore& store) : store_(store) {}
  /// Takes in the events that the store got since the last call; what goes on is counted up to `now`, or to
  /// the last of them if that is later.
  const Statistics& update(RunTime now = 0) { return update_to(store_.size(), now); }

 private:
  friend Statistics statistics(const TraceStore& store, EventIndex n);
  struct WorkerNow {
    WorkerState state = WorkerState::created;
    RunTime since = 0;
    ObjectId object = kNoObject;  ///< what it waits for
  };
  struct ObjectNow {
    WorkerId owner = kNoWorker;
    RunTime held_since = 0;
    std::int64_t depth = 0;  ///< queues
  };

  const Statistics& update_to(EventIndex n, RunTime now);
  void make_room();
  void consume(const Event& event);
  void change_state(WorkerId worker, WorkerState state, ObjectId object, RunTime now);
  void use_object(const Event& event);
  void close(const WorkerNow& now, WorkerStatistics& worker, RunTime until,
             std::vector<ObjectStatistics>& objects);

  const TraceStore& store_;
  EventIndex seen_ = 0;
  Statistics closed_;  ///< without what goes on
  Statistics result_;
  std::vector<WorkerNow> workers_;
  std::vector<ObjectNow> objects_;
};

}  // namespace lockstep
