// A pool or an executor at a moment: the tasks that wait, what each worker is at, what became of each task.
#pragma once

#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

enum class TaskStage : std::uint8_t {
  queued,   ///< waits for a worker
  running,  ///< a worker has it, and its result is not set
  done,     ///< its result is set
  failed,   ///< it raised an error
  cancelled,
  dropped,  ///< the pool was terminated before a worker took it
  lost,     ///< its worker ended, and no result was set
};

struct PoolTask {
  ObjectId future = kNoObject;
  TaskStage stage = TaskStage::queued;
  WorkerId worker = kNoWorker;  ///< who took it; kNoWorker: nobody
  EventIndex taken = kNoEvent;
  Value result{};  ///< done; failed: the text of the error
};

struct PoolWorker {
  WorkerId worker = 0;
  ObjectId task = kNoObject;  ///< the future of the task that it has; kNoObject: none
  std::uint32_t taken = 0;    ///< tasks so far
  bool ended = false;
};

enum class PoolState : std::uint8_t { open, closed, terminated };

struct PoolFlow {
  ObjectId pool = kNoObject;
  PoolState state = PoolState::open;
  std::vector<PoolWorker> workers;  ///< in the order in which they were hired
  std::vector<PoolTask> tasks;      ///< in the order in which they were submitted
  std::size_t queued() const;
};

/// After the first `n` events; a pool that nobody was hired for and nothing submitted to has neither.
/// O(events of the pool and its futures).
PoolFlow pool_flow(const TraceStore& store, ObjectId pool, EventIndex n);
/// The pools of a run in the order in which they were made.
std::vector<ObjectId> pools_of(const TraceStore& store);

}  // namespace lockstep
