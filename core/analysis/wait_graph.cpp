// The wait-for graph at any moment, from state queries alone.
#include <algorithm>

#include "core/analysis/chain.hpp"
#include "core/analysis/diagnosis.hpp"
#include "core/analysis/replay.hpp"

namespace lockstep {
namespace {

using namespace analysis;

bool is_lock(ObjectKind kind) { return kind == ObjectKind::lock || kind == ObjectKind::rlock; }
bool is_worker(ObjectKind kind) { return kind == ObjectKind::thread || kind == ObjectKind::process; }

bool has_ended(WorkerState state) {
  return state == WorkerState::finished || state == WorkerState::zombie || state == WorkerState::killed;
}

/// All workers after the first n events.
class Moment {
 public:
  Moment(const TraceStore& store, EventIndex n) : store_(store), n_(n) {
    for (const WorkerInfo& info : store.workers()) {
      views_.push_back(store.worker_after(info.id, n));
      objects_.push_back(is_waiting(info.id) ? store.object_after(views_.back().object, n) : ObjectView{});
    }
    for (WorkerId id = 0; id < count(); ++id) moves_alone_.push_back(compute_moves_alone(id));
    for (WorkerId id = 0; id < count(); ++id) anyone_moves_ = anyone_moves_ || moves_alone_[id] || possible(id);
  }

  std::vector<WaitEdge> edges() const {
    std::vector<WaitEdge> result;
    for (WorkerId id = 0; id < count(); ++id) {
      if (is_waiting(id)) result.push_back(edge(id));
    }
    return result;
  }

 private:
  WorkerId count() const { return static_cast<WorkerId>(views_.size()); }
  bool is_waiting(WorkerId id) const { return views_[id].state == WorkerState::waiting; }
  ObjectKind kind(WorkerId id) const { return store_.objects()[views_[id].object].kind; }
  WorkerId target(WorkerId id) const;
  WorkerId process_of(WorkerId id) const;
  bool is_doomed(WorkerId id) const;
  bool compute_moves_alone(WorkerId id) const;
  bool possible(WorkerId id) const;
  std::span<const EventIndex> history(ObjectId object) const;
  std::span<const EventIndex> history_since_wait(WorkerId id) const;
  bool was_signalled(WorkerId id) const;
  bool may_enter(WorkerId id) const;
  bool someone_is_notified(WorkerId id) const;
  Dependence dependence(WorkerId id) const;
  Root root(WorkerId id) const {
    return root_of(id, count(), anyone_moves_, [this](WorkerId other) { return dependence(other); });
  }
  WaitEdge edge(WorkerId id) const;

  const TraceStore& store_;
  EventIndex n_;
  std::vector<WorkerView> views_;
  std::vector<ObjectView> objects_;  ///< what each worker waits for
  std::vector<bool> moves_alone_;
  bool anyone_moves_ = false;
};

WorkerId Moment::target(WorkerId id) const {
  for (const WorkerInfo& info : store_.workers()) {
    if (info.object == views_[id].object) return info.id;
  }
  return kNoWorker;
}

WorkerId Moment::process_of(WorkerId id) const {
  for (WorkerId steps = 0; id < count() && steps < count(); ++steps) {
    if (store_.workers()[id].kind != WorkerKind::thread) return id;
    id = store_.workers()[id].parent;
  }
  return kNoWorker;
}

/// True if a signal that will end its process is under way: see Replay.
bool Moment::is_doomed(WorkerId id) const {
  const WorkerId process = process_of(id);
  if (process == kNoWorker) return false;
  const WorkerInfo& info = store_.workers()[process];
  for (const EventIndex index : history(info.object)) {
    const EventKind kind = store_[index].kind;
    if (kind == EventKind::terminate || kind == EventKind::kill) return true;
  }
  const WorkerId parent = info.parent == kNoWorker ? kNoWorker : process_of(info.parent);
  if (!info.daemon || parent == kNoWorker) return false;
  bool joins_process = false;
  const auto events = store_.events_of_worker(parent);
  for (auto at = std::lower_bound(events.begin(), events.end(), n_); at != events.begin();) {
    const Event& event = store_[*--at];
    if (event.kind == EventKind::exit_wait) return joins_process;
    if (event.kind != EventKind::block && event.kind != EventKind::join) return false;
    joins_process = joins_process || (event.kind == EventKind::block &&
                                      store_.objects()[event.object].kind == ObjectKind::process);
  }
  return false;
}

bool Moment::compute_moves_alone(WorkerId id) const {
  switch (views_[id].state) {
    case WorkerState::ready:
    case WorkerState::running:
    case WorkerState::sleeping: return true;
    case WorkerState::waiting: return views_[id].timed || !is_modelled(kind(id)) || is_doomed(id);
    default: return false;
  }
}

bool Moment::possible(WorkerId id) const {
  if (!is_waiting(id)) return false;
  const ObjectView& object = objects_[id];
  const ObjectInfo& info = store_.objects()[views_[id].object];
  switch (info.kind) {
    case ObjectKind::lock: return object.owner == kNoWorker;
    case ObjectKind::rlock: return object.owner == kNoWorker || object.owner == id;
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore: return object.count > 0;
    case ObjectKind::thread:
    case ObjectKind::process: return target(id) != kNoWorker && has_ended(views_[target(id)].state);
    case ObjectKind::queue:
    case ObjectKind::joinable_queue:
      switch (views_[id].wants) {
        case EventKind::queue_put: return info.limit == 0 || object.count < info.limit;
        case EventKind::queue_get: return object.count > 0;
        default: return object.unfinished == 0;
      }
    case ObjectKind::event: return object.count > 0 || was_signalled(id);
    case ObjectKind::barrier:
      return views_[id].wants == EventKind::barrier_arrive ? may_enter(id) : was_signalled(id);
    case ObjectKind::condition: return someone_is_notified(id);
    default: return false;
  }
}

std::span<const EventIndex> Moment::history(ObjectId object) const {
  const auto all = store_.events_of_object(object);
  return all.first(static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), n_) - all.begin()));
}

