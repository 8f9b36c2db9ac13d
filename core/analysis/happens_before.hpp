// The happens-before order of a run's events (Lamport 1978), as one vector clock per worker, kept up to date
// event by event. Edges: release to acquire; semaphore release to acquire; notify to resume; set to wait (and
// to an is_set that saw it); put to get, get to put if bounded, and task_done to join of a queue; arrivals to
// passes of a barrier; start to begin; end to join (and to an is_alive that saw it). Plain reads and writes
// order nothing.
#pragma once

#include <vector>

#include "core/analysis/vector_clock.hpp"
#include "core/trace/store.hpp"

namespace lockstep::analysis {

class HappensBefore {
 public:
  /// signals_only leaves out the edges of Lock and RLock, which order critical sections only by chance: what
  /// remains is the order that the program asked for.
  enum class Edges : std::uint8_t { all, signals_only };

  HappensBefore(const TraceStore& store, Edges edges) : store_(store), edges_(edges) {}
  /// O(workers) for a synchronization, O(1) for everything else.
  void consume(const Event& event);

  /// This moment of the worker.
  Epoch now(WorkerId worker) { return {worker, clock_of(worker)[worker]}; }
  /// Whether that moment happened before the worker's present.
  bool before(Epoch moment, WorkerId worker) { return clock_of(worker).knows(moment); }
  const VectorClock& clock(WorkerId worker) { return clock_of(worker); }

 private:
  struct Object {
    VectorClock clock;          ///< what an operation that succeeds here learns
    VectorClock arriving;       ///< Barrier: of the generation that is not complete
    VectorClock room;           ///< bounded queue: what a put learns from the gets before it
    VectorClock done;           ///< JoinableQueue: what a join learns
    WorkerId last = kNoWorker;  ///< whose knowledge `clock` is, if it is one worker's alone
  };

  VectorClock& clock_of(WorkerId worker);
  Object& object(ObjectId id);
  void acquire(WorkerId worker, const Object& lock);
  void release(WorkerId worker, Object& lock);
  void learn(WorkerId worker, const VectorClock& clock) { clock_of(worker).join(clock); }
  void teach(WorkerId worker, VectorClock& clock);
  void tick(WorkerId worker);
  void start(WorkerId parent, WorkerId child);
  void learn_end_of(WorkerId target, WorkerId worker);
  void arrive(const Event& event);
  void live(const Event& event);
  void queue(const Event& event);
  void signal(const Event& event);

  const TraceStore& store_;
  Edges edges_;
  std::vector<VectorClock> workers_;
  std::vector<Object> objects_;
};

}  // namespace lockstep::analysis
