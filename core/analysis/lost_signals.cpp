#include "core/analysis/lost_signals.hpp"

namespace lockstep::analysis {

LostSignals::Object& LostSignals::object(ObjectId id) {
  if (id >= objects_.size()) objects_.resize(id + 1U);
  return objects_[id];
}

LostSignals::Worker& LostSignals::worker(WorkerId id) {
  if (id >= workers_.size()) workers_.resize(id + 1U);
  return workers_[id];
}

void LostSignals::lose(Object& object, const Signal& signal) {
  if (object.last.by != signal.by) object.last_of_others = object.last;
  object.last = signal;
}

void LostSignals::see(Object& object, WorkerId worker, EventIndex index) {
  if (worker >= object.seen.size()) object.seen.resize(worker + 1U, 0);
  object.seen[worker] = index + 1;
}

void LostSignals::begin_wait(const Event& event, bool looking_counts) {
  Worker& me = worker(event.worker);
  me.missed = {};
  const Object& on = object(event.object);
  const Signal& signal = on.last.by == event.worker ? on.last_of_others : on.last;
  if (signal.begin == kNoEvent) return;
  const EventIndex seen = event.worker < on.seen.size() ? on.seen[event.worker] : 0;
  if (seen > signal.begin) return;
  if (looking_counts && me.looked > signal.begin) return;
  me.missed = signal;
}

void LostSignals::consume(const Event& event, EventIndex index) {
  switch (event.kind) {
    case EventKind::notify:
      if (event.arg == 0) lose(object(event.object), {event.worker, index, index});
      break;
    case EventKind::cond_wait: begin_wait(event, true); break;
    case EventKind::cond_resume:
    case EventKind::event_wait: see(object(event.object), event.worker, index); break;
    case EventKind::event_is_set:
      if (event.arg != 0) see(object(event.object), event.worker, index);
      break;
    case EventKind::event_set: object(event.object).set = {event.worker, index, index}; break;
    case EventKind::event_clear: {
      Object& on = object(event.object);
      if (on.set.begin == kNoEvent) break;
      lose(on, {on.set.by, on.set.begin, index});
      on.set = {};
      break;
    }
    case EventKind::block:
      if (static_cast<EventKind>(event.arg) == EventKind::event_wait) begin_wait(event, false);
      break;
    case EventKind::load:
    case EventKind::file_read:
    case EventKind::global_load:
    case EventKind::queue_size: worker(event.worker).looked = index + 1; break;
    default: break;
  }
}

std::vector<EventIndex> LostSignals::missed_by(WorkerId id) const {
  if (id >= workers_.size() || workers_[id].missed.begin == kNoEvent) return {};
  const Signal& signal = workers_[id].missed;
  if (signal.begin == signal.end) return {signal.begin};
  return {signal.begin, signal.end};
}

}  // namespace lockstep::analysis
