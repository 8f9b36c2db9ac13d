// The brute-force twin of a TraceStore: goes through the events one by one and keeps the present state,
// nothing else. Written from kinds.def and the comments in store.hpp, not from the store.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/event/worker_state.hpp"
#include "core/trace/store.hpp"

namespace lockstep::test {

class Replay {
 public:
  explicit Replay(const TraceStore& store) : store_(store) {
    workers.resize(store.workers().size());
    objects.resize(store.objects().size());
    queues.resize(objects.size());
    began.assign(workers.size(), kNoEvent);
    workers[kMainWorker].state = WorkerState::ready;
    for (const ObjectInfo& info : store.objects())
      start_value(info);
  }

  /// Takes in the next event.
  void step() {
    const EventIndex index = size++;
    const Event& e = store_[index];
    if (e.worker != kSandbox) step_worker(index, e);
    if (e.kind == EventKind::worker_start) {
      WorkerView& child = workers[static_cast<std::size_t>(e.arg)];
      if (child.state == WorkerState::created) {
        child.state = WorkerState::ready;
        child.since = static_cast<RunTime>(e.time);
        began[static_cast<std::size_t>(e.arg)] = index;
      }
    }
    if (e.object != kNoObject) step_object(index, e);
    find_waiters();
  }

  EventIndex size = 0;
  std::vector<WorkerView> workers;
  std::vector<ObjectView> objects;
  std::vector<std::vector<QueueItem>> queues;
  std::vector<EventIndex> began;  ///< per worker: the event with which its state began

 private:
  void start_value(const ObjectInfo& info) {
    ObjectView& view = objects[info.id];
    switch (info.kind) {
      case ObjectKind::semaphore:
      case ObjectKind::bounded_semaphore: view.count = info.initial; break;
      case ObjectKind::event: view.count = info.initial != 0; break;
      case ObjectKind::file:
        if (info.initial_type == ValueType::none) break;
        [[fallthrough]];
      case ObjectKind::shared:
      case ObjectKind::global:
        view.value = {info.initial_type, info.initial};
        view.has_value = true;
        break;
      default: break;
    }
  }

  void step_worker(EventIndex index, const Event& e) {
    WorkerView& view = workers[e.worker];
    const WorkerState next = state_after(view.state, e);
    const auto wants = static_cast<EventKind>(e.arg);
    const bool same_wait = view.state == WorkerState::waiting && e.kind == EventKind::block &&
                           view.object == e.object && view.wants == wants;
    const bool same = view.state == next && e.kind != EventKind::block && e.kind != EventKind::sleep_begin;
    if (!same && !same_wait) {
      view = {};
      view.state = next;
      view.since = static_cast<RunTime>(e.time);
      began[e.worker] = index;
      if (next == WorkerState::waiting) {
        view.object = e.object;
        view.wants = wants;
        view.timed = e.has(event_flag::kTimed);
      }
      if (next == WorkerState::sleeping) {
        view.activity = e.extra;
        view.until = view.since + e.arg;
      }
      if (e.kind == EventKind::worker_end) view.exit_code = e.arg;
      if (e.kind == EventKind::worker_killed) view.exit_code = -e.arg;
    }
    view.site = e.site;
    view.last_event = index;
  }

  void step_object(EventIndex index, const Event& e) {
    ObjectView& view = objects[e.object];
    const ObjectKind kind = store_.objects()[e.object].kind;
    view.last_event = index;
    view.last_worker = e.worker;
    switch (e.kind) {
      case EventKind::acquire:
        view.owner = e.worker;
        view.count = e.arg;
        break;
      case EventKind::release:
        view.count = e.arg;
        if (e.arg == 0) view.owner = kNoWorker;
        break;
      case EventKind::sem_acquire:
      case EventKind::sem_release:
      case EventKind::cond_wait:
      case EventKind::cond_resume:
      case EventKind::barrier_arrive: view.count = e.arg; break;
      case EventKind::notify: view.count = std::max<std::int64_t>(0, view.count - e.arg); break;
      case EventKind::barrier_pass: view.count = std::max<std::int64_t>(0, view.count - 1); break;
      case EventKind::timed_out:
        if (kind == ObjectKind::condition ||
            (kind == ObjectKind::barrier && static_cast<EventKind>(e.arg) == EventKind::barrier_pass)) {
          view.count = std::max<std::int64_t>(0, view.count - 1);
        }
        break;
      case EventKind::event_set: view.count = 1; break;
      case EventKind::event_clear: view.count = 0; break;
      case EventKind::queue_put: queues[e.object].push_back({e.value(), e.worker, index}); break;
      case EventKind::queue_get: queues[e.object].erase(queues[e.object].begin()); break;
      case EventKind::queue_task_done: view.unfinished = e.arg; break;
      case EventKind::load:
      case EventKind::store:
      case EventKind::add:
      case EventKind::local_set:
      case EventKind::global_load:
      case EventKind::global_store:
      case EventKind::file_read:
      case EventKind::file_write:
      case EventKind::file_append:
      case EventKind::check:
        view.value = e.value();
        view.has_value = true;
        break;
      case EventKind::file_truncate:
        view.value = Value::of_text(0);
        view.has_value = true;
        break;
      default: break;
    }
    if (kind == ObjectKind::queue || kind == ObjectKind::joinable_queue) {
      view.count = static_cast<std::int64_t>(queues[e.object].size());
      if (kind == ObjectKind::joinable_queue && e.kind == EventKind::queue_put) ++view.unfinished;
    }
  }

  void find_waiters() {
    for (ObjectView& view : objects)
      view.waiters.clear();
    for (WorkerId w = 0; w < workers.size(); ++w) {
      if (workers[w].state != WorkerState::waiting || workers[w].object == kNoObject) continue;
      auto& waiters = objects[workers[w].object].waiters;
      const auto later = [&](WorkerId other) { return began[other] > began[w]; };
      waiters.insert(std::find_if(waiters.begin(), waiters.end(), later), w);
    }
  }

  const TraceStore& store_;
};

}  // namespace lockstep::test
