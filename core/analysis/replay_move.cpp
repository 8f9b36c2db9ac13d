// Who can move.
#include "core/analysis/replay.hpp"

namespace lockstep::analysis {

void Replay::refresh(ObjectReplay& object) {
  const bool now = possible(object);
  if (now == object.counted) return;
  object.counted = now;
  now ? ++possible_ : --possible_;
}

bool Replay::possible(const ObjectReplay& object) const {
  if (Exchange::models(object.kind)) {
    const bool pipe = object.kind == ObjectKind::pipe;
    const bool pool = object.kind == ObjectKind::pool;
    const EventKind take = pipe   ? EventKind::pipe_recv
                           : pool ? EventKind::pool_take
                                  : EventKind::socket_accept;
    const EventKind put = pipe ? EventKind::pipe_send : EventKind::socket_connect;
    return (object.waiting_get > 0 && object.exchange.possible(take)) ||
           (object.waiting_put > 0 && object.exchange.possible(put)) ||
           (object.waiting_other > 0 && object.exchange.possible(EventKind::future_result));
  }
  if (object.waiting_put > 0 && (object.limit == 0 || object.count < object.limit)) return true;
  if (object.waiting_get > 0 && object.count > 0) return true;
  if (object.waiting_join > 0 && object.unfinished == 0) return true;
  if (object.waiting_arrive > 0 &&
      (object.phase == BarrierPhase::filling || object.phase == BarrierPhase::broken)) {
    return true;
  }
  if (object.waiting_other == 0) return false;
  switch (object.kind) {
    case ObjectKind::lock:
    case ObjectKind::rlock: return object.owner == kNoWorker;
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore: return object.count > 0;
    case ObjectKind::condition: return object.notified > 0;
    case ObjectKind::event: return object.count > 0 || object.signalled > 0;
    case ObjectKind::barrier: return object.signalled > 0;
    case ObjectKind::thread:
    case ObjectKind::process:
      return object.target != kNoWorker && workers_[object.target].phase == Phase::ended;
    default: return false;
  }
}

Dependence Replay::dependence(WorkerId id) const {
  const WorkerReplay& worker = workers_[id];
  if (worker.phase == Phase::unseen) return {Hope::anyone, kNoWorker};
  if (worker.moves_alone) return {Hope::moves, kNoWorker};
  const ObjectReplay& object = objects_[worker.object];
  if (is_lock(object.kind)) {
    if (object.owner == kNoWorker) return {Hope::moves, kNoWorker};
    if (object.owner == id && object.kind == ObjectKind::rlock) return {Hope::moves, kNoWorker};
    if (workers_[object.owner].phase == Phase::ended) return {Hope::never, object.owner};
    return {Hope::worker, object.owner};
  }
  if (is_worker(object.kind) && object.target != kNoWorker) {
    const Phase phase = workers_[object.target].phase;
    if (phase == Phase::ended) return {Hope::moves, kNoWorker};
    if (phase != Phase::unseen) return {Hope::worker, object.target};
  }
  return {Hope::anyone, kNoWorker};
}

bool Replay::holds_program_open(WorkerId id) const {
  const auto infos = store_.workers();
  for (std::size_t steps = 0; id < infos.size() && steps <= infos.size(); ++steps) {
    const WorkerInfo& info = infos[id];
    const bool whole_process = steps == 0 || info.kind == WorkerKind::process;
    if (info.daemon && whole_process) return false;
    id = info.parent;
  }
  return true;
}

}  // namespace lockstep::analysis
