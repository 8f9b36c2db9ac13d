#include "app/model/pool_flow.hpp"

#include <algorithm>

namespace lockstep {
namespace {

class Flow {
 public:
  Flow(const TraceStore& store, EventIndex n) : store_(store), n_(n) {}

  PoolFlow build(ObjectId pool) {
    flow_.pool = pool;
    for (const EventIndex index : store_.events_of_object(pool)) {
      if (index >= n_) break;
      apply(store_[index], index);
    }
    for (PoolTask& task : flow_.tasks)
      settle(task);
    for (PoolWorker& worker : flow_.workers)
      look_at(worker);
    return std::move(flow_);
  }

 private:
  PoolTask* task_of(const Event& event) {
    const auto it = std::ranges::find(flow_.tasks, static_cast<ObjectId>(event.arg), &PoolTask::future);
    return it == flow_.tasks.end() ? nullptr : &*it;
  }
  PoolWorker* worker(WorkerId id) {
    const auto it = std::ranges::find(flow_.workers, id, &PoolWorker::worker);
    return it == flow_.workers.end() ? nullptr : &*it;
  }

  void apply(const Event& event, EventIndex index) {
    switch (event.kind) {
      case EventKind::pool_hire:
        flow_.workers.push_back({.worker = static_cast<WorkerId>(event.arg)});
        return;
      case EventKind::pool_submit:
        flow_.tasks.push_back({.future = static_cast<ObjectId>(event.arg)});
        return;
      case EventKind::pool_close: flow_.state = std::max(flow_.state, PoolState::closed); return;
      case EventKind::pool_terminate:
        flow_.state = PoolState::terminated;
        for (PoolTask& task : flow_.tasks) {
          if (task.stage == TaskStage::queued) task.stage = TaskStage::dropped;
        }
        return;
      case EventKind::pool_take: return take(event, index);
      default: return;
    }
  }

  void take(const Event& event, EventIndex index) {
    PoolWorker* by = worker(event.worker);
    if (by) by->task = kNoObject;  // whoever asks for the next one is done with the last one
    if (event.has(event_flag::kEnd)) return;
    if (PoolTask* task = task_of(event)) {
      task->stage = TaskStage::running;
      task->worker = event.worker;
      task->taken = index;
    }
    if (!by) return;
    by->task = static_cast<ObjectId>(event.arg);
    ++by->taken;
  }

  /// What its future says.
  void settle(PoolTask& task) const {
    for (const EventIndex index : store_.events_of_object(task.future)) {
      if (index >= n_) break;
      const Event& event = store_[index];
      if (event.kind == EventKind::future_set) {
        task.stage = event.has(event_flag::kRaised) ? TaskStage::failed : TaskStage::done;
        task.result = event.value();
      } else if (event.kind == EventKind::future_cancel && event.arg != 0) {
        task.stage = TaskStage::cancelled;
      }
    }
    const bool no_result = task.stage == TaskStage::running && task.worker != kNoWorker;
    if (no_result && has_ended(task.worker)) task.stage = TaskStage::lost;
  }

  bool has_ended(WorkerId id) const {
    const WorkerState state = store_.worker_after(id, n_).state;
    return state == WorkerState::finished || state == WorkerState::killed || state == WorkerState::zombie;
  }

  void look_at(PoolWorker& worker) const {
    const WorkerView view = store_.worker_after(worker.worker, n_);
    worker.ended = has_ended(worker.worker);
    const bool idle = view.state == WorkerState::waiting && view.wants == EventKind::pool_take;
    const auto task = std::ranges::find(flow_.tasks, worker.task, &PoolTask::future);
    const bool set = task != flow_.tasks.end() && task->stage != TaskStage::running;
    if (worker.ended || idle || set) worker.task = kNoObject;
  }

  const TraceStore& store_;
  EventIndex n_;
  PoolFlow flow_;
};

}  // namespace

std::size_t PoolFlow::queued() const {
  return static_cast<std::size_t>(std::ranges::count(tasks, TaskStage::queued, &PoolTask::stage));
}

PoolFlow pool_flow(const TraceStore& store, ObjectId pool, EventIndex n) {
  return Flow(store, n).build(pool);
}

std::vector<ObjectId> pools_of(const TraceStore& store) {
  std::vector<ObjectId> pools;
  for (const ObjectInfo& object : store.objects()) {
    if (object.kind == ObjectKind::pool) pools.push_back(object.id);
  }
  return pools;
}

}  // namespace lockstep
