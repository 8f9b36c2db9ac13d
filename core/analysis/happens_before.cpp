#include "core/analysis/happens_before.hpp"

#include <algorithm>

#include "core/analysis/replay.hpp"

namespace lockstep::analysis {

VectorClock& HappensBefore::clock_of(WorkerId worker) {
  while (worker >= workers_.size()) {
    workers_.emplace_back();
    const auto id = static_cast<WorkerId>(workers_.size() - 1);
    workers_.back().set(id, 1);
  }
  return workers_[worker];
}

HappensBefore::Object& HappensBefore::object(ObjectId id) {
  if (id >= objects_.size()) objects_.resize(id + 1U);
  return objects_[id];
}

void HappensBefore::tick(WorkerId worker) {
  VectorClock& clock = clock_of(worker);
  clock.set(worker, clock[worker] + 1);
}

void HappensBefore::acquire(WorkerId worker, const Object& lock) {
  if (lock.last != worker) learn(worker, lock.clock);
}

void HappensBefore::release(WorkerId worker, Object& lock) {
  lock.clock = clock_of(worker);
  lock.last = worker;
  tick(worker);
}

void HappensBefore::teach(WorkerId worker, VectorClock& clock) {
  clock.join(clock_of(worker));
  tick(worker);
}

void HappensBefore::start(WorkerId parent, WorkerId child) {
  if (child >= kMaxWorkers) return;
  clock_of(std::max(parent, child));
  clock_of(child).join(clock_of(parent));
  tick(parent);
}

void HappensBefore::learn_end_of(WorkerId target, WorkerId worker) {
  if (target >= kMaxWorkers) return;
  clock_of(std::max(target, worker));
  clock_of(worker).join(clock_of(target));
}

void HappensBefore::arrive(const Event& event) {
  Object& barrier = object(event.object);
  teach(event.worker, barrier.arriving);
  if (event.arg < parties_of(store_.objects()[event.object])) return;
  barrier.clock = barrier.arriving;
  barrier.arriving.clear();
}

void HappensBefore::live(const Event& event) {
  switch (event.kind) {
    case EventKind::worker_start: start(event.worker, static_cast<WorkerId>(event.arg)); break;
    case EventKind::join: learn_end_of(static_cast<WorkerId>(event.arg), event.worker); break;
    default:  // is_alive
      if (event.arg != 0) break;
      for (const WorkerInfo& info : store_.workers()) {
        if (info.object == event.object) learn_end_of(info.id, event.worker);
      }
  }
}

void HappensBefore::queue(const Event& event) {
  Object& on = object(event.object);
  const bool bounded = store_.objects()[event.object].limit > 0;
  switch (event.kind) {
    case EventKind::queue_put:
      if (bounded) learn(event.worker, on.room);
      teach(event.worker, on.clock);
      break;
    case EventKind::queue_get:
      learn(event.worker, on.clock);
      if (bounded) teach(event.worker, on.room);
      break;
    case EventKind::queue_task_done: teach(event.worker, on.done); break;
    default: learn(event.worker, on.done); break;  // queue_join
  }
}

void HappensBefore::signal(const Event& event) {
  Object& on = object(event.object);
  switch (event.kind) {
    case EventKind::sem_release:
    case EventKind::event_set: teach(event.worker, on.clock); break;
    case EventKind::notify:
      if (event.arg > 0) teach(event.worker, on.clock);
      break;
    case EventKind::event_clear: on.clock.clear(); break;
    case EventKind::event_is_set:
      if (event.arg != 0) learn(event.worker, on.clock);
      break;
    default: learn(event.worker, on.clock); break;  // sem_acquire, cond_resume, event_wait, barrier_pass
  }
}

void HappensBefore::consume(const Event& event) {
  switch (event.kind) {
    case EventKind::worker_start:
    case EventKind::join:
    case EventKind::is_alive: live(event); break;

    case EventKind::acquire:
      if (edges_ == Edges::all) acquire(event.worker, object(event.object));
      break;
    case EventKind::release:
      if (edges_ == Edges::all) release(event.worker, object(event.object));
      break;

    case EventKind::sem_acquire:
    case EventKind::sem_release:
    case EventKind::cond_resume:
    case EventKind::notify:
    case EventKind::event_wait:
    case EventKind::event_is_set:
    case EventKind::event_set:
    case EventKind::event_clear:
    case EventKind::barrier_pass: signal(event); break;

    case EventKind::barrier_arrive: arrive(event); break;
    case EventKind::barrier_reset:
    case EventKind::barrier_abort: object(event.object).arriving.clear(); break;

    case EventKind::queue_put:
    case EventKind::queue_get:
    case EventKind::queue_task_done:
    case EventKind::queue_join: queue(event); break;

    case EventKind::pipe_send:
    case EventKind::pipe_close:
    case EventKind::socket_connect:
    case EventKind::socket_close:
    case EventKind::pool_submit:
    case EventKind::pool_close:
    case EventKind::pool_terminate:
    case EventKind::future_set:
    case EventKind::future_cancel: teach(event.worker, object(event.object).clock); break;
    case EventKind::pipe_recv:
    case EventKind::socket_accept:
    case EventKind::pool_take:
    case EventKind::future_result: learn(event.worker, object(event.object).clock); break;
    case EventKind::future_state:
      if (event.arg != 0) learn(event.worker, object(event.object).clock);
      break;
    default: break;
  }
}

}  // namespace lockstep::analysis
