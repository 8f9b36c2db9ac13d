// The state of a program's workers and objects, replayed from its events: who holds what, who waits for what,
// and whether anybody can still move. Everything that a verdict needs and nothing that only a screen needs.
#pragma once

#include <vector>

#include "core/analysis/exchange.hpp"
#include "core/schedule/wait_chain.hpp"
#include "core/trace/store.hpp"

namespace lockstep::analysis {

/// unseen: not started (or not a worker at all); able: ready, running or sleeping.
enum class Phase : std::uint8_t { unseen, able, waiting, ended };

struct WorkerReplay {
  Phase phase = Phase::unseen;
  bool killed = false;       ///< ended by a signal
  bool leaving = false;      ///< after exit_wait: its process is about to end
  bool doomed = false;       ///< its process was asked to end by a signal, which no wait can keep off
  bool moves_alone = false;  ///< able, doomed, or waits with a time-out or for something not modelled here
  bool timed = false;        ///< the wait has a time-out
  EventKind wants = EventKind::block;  ///< waiting: the operation
  ObjectId object = kNoObject;         ///< waiting: for what
  EventIndex blocked_at = kNoEvent;    ///< waiting: the block event
  ObjectId member_of = kNoObject;      ///< the Condition, Event or Barrier that it has joined
  std::uint32_t member_since = 0;      ///< that object's `signals` when it joined
  std::vector<ObjectId> held;          ///< locks, in the order in which they were taken
};

/// As in CPython's threading.py: who may enter and leave a barrier.
enum class BarrierPhase : std::uint8_t { filling, draining, resetting, broken };

struct ObjectReplay {
  ObjectKind kind = ObjectKind::none;
  WorkerId owner = kNoWorker;         ///< Lock, RLock
  EventIndex acquired_at = kNoEvent;  ///< Lock, RLock: when the owner took it
  WorkerId target = kNoWorker;        ///< Thread, Process: the worker that it is
  std::int64_t count = 0;             ///< permits; Event 0/1; depth of a queue; workers inside a Barrier
  std::int64_t unfinished = 0;        ///< JoinableQueue
  std::int64_t limit = 0;             ///< capacity of a queue (0 = unbounded), parties of a Barrier
  BarrierPhase phase = BarrierPhase::filling;
  std::uint32_t members = 0;    ///< Condition, Event, Barrier: workers that have joined the wait
  std::uint32_t signalled = 0;  ///< those of them that joined before the last signal
  std::uint32_t signals = 0;    ///< notifies that woke someone, sets, completed generations
  std::int64_t notified = 0;    ///< Condition: wake-ups that nobody has resumed on yet
  // Workers that wait for each operation and do not move alone.
  std::uint32_t waiting_put = 0, waiting_get = 0, waiting_join = 0, waiting_arrive = 0, waiting_other = 0;
  Exchange exchange;     ///< pipe, socket, pool, future
  bool counted = false;  ///< one of its waiters could go on now
};

class Replay {
 public:
  explicit Replay(const TraceStore& store);
  /// Amortised O(1). Events must come in merged order; those of the sandbox itself must be left out.
  void apply(const Event& event, EventIndex index);

  const WorkerReplay& worker(WorkerId id) const { return workers_[id]; }
  /// The object as it stands; the object must have occurred in an event.
  const ObjectReplay& object(ObjectId id) const { return objects_[id]; }
  /// 1 + the highest worker id seen.
  WorkerId worker_limit() const { return worker_limit_; }

  /// True while at least one worker can make a step now (or after a sleep or a time-out). O(1).
  bool anyone_moves() const { return movers_ > 0 || possible_ > 0; }
  bool all_ended() const { return started_ > 0 && started_ == ended_; }
  /// For a worker that has not ended. O(1).
  Dependence dependence(WorkerId id) const;
  /// False for daemons and for whatever lives in a daemon process: the program ends without them.
  bool holds_program_open(WorkerId id) const;

 private:
  ObjectReplay& touch(ObjectId id);
  void start(WorkerId id);
  void finish(WorkerId id, const Event& event);
  void begin_wait(WorkerReplay& worker, const Event& event, EventIndex index);
  void end_wait(WorkerReplay& worker);
  void let_move(WorkerReplay& worker);
  void set_moves_alone(WorkerReplay& worker, bool value);
  void join_members(WorkerReplay& worker, ObjectId id);
  void leave_members(WorkerReplay& worker);
  void leave_if_over(WorkerReplay& worker, const Event& event);
  void doom(WorkerId process);
  void doom_daemons_of(WorkerId process);
  void operate(const Event& event, EventIndex index);
  void operate_on_barrier(ObjectReplay& barrier, const Event& event);
  void signal(ObjectReplay& object);
  void acquire(ObjectReplay& object, const Event& event, EventIndex index);
  void release(ObjectReplay& object, const Event& event);
  void refresh(ObjectReplay& object);
  bool possible(const ObjectReplay& object) const;

  const TraceStore& store_;
  std::vector<WorkerReplay> workers_;
  std::vector<ObjectReplay> objects_;
  std::uint32_t movers_ = 0;    ///< workers with moves_alone
  std::uint32_t possible_ = 0;  ///< objects with `counted`
  std::uint32_t started_ = 0;
  std::uint32_t ended_ = 0;
  WorkerId worker_limit_ = 0;
};

inline bool is_lock(ObjectKind kind) { return kind == ObjectKind::lock || kind == ObjectKind::rlock; }
inline bool is_worker(ObjectKind kind) { return kind == ObjectKind::thread || kind == ObjectKind::process; }
/// True if a wait of this kind for an object of this kind is one whose outcome the events determine. For the
/// others (an object kind that came later, a system call) a waiting worker is taken to be able to move: no
/// false alarm.
bool is_modelled(ObjectKind kind) noexcept;
/// The number of workers that a Barrier waits for.
std::int64_t parties_of(const ObjectInfo& barrier) noexcept;

}  // namespace lockstep::analysis
