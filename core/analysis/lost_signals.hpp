// Wake-ups that reached nobody: a notify that woke no one, an event that was set and cleared again.
#pragma once

#include <vector>

#include "core/trace/store.hpp"

namespace lockstep::analysis {

/// Remembers the last lost wake-up of each object and, for each worker that begins to wait, whether it is one
/// that this worker has missed:
///  - Condition: another worker's notify woke nobody, and since then this worker has not been notified and
///    has read no shared state (had it looked, then its wait was an informed one, and the state is the
///    message);
///  - Event: another worker's set was taken back by a clear since this worker last saw the event set.
class LostSignals {
 public:
  /// Amortised O(1).
  void consume(const Event& event, EventIndex index);
  /// What the worker's present wait came too late for: the notify, or the set and the clear. Empty if
  /// nothing.
  std::vector<EventIndex> missed_by(WorkerId worker) const;

 private:
  struct Signal {
    WorkerId by = kNoWorker;
    EventIndex begin = kNoEvent;  ///< the notify, or the set
    EventIndex end = kNoEvent;    ///< the notify, or the clear
  };
  struct Object {
    Signal last;                   ///< lost
    Signal last_of_others;         ///< the last lost one by another worker than last.by
    Signal set;                    ///< Event: the set that is not cleared yet
    std::vector<EventIndex> seen;  ///< by worker: 1 + when it last got a signal; 0 = never
  };
  struct Worker {
    Signal missed;
    EventIndex looked = 0;  ///< 1 + when it last read shared state; 0 = never
  };

  Object& object(ObjectId id);
  Worker& worker(WorkerId id);
  static void lose(Object& object, const Signal& signal);
  static void see(Object& object, WorkerId worker, EventIndex index);
  void begin_wait(const Event& event, bool looking_counts);

  std::vector<Object> objects_;
  std::vector<Worker> workers_;
};

}  // namespace lockstep::analysis
