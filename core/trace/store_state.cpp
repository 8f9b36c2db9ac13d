// What a worker or an object was at a moment: one search in its track, and the row before the moment.
#include "core/event/worker_state.hpp"
#include "core/trace/store_impl.hpp"

namespace lockstep {
namespace {

RunTime saturating_add(RunTime a, std::int64_t b) {
  RunTime sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return b < 0 ? 0 : std::numeric_limits<RunTime>::max();
  return sum;
}

/// The members that the event which began a state tells.
void describe_state(WorkerView& view, const Event& began, bool was_start) {
  view.state = was_start ? WorkerState::ready : state_after(WorkerState::running, began);
  switch (view.state) {
    case WorkerState::waiting:
      view.object = began.object;
      view.wants = static_cast<EventKind>(began.arg);
      view.timed = began.has(event_flag::kTimed);
      break;
    case WorkerState::sleeping:
      view.activity = began.extra;
      view.until = saturating_add(view.since, began.arg);
      break;
    case WorkerState::finished: view.exit_code = began.arg; break;
    case WorkerState::killed: view.exit_code = began.kind == EventKind::worker_killed ? -began.arg : 0; break;
    default: break;
  }
}

}  // namespace

WorkerView TraceStore::Impl::worker_view(const WorkerTrack& track, std::size_t rows) const {
  WorkerView view;
  view.state = &track == worker_tracks[kMainWorker].get() ? WorkerState::ready : WorkerState::created;
  const std::size_t began = track.begins().previous(rows);
  if (began < track.rows().size()) {
    const EventIndex index = track.rows().event(began);
    view.since = track.rows().time(began);
    describe_state(view, events[index], index == track.start());
  }
  const std::size_t last = track.rows().own_row_before(rows);
  if (last < track.rows().size()) {
    view.last_event = track.rows().event(last);
    view.site = events[view.last_event].site;
  }
  return view;
}

std::vector<WorkerId> TraceStore::Impl::waiters_of(ObjectId id, EventIndex n) const {
  std::vector<std::pair<EventIndex, WorkerId>> waiting;
  for (const WorkerInfo& info : workers) {
    const WorkerTrack* track = worker(info.id);
    if (track == nullptr) continue;
    const std::size_t began = track->begins().previous(track->rows().rows_before(n));
    if (began >= track->rows().size()) continue;
    const EventIndex index = track->rows().event(began);
    const Event& event = events[index];
    if (event.kind == EventKind::block && event.object == id) waiting.emplace_back(index, info.id);
  }
  std::sort(waiting.begin(), waiting.end());
  std::vector<WorkerId> result(waiting.size());
  std::transform(waiting.begin(), waiting.end(), result.begin(),
                 [](const auto& wait) { return wait.second; });
  return result;
}

std::size_t TraceStore::Impl::view_object(ObjectId id, EventIndex n, ObjectView& view) const {
  const ObjectTrack* track = object(id);
  const std::size_t rows = track == nullptr ? 0 : track->rows().rows_before(n);
  const ObjectNow now = rows == 0 ? initial_state(objects[id]) : track->after(rows);
  view.owner = now.owner;
  view.count = now.count;
  view.value = now.value;
  view.has_value = now.has_value;
  view.unfinished = rows == 0 ? 0 : track->unfinished(rows);
  const std::size_t last = rows == 0 ? 0 : track->rows().own_row_before(rows);
  const bool used = rows != 0;  // the first row of an object is its own
  view.last_event = used ? track->rows().event(last) : kNoEvent;
  view.last_worker = used ? events[view.last_event].worker : kNoWorker;
  view.waiters.clear();
  return now.waiters;
}

// --- queries

WorkerView TraceStore::worker_at(WorkerId worker, RunTime t) const {
  return worker_after(worker, index_at(t));
}
ObjectView TraceStore::object_at(ObjectId object, RunTime t) const {
  return object_after(object, index_at(t));
}
std::vector<QueueItem> TraceStore::queue_at(ObjectId object, RunTime t) const {
  return queue_after(object, index_at(t));
}

WorkerView TraceStore::worker_after(WorkerId worker, EventIndex n) const {
  const WorkerTrack* track = impl_->worker(worker);
  return track == nullptr ? WorkerView{} : impl_->worker_view(*track, track->rows().rows_before(n));
}

ObjectView TraceStore::object_after(ObjectId object, EventIndex n) const {
  if (object >= impl_->objects.size()) return {};
  ObjectView view;
  if (impl_->view_object(object, n, view) > 0) view.waiters = impl_->waiters_of(object, n);
  return view;
}

std::vector<QueueItem> TraceStore::queue_after(ObjectId object, EventIndex n) const {
  const ObjectTrack* track = impl_->object(object);
  if (track == nullptr || track->family() != ObjectFamily::queue) return {};
  const std::size_t rows = track->rows().rows_before(n);
  const auto depth = static_cast<std::uint32_t>(track->after(rows).count);
  const std::uint32_t puts = track->puts(rows);
  std::vector<QueueItem> items;
  items.reserve(depth);
  for (std::uint32_t put = puts - std::min(depth, puts); put < puts; ++put) {
    const EventIndex index = track->rows().event(track->row_of_put(put));
    const Event& event = impl_->events[index];
    items.push_back({event.value(), event.worker, index});
  }
  return items;
}

void TraceStore::moment_after(EventIndex n, Moment& out) const {
  out.workers.resize(impl_->workers.size());
  out.objects.resize(impl_->objects.size());
  std::vector<std::pair<EventIndex, WorkerId>> waiting;
  for (WorkerId id = 0; id < out.workers.size(); ++id) {
    out.workers[id] = worker_after(id, n);
    const WorkerTrack* track = impl_->worker(id);
    if (out.workers[id].state != WorkerState::waiting) continue;
    const std::size_t began = track->begins().previous(track->rows().rows_before(n));
    waiting.emplace_back(track->rows().event(began), id);
  }
  std::sort(waiting.begin(), waiting.end());
  for (ObjectId id = 0; id < out.objects.size(); ++id) {
    impl_->view_object(id, n, out.objects[id]);
  }
  for (const auto& [event, worker] : waiting) {
    const ObjectId object = out.workers[worker].object;
    if (object != kNoObject) out.objects[object].waiters.push_back(worker);
  }
}

}  // namespace lockstep
