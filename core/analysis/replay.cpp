#include "core/analysis/replay.hpp"

#include <algorithm>

#include "core/analysis/process_of.hpp"

namespace lockstep::analysis {
namespace {

/// The counter of waits for that operation.
std::uint32_t& waits_of(ObjectReplay& object, EventKind wants) {
  switch (wants) {
    case EventKind::queue_put:
    case EventKind::pipe_send:
    case EventKind::socket_connect: return object.waiting_put;
    case EventKind::queue_get:
    case EventKind::pipe_recv:
    case EventKind::pipe_poll:
    case EventKind::socket_accept:
    case EventKind::pool_take: return object.waiting_get;
    case EventKind::queue_join: return object.waiting_join;
    case EventKind::barrier_arrive: return object.waiting_arrive;
    default: return object.waiting_other;
  }
}

}  // namespace

bool is_modelled(ObjectKind kind) noexcept {
  switch (kind) {
    case ObjectKind::thread:
    case ObjectKind::process:
    case ObjectKind::lock:
    case ObjectKind::rlock:
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore:
    case ObjectKind::condition:
    case ObjectKind::event:
    case ObjectKind::barrier:
    case ObjectKind::queue:
    case ObjectKind::joinable_queue: return true;
    default: return Exchange::models(kind);
  }
}

std::int64_t parties_of(const ObjectInfo& barrier) noexcept {
  return barrier.limit > 0 ? barrier.limit : barrier.initial;
}

Replay::Replay(const TraceStore& store) : store_(store), workers_(kMaxWorkers) {}

void Replay::apply(const Event& event, EventIndex index) {
  if (befalls(event.kind)) return;
  WorkerReplay& worker = workers_[event.worker];
  worker_limit_ = std::max(worker_limit_, static_cast<WorkerId>(event.worker + 1));
  if (worker.phase == Phase::waiting) end_wait(worker);
  if (worker.member_of != kNoObject) leave_if_over(worker, event);
  switch (event.kind) {
    case EventKind::worker_end:
    case EventKind::worker_killed:
    case EventKind::worker_cut_off: finish(event.worker, event); break;
    case EventKind::block: begin_wait(worker, event, index); break;
    default: start(event.worker); operate(event, index);
  }
}

ObjectReplay& Replay::touch(ObjectId id) {
  if (id >= objects_.size()) objects_.resize(std::max<std::size_t>(id + 1U, store_.objects().size()));
  ObjectReplay& object = objects_[id];
  if (object.kind == ObjectKind::none && id < store_.objects().size()) {
    const ObjectInfo& info = store_.objects()[id];
    object.kind = info.kind;
    const bool barrier = info.kind == ObjectKind::barrier;
    object.count = barrier ? 0 : info.initial;
    object.limit = barrier ? parties_of(info) : info.limit;
    if (is_worker(info.kind)) object.target = info.owner;
    if (Exchange::models(info.kind)) object.exchange = Exchange(info);
  }
  if (is_worker(object.kind) && object.target == kNoWorker) {
    for (const WorkerInfo& info : store_.workers()) {
      if (info.object == id) object.target = info.id;
    }
  }
  return object;
}

void Replay::start(WorkerId id) {
  WorkerReplay& worker = workers_[id];
  if (worker.phase == Phase::unseen) {
    worker.phase = Phase::able;
    worker_limit_ = std::max(worker_limit_, static_cast<WorkerId>(id + 1));
    ++started_;
    set_moves_alone(worker, true);
  }
}

void Replay::finish(WorkerId id, const Event& event) {
  start(id);
  WorkerReplay& worker = workers_[id];
  if (worker.phase == Phase::ended) return;
  if (worker.member_of != kNoObject) leave_members(worker);
  set_moves_alone(worker, false);
  worker.phase = Phase::ended;
  worker.killed = event.kind == EventKind::worker_killed;
  ++ended_;
  ObjectId own = event.object;
  if (own == kNoObject && id < store_.workers().size()) own = store_.workers()[id].object;
  if (own != kNoObject) refresh(touch(own));
}

void Replay::begin_wait(WorkerReplay& worker, const Event& event, EventIndex index) {
  start(event.worker);
  ObjectReplay& object = touch(event.object);
  worker.phase = Phase::waiting;
  worker.object = event.object;
  worker.wants = static_cast<EventKind>(event.arg);
  worker.timed = event.has(event_flag::kTimed);
  worker.blocked_at = index;
  const bool signalled = object.kind == ObjectKind::condition || object.kind == ObjectKind::event ||
                         worker.wants == EventKind::barrier_pass;
  if (signalled) join_members(worker, event.object);
  if (worker.leaving && object.kind == ObjectKind::process) doom_daemons_of(event.worker);
  if (worker.timed || worker.doomed || !is_modelled(object.kind)) return;
  set_moves_alone(worker, false);
  ++waits_of(object, worker.wants);
  refresh(object);
}

void Replay::end_wait(WorkerReplay& worker) {
  worker.phase = Phase::able;
  let_move(worker);
}

void Replay::let_move(WorkerReplay& worker) {
  if (worker.moves_alone) return;
  set_moves_alone(worker, true);
  ObjectReplay& object = objects_[worker.object];
  --waits_of(object, worker.wants);
  refresh(object);
}

void Replay::set_moves_alone(WorkerReplay& worker, bool value) {
  if (worker.moves_alone == value) return;
  worker.moves_alone = value;
  value ? ++movers_ : --movers_;
}

// --- Condition, Event, Barrier: whoever has joined before a signal may go on, whatever happens after it

void Replay::join_members(WorkerReplay& worker, ObjectId id) {
  if (worker.member_of == id) return;
  if (worker.member_of != kNoObject) leave_members(worker);
  ObjectReplay& object = touch(id);
  worker.member_of = id;
  worker.member_since = object.signals;
  ++object.members;
}

void Replay::leave_members(WorkerReplay& worker) {
  ObjectReplay& object = objects_[worker.member_of];
  --object.members;
  if (worker.member_since < object.signals) --object.signalled;
  object.notified = std::min<std::int64_t>(object.notified, object.signalled);
  worker.member_of = kNoObject;
  refresh(object);
}

/// A waiter of a Condition stays one until it resumes or gives up (it releases the lock in between); of an
/// Event or a Barrier until its next operation.
void Replay::leave_if_over(WorkerReplay& worker, const Event& event) {
  const bool same = event.object == worker.member_of;
  if (objects_[worker.member_of].kind == ObjectKind::condition) {
    if (same && event.kind == EventKind::cond_resume) {
      std::int64_t& notified = objects_[worker.member_of].notified;
      notified = std::max<std::int64_t>(notified - 1, 0);
      leave_members(worker);
    } else if (same && (event.kind == EventKind::timed_out || event.kind == EventKind::would_block)) {
      leave_members(worker);
    }
  } else if (!same || event.kind != EventKind::block) {
    leave_members(worker);
  }
}

// --- processes that are about to end

void Replay::doom(WorkerId process) {
  for (const WorkerInfo& info : store_.workers()) {
    if (info.id >= kMaxWorkers || process_of(store_, info.id) != process) continue;
    WorkerReplay& worker = workers_[info.id];
    worker.doomed = true;
    if (worker.phase == Phase::waiting) let_move(worker);
  }
}

/// Python's multiprocessing terminates the daemon children of a process when its threads are done, then joins
/// them.
void Replay::doom_daemons_of(WorkerId process) {
  for (const WorkerInfo& info : store_.workers()) {
    const bool child = info.kind == WorkerKind::process && info.parent != kNoWorker;
    if (child && info.daemon && process_of(store_, info.parent) == process) doom(info.id);
  }
}

// --- what operations do to objects

void Replay::operate(const Event& event, EventIndex index) {
  switch (event.kind) {
    case EventKind::worker_start: start(static_cast<WorkerId>(event.arg)); break;
    case EventKind::terminate:
    case EventKind::kill: doom(static_cast<WorkerId>(event.arg)); break;
    case EventKind::exit_wait: workers_[event.worker].leaving = true; break;
    default: break;
  }
  if (event.object == kNoObject) return;
  ObjectReplay& object = touch(event.object);
  if (Exchange::models(object.kind)) {
    object.exchange.apply(event, process_of(store_, event.worker), store_);
    return refresh(object);
  }
  switch (event.kind) {
    case EventKind::acquire: acquire(object, event, index); break;
    case EventKind::release: release(object, event); break;
    case EventKind::sem_acquire:
    case EventKind::sem_release: object.count = event.arg; break;
    case EventKind::cond_wait: join_members(workers_[event.worker], event.object); break;
    case EventKind::notify:
      if (event.arg == 0) break;
      signal(object);
      object.notified = std::min<std::int64_t>(object.notified + event.arg, object.signalled);
      break;
    case EventKind::event_set:
      object.count = 1;
      signal(object);
      break;
    case EventKind::event_clear: object.count = 0; break;
    case EventKind::queue_put:
      ++object.count;
      ++object.unfinished;
      break;
    case EventKind::queue_get: --object.count; break;
    case EventKind::queue_task_done: object.unfinished = event.arg; break;
    default:
      if (object.kind != ObjectKind::barrier) return;
      operate_on_barrier(object, event);
  }
  refresh(object);
}

void Replay::operate_on_barrier(ObjectReplay& barrier, const Event& event) {
  const auto leave = [&] {
    --barrier.count;
    const bool over = barrier.phase == BarrierPhase::draining || barrier.phase == BarrierPhase::resetting;
    if (barrier.count <= 0 && over) barrier.phase = BarrierPhase::filling;
  };
  switch (event.kind) {
    case EventKind::barrier_arrive:
      join_members(workers_[event.worker], event.object);
      barrier.count = event.arg;
      if (event.arg < barrier.limit) break;
      barrier.phase = BarrierPhase::draining;
      signal(barrier);
      break;
    case EventKind::barrier_pass: leave(); break;
    case EventKind::timed_out:
    case EventKind::would_block:
      if (static_cast<EventKind>(event.arg) != EventKind::barrier_pass) break;
      leave();
      barrier.phase = BarrierPhase::broken;
      signal(barrier);
      break;
    case EventKind::barrier_reset:
      barrier.phase = barrier.count > 0 ? BarrierPhase::resetting : BarrierPhase::filling;
      signal(barrier);
      break;
    case EventKind::barrier_abort:
      barrier.phase = BarrierPhase::broken;
      signal(barrier);
      break;
    default: break;
  }
}

void Replay::signal(ObjectReplay& object) {
  ++object.signals;
  object.signalled = object.members;
}

void Replay::acquire(ObjectReplay& object, const Event& event, EventIndex index) {
  if (object.owner == event.worker) return;
  object.owner = event.worker;
  object.acquired_at = index;
  workers_[event.worker].held.push_back(event.object);
}

void Replay::release(ObjectReplay& object, const Event& event) {
  if (event.arg > 0 || object.owner == kNoWorker) return;
  std::erase(workers_[object.owner].held, event.object);
  object.owner = kNoWorker;
}

}  // namespace lockstep::analysis