/// The operations on the object since the worker's wait began there: its own first (the barrier_arrive or the
/// block).
std::span<const EventIndex> Moment::history_since_wait(WorkerId id) const {
  const auto all = history(views_[id].object);
  const bool joined = views_[id].wants == EventKind::barrier_pass;
  for (std::size_t i = all.size(); i-- > 0;) {
    const Event& event = store_[all[i]];
    if (event.worker == id && (event.kind == EventKind::block) != joined) return all.subspan(i);
  }
  return all;
}

/// Event, Barrier: a set, a completed generation, a reset or an abort since it began to wait.
bool Moment::was_signalled(WorkerId id) const {
  const std::int64_t parties = parties_of(store_.objects()[views_[id].object]);
  for (const EventIndex index : history_since_wait(id)) {
    const Event& event = store_[index];
    switch (event.kind) {
      case EventKind::event_set:
      case EventKind::barrier_abort:
      case EventKind::barrier_reset: return true;
      case EventKind::timed_out:
        if (static_cast<EventKind>(event.arg) == EventKind::barrier_pass) return true;
        break;
      case EventKind::barrier_arrive:
        if (event.arg >= parties) return true;
        break;
      default: break;
    }
  }
  return false;
}

/// Barrier: its former users have left since the worker came, or it is broken.
bool Moment::may_enter(WorkerId id) const {
  const std::int64_t parties = parties_of(store_.objects()[views_[id].object]);
  const auto since = history_since_wait(id);
  std::int64_t inside = store_.object_after(views_[id].object, since.front() + 1).count;
  auto phase = BarrierPhase::draining;
  for (const EventIndex index : since) {
    const Event& event = store_[index];
    switch (event.kind) {
      case EventKind::barrier_arrive:
        inside = event.arg;
        if (inside >= parties) phase = BarrierPhase::draining;
        break;
      case EventKind::barrier_pass:
        if (--inside == 0 && phase != BarrierPhase::broken) phase = BarrierPhase::filling;
        break;
      case EventKind::barrier_reset:
        phase = inside > 0 ? BarrierPhase::resetting : BarrierPhase::filling;
        break;
      case EventKind::barrier_abort:
      case EventKind::timed_out: phase = BarrierPhase::broken; break;
      default: break;
    }
  }
  return phase == BarrierPhase::filling || phase == BarrierPhase::broken;
}

/// Condition: one of its waiters was notified and has not resumed yet. (A worker between its cond_wait and its block is not
/// counted; while there is one, somebody moves anyway.)
bool Moment::someone_is_notified(WorkerId id) const {
  std::int64_t waiting = 0;
  for (WorkerId other = 0; other < count(); ++other) {
    if (is_waiting(other) && views_[other].object == views_[id].object) ++waiting;
  }
  return waiting > objects_[id].count;
}

Dependence Moment::dependence(WorkerId id) const {
  if (views_[id].state == WorkerState::created) return {Hope::anyone, kNoWorker};
  if (moves_alone_[id] || possible(id)) return {Hope::moves, kNoWorker};
  if (is_lock(kind(id))) {
    const WorkerId owner = objects_[id].owner;
    return has_ended(views_[owner].state) ? Dependence{Hope::never, owner} : Dependence{Hope::worker, owner};
  }
  if (is_worker(kind(id)) && target(id) != kNoWorker && views_[target(id)].state != WorkerState::created) {
    return {Hope::worker, target(id)};
  }
  return {Hope::anyone, kNoWorker};
}

WaitEdge Moment::edge(WorkerId id) const {
  WaitEdge result{.worker = id, .object = views_[id].object, .wants = views_[id].wants, .timed = views_[id].timed};
  result.hopeless = root(id).kind != Root::Kind::moves;
  if (is_lock(kind(id))) {
    if (objects_[id].owner != kNoWorker) result.owners.push_back(objects_[id].owner);
  } else if (is_worker(kind(id))) {
    if (target(id) != kNoWorker) result.owners.push_back(target(id));
  } else {
    for (WorkerId other = 0; other < count(); ++other) {
      const bool alive = views_[other].state != WorkerState::created && !has_ended(views_[other].state);
      if (other != id && alive && root(other).kind == Root::Kind::moves) result.owners.push_back(other);
    }
  }
  WorkerId at = id;
  for (WorkerId steps = 0; result.hopeless && !result.in_cycle && steps < count(); ++steps) {
    const Dependence next = dependence(at);
    if (next.on != Hope::worker) break;
    at = next.worker;
    result.in_cycle = at == id;
  }
  return result;
}

}  // namespace

std::vector<WaitEdge> wait_for_graph(const TraceStore& store, EventIndex n) { return Moment(store, n).edges(); }

}  // namespace lockstep
