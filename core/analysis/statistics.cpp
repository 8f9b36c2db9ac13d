#include "core/analysis/statistics.hpp"

#include <algorithm>

#include "core/event/worker_state.hpp"

namespace lockstep {
namespace {

/// Something that the program did, as opposed to something that befell it.
bool is_operation(EventKind kind) {
  switch (kind) {
    case EventKind::worker_begin:
    case EventKind::worker_end:
    case EventKind::worker_killed:
    case EventKind::worker_cut_off:
    case EventKind::exit_wait:
    case EventKind::block:
    case EventKind::timed_out:
    case EventKind::sleep_begin:
    case EventKind::sleep_end:
    case EventKind::raise:
    case EventKind::stall:
    case EventKind::core:
    case EventKind::paused:
    case EventKind::resumed:
    case EventKind::speed: return false;
    default: return true;
  }
}

bool is_queue(ObjectKind kind) { return kind == ObjectKind::queue || kind == ObjectKind::joinable_queue; }

/// Initial values that count for the peak.
std::int64_t initial_peak(const ObjectInfo& info) {
  switch (info.kind) {
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore: return info.initial;
    case ObjectKind::shared:
    case ObjectKind::global:
    case ObjectKind::local:
    case ObjectKind::file: return info.initial_type == ValueType::integer ? info.initial : 0;
    default: return 0;
  }
}

void hold(ObjectStatistics& object, RunTime duration) {
  object.held += duration;
  object.longest_hold = std::max(object.longest_hold, duration);
}

}  // namespace

const Statistics& RunningStatistics::update_to(EventIndex n, RunTime now) {
  make_room();
  for (; seen_ < n; ++seen_)
    consume(store_[seen_]);
  result_ = closed_;
  result_.duration = std::max(closed_.duration, now);
  for (std::size_t id = 0; id < workers_.size(); ++id) {
    close(workers_[id], result_.workers[id], result_.duration, result_.objects);
  }
  for (std::size_t id = 0; id < objects_.size(); ++id) {
    if (objects_[id].owner != kNoWorker)
      hold(result_.objects[id], result_.duration - objects_[id].held_since);
  }
  return result_;
}

void RunningStatistics::make_room() {
  for (auto id = closed_.workers.size(); id < store_.workers().size(); ++id) {
    closed_.workers.push_back({.worker = static_cast<WorkerId>(id)});
    workers_.emplace_back();
  }
  for (auto id = closed_.objects.size(); id < store_.objects().size(); ++id) {
    closed_.objects.push_back(
        {.object = static_cast<ObjectId>(id), .peak = initial_peak(store_.objects()[id])});
    objects_.emplace_back();
  }
}

void RunningStatistics::consume(const Event& event) {
  const auto now = static_cast<RunTime>(event.time);
  closed_.duration = now;
  if (event.worker >= workers_.size()) return;
  const bool ignored = befalls(event.kind);
  if (!ignored) {
    change_state(event.worker, state_after(workers_[event.worker].state, event), event.object, now);
  }
  if (is_operation(event.kind)) ++closed_.workers[event.worker].operations;
  if (event.kind == EventKind::block) {
    ++closed_.workers[event.worker].waits;
    if (event.object < objects_.size()) ++closed_.objects[event.object].contended;
  }
  if (event.object != kNoObject && event.object < objects_.size()) use_object(event);
}

void RunningStatistics::change_state(WorkerId worker, WorkerState state, ObjectId object, RunTime now) {
  WorkerNow& current = workers_[worker];
  if (current.state == state && state != WorkerState::waiting) return;
  close(current, closed_.workers[worker], now, closed_.objects);
  current = {state, now, object};
}

/// Adds the stretch that began at now.since and lasts until `until`.
void RunningStatistics::close(const WorkerNow& now, WorkerStatistics& worker, RunTime until,
                              std::vector<ObjectStatistics>& objects) {
  const RunTime duration = until - now.since;
  switch (now.state) {
    case WorkerState::running: worker.running += duration; break;
    case WorkerState::sleeping: worker.sleeping += duration; break;
    case WorkerState::waiting:
      worker.waiting += duration;
      worker.longest_wait = std::max(worker.longest_wait, duration);
      if (now.object < objects.size()) objects[now.object].total_wait += duration;
      break;
    default: break;
  }
}

void RunningStatistics::use_object(const Event& event) {
  ObjectStatistics& object = closed_.objects[event.object];
  ObjectNow& now = objects_[event.object];
  const ObjectKind kind = store_.objects()[event.object].kind;
  const auto time = static_cast<RunTime>(event.time);
  const auto reach = [&](std::int64_t value) { object.peak = std::max(object.peak, value); };
  if (is_operation(event.kind)) ++object.operations;
  switch (event.kind) {
    case EventKind::acquire:
      if (now.owner == event.worker) break;
      now = {event.worker, time, 0};
      break;
    case EventKind::release:
      if (event.arg > 0 || now.owner == kNoWorker) break;
      hold(object, time - now.held_since);
      now.owner = kNoWorker;
      break;
    case EventKind::sem_acquire:
    case EventKind::sem_release: reach(event.arg); break;
    case EventKind::queue_put: reach(++now.depth); break;
    case EventKind::queue_get: --now.depth; break;
    default:
      if (argument_of(event.kind) != ArgumentType::value || is_queue(kind)) break;
      if (event.value().type == ValueType::integer) reach(event.arg);
  }
}

Statistics statistics(const TraceStore& store, EventIndex n) {
  RunningStatistics running(store);
  return running.update_to(std::min(n, store.size()), 0);
}

}  // namespace lockstep
