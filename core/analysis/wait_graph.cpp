// The wait-for graph at any moment, from state queries alone.
#include <algorithm>

#include "core/analysis/diagnosis.hpp"
#include "core/analysis/process_of.hpp"
#include "core/analysis/replay.hpp"
#include "core/event/worker_state.hpp"
#include "core/schedule/wait_chain.hpp"

namespace lockstep {
namespace {

using namespace analysis;

/// All workers after the first n events.
class WaitGraph {
 public:
  WaitGraph(const TraceStore& store, EventIndex n) : store_(store), n_(n) {
    store.moment_after(n, now_);
    for (WorkerId id = 0; id < count(); ++id)
      moves_alone_.push_back(compute_moves_alone(id));
    for (WorkerId id = 0; id < count(); ++id)
      anyone_moves_ = anyone_moves_ || moves_alone_[id] || possible(id);
  }

  std::vector<WaitEdge> edges() const {
    std::vector<WaitEdge> result;
    for (WorkerId id = 0; id < count(); ++id) {
      if (is_waiting(id)) result.push_back(edge(id));
    }
    return result;
  }

 private:
  WorkerId count() const { return static_cast<WorkerId>(now_.workers.size()); }
  bool is_waiting(WorkerId id) const { return now_.workers[id].state == WorkerState::waiting; }
  /// What the worker waits for.
  const ObjectView& wanted(WorkerId id) const { return now_.objects[now_.workers[id].object]; }
  ObjectKind kind(WorkerId id) const { return store_.objects()[now_.workers[id].object].kind; }
  WorkerId target(WorkerId id) const;
  bool is_doomed(WorkerId id) const;
  bool compute_moves_alone(WorkerId id) const;
  bool possible(WorkerId id) const;
  template <class Visit>
  void each_since_wait(WorkerId id, const Visit& visit) const;
  EventIndex wait_begin(WorkerId id) const;
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
  Moment now_;
  std::vector<bool> moves_alone_;
  bool anyone_moves_ = false;
};

WorkerId WaitGraph::target(WorkerId id) const {
  for (const WorkerInfo& info : store_.workers()) {
    if (info.object == now_.workers[id].object) return info.id;
  }
  return kNoWorker;
}

/// True if a signal that will end its process is under way: see Replay.
bool WaitGraph::is_doomed(WorkerId id) const {
  const WorkerInfo& info = store_.workers()[process_of(store_, id)];
  for (const EventIndex index : store_.events_of_object(info.object)) {
    const EventKind kind = store_[index].kind;
    if (index >= n_) break;
    if (kind == EventKind::terminate || kind == EventKind::kill) return true;
  }
  const WorkerId parent = process_of(store_, info.parent);
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

bool WaitGraph::compute_moves_alone(WorkerId id) const {
  switch (now_.workers[id].state) {
    case WorkerState::ready:
    case WorkerState::running:
    case WorkerState::sleeping: return true;
    case WorkerState::waiting: return now_.workers[id].timed || !is_modelled(kind(id)) || is_doomed(id);
    default: return false;
  }
}

bool WaitGraph::possible(WorkerId id) const {
  if (!is_waiting(id)) return false;
  const ObjectView& object = wanted(id);
  const ObjectInfo& info = store_.objects()[now_.workers[id].object];
  switch (info.kind) {
    case ObjectKind::lock: return object.owner == kNoWorker;
    case ObjectKind::rlock: return object.owner == kNoWorker || object.owner == id;
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore: return object.count > 0;
    case ObjectKind::thread:
    case ObjectKind::process: return target(id) != kNoWorker && has_ended(now_.workers[target(id)].state);
    case ObjectKind::queue:
    case ObjectKind::joinable_queue:
      switch (now_.workers[id].wants) {
        case EventKind::queue_put: return info.limit == 0 || object.count < info.limit;
        case EventKind::queue_get: return object.count > 0;
        default: return object.unfinished == 0;
      }
    case ObjectKind::event: return object.count > 0 || was_signalled(id);
    case ObjectKind::barrier:
      return now_.workers[id].wants == EventKind::barrier_arrive ? may_enter(id) : was_signalled(id);
    case ObjectKind::condition: return someone_is_notified(id);
    case ObjectKind::pipe:
    case ObjectKind::socket:
    case ObjectKind::pool:
    case ObjectKind::future: return exchange_after(store_, info.id, n_).possible(now_.workers[id].wants);
    default: return false;
  }
}

/// The first event of the worker's wait for its object: the barrier_arrive or the block.
EventIndex WaitGraph::wait_begin(WorkerId id) const {
  const auto events = store_.events_of_worker(id);
  const bool arrived = now_.workers[id].wants == EventKind::barrier_pass;
  for (auto at = std::lower_bound(events.begin(), events.end(), n_); at != events.begin();) {
    const Event& event = store_[*--at];
    const EventKind first = arrived ? EventKind::barrier_arrive : EventKind::block;
    if (event.kind == first && event.object == now_.workers[id].object) return *at;
  }
  return n_;
}

/// The operations on the object that the worker waits for since its wait began.
template <class Visit>
void WaitGraph::each_since_wait(WorkerId id, const Visit& visit) const {
  const EventIndex begin = wait_begin(id);
  const auto events = store_.events_of_object(now_.workers[id].object);
  for (auto at = std::lower_bound(events.begin(), events.end(), begin); at != events.end() && *at < n_;
       ++at) {
    visit(store_[*at]);
  }
}

/// Event, Barrier: a set, a completed generation, a reset or an abort since it began to wait.
bool WaitGraph::was_signalled(WorkerId id) const {
  const std::int64_t parties = parties_of(store_.objects()[now_.workers[id].object]);
  bool result = false;
  each_since_wait(id, [&](const Event& event) {
    switch (event.kind) {
      case EventKind::event_set:
      case EventKind::barrier_abort:
      case EventKind::barrier_reset: result = true; break;
      case EventKind::timed_out:
      case EventKind::would_block:
        result = result || static_cast<EventKind>(event.arg) == EventKind::barrier_pass;
        break;
      case EventKind::barrier_arrive: result = result || event.arg >= parties; break;
      default: break;
    }
  });
  return result;
}

/// Barrier: its former users have left since the worker came, or it is broken.
bool WaitGraph::may_enter(WorkerId id) const {
  const std::int64_t parties = parties_of(store_.objects()[now_.workers[id].object]);
  std::int64_t inside = store_.object_after(now_.workers[id].object, wait_begin(id)).count;
  auto phase = BarrierPhase::draining;
  each_since_wait(id, [&](const Event& event) {
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
      case EventKind::barrier_abort: phase = BarrierPhase::broken; break;
      case EventKind::timed_out:
      case EventKind::would_block:
        if (static_cast<EventKind>(event.arg) == EventKind::barrier_pass) phase = BarrierPhase::broken;
        break;
      default: break;
    }
  });
  return phase == BarrierPhase::filling || phase == BarrierPhase::broken;
}

/// Condition: one of its waiters was notified and has not resumed yet. (A worker between its cond_wait and
/// its block is not counted; while there is one, somebody moves anyway.)
bool WaitGraph::someone_is_notified(WorkerId id) const {
  std::int64_t waiting = 0;
  for (WorkerId other = 0; other < count(); ++other) {
    if (is_waiting(other) && now_.workers[other].object == now_.workers[id].object) ++waiting;
  }
  return waiting > wanted(id).count;
}

Dependence WaitGraph::dependence(WorkerId id) const {
  if (now_.workers[id].state == WorkerState::created) return {Hope::anyone, kNoWorker};
  if (moves_alone_[id] || possible(id)) return {Hope::moves, kNoWorker};
  if (is_lock(kind(id))) {
    const WorkerId owner = wanted(id).owner;
    return has_ended(now_.workers[owner].state) ? Dependence{Hope::never, owner}
                                                : Dependence{Hope::worker, owner};
  }
  if (is_worker(kind(id)) && target(id) != kNoWorker &&
      now_.workers[target(id)].state != WorkerState::created) {
    return {Hope::worker, target(id)};
  }
  return {Hope::anyone, kNoWorker};
}

WaitEdge WaitGraph::edge(WorkerId id) const {
  WaitEdge result{.worker = id,
                  .object = now_.workers[id].object,
                  .wants = now_.workers[id].wants,
                  .timed = now_.workers[id].timed};
  result.hopeless = root(id).kind != Root::Kind::moves;
  if (is_lock(kind(id))) {
    if (wanted(id).owner != kNoWorker) result.owners.push_back(wanted(id).owner);
  } else if (is_worker(kind(id))) {
    if (target(id) != kNoWorker) result.owners.push_back(target(id));
  } else {
    for (WorkerId other = 0; other < count(); ++other) {
      const bool alive =
          now_.workers[other].state != WorkerState::created && !has_ended(now_.workers[other].state);
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

std::vector<WaitEdge> wait_for_graph(const TraceStore& store, EventIndex n) {
  return WaitGraph(store, n).edges();
}

}  // namespace lockstep
