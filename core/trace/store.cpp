// Definitions, events and navigation. Appending: store_append.cpp. State at a moment: store_state.cpp.
#include "core/trace/store.hpp"

#include <fmt/format.h>

#include "core/event/caption.hpp"
#include "core/trace/store_impl.hpp"

namespace lockstep {

EventIndices::EventIndices(const EventTrack& track) : track_(&track), size_(track.own_size()) {}

EventIndex EventIndices::row(const EventTrack* track, std::size_t i) {
  assert(track != nullptr && i < track->own_size());
  return track->event(track->own_row(i));
}

TraceStore::TraceStore() : impl_(std::make_unique<Impl>()) {}
TraceStore::~TraceStore() = default;
TraceStore::TraceStore(TraceStore&&) noexcept = default;
TraceStore& TraceStore::operator=(TraceStore&&) noexcept = default;

// --- definitions

namespace {

/// Makes room for `id`; what lies between gets its number and nothing else.
template <class Info>
Info& at_id(std::vector<Info>& infos, std::size_t id) {
  while (infos.size() <= id) {
    Info gap;
    gap.id = static_cast<std::uint16_t>(infos.size());
    infos.push_back(std::move(gap));
  }
  return infos[id];
}

template <class Flags>
void set_flag(Flags& flags, std::size_t id) {
  if (flags.size() <= id) flags.resize(id + 1);
  flags[id] = true;
}

}  // namespace

void TraceStore::set_run(RunInfo info) { impl_->run = std::move(info); }
const RunInfo& TraceStore::run() const { return impl_->run; }

void TraceStore::declare(WorkerInfo info) {
  assert(info.id < kMaxWorkers);
  auto& track = impl_->worker_tracks[info.id];
  if (!track) {
    // Nobody starts the main worker.
    track = std::make_unique<WorkerTrack>(info.id == kMainWorker ? WorkerState::ready : WorkerState::created);
  }
  at_id(impl_->workers, info.id) = std::move(info);
}

void TraceStore::declare(ObjectInfo info) {
  assert(info.id != kNoObject);
  set_flag(impl_->object_known, info.id);
  if (impl_->object_tracks.size() <= info.id) impl_->object_tracks.resize(std::size_t{info.id} + 1);
  at_id(impl_->objects, info.id) = std::move(info);
}

void TraceStore::declare(SiteInfo info) {
  assert(info.id != 0);
  set_flag(impl_->site_known, info.id);
  at_id(impl_->sites, info.id) = std::move(info);
}

void TraceStore::declare_text(TextId id, std::string text) {
  impl_->texts.insert_or_assign(id, std::move(text));
}

std::span<const WorkerInfo> TraceStore::workers() const { return impl_->workers; }
std::span<const ObjectInfo> TraceStore::objects() const { return impl_->objects; }
std::span<const SiteInfo> TraceStore::sites() const { return impl_->sites; }
bool TraceStore::has_worker(WorkerId id) const { return impl_->worker(id) != nullptr; }
bool TraceStore::has_object(ObjectId id) const { return impl_->knows_object(id); }
bool TraceStore::has_site(SiteId id) const { return impl_->knows_site(id); }
bool TraceStore::has_text(TextId id) const { return id == 0 || impl_->texts.contains(id); }

std::string_view TraceStore::text(TextId id) const {
  const auto found = impl_->texts.find(id);
  return found == impl_->texts.end() ? std::string_view{} : std::string_view{found->second};
}

std::vector<TextId> TraceStore::text_ids() const {
  std::vector<TextId> ids;
  ids.reserve(impl_->texts.size());
  for (const auto& [id, text] : impl_->texts)
    ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::string TraceStore::to_string(Value value) const {
  switch (value.type) {
    case ValueType::integer: return std::to_string(value.bits);
    case ValueType::text: return std::string(caption_of(text(static_cast<TextId>(value.bits))));
    case ValueType::none: return "None";
    case ValueType::boolean: return value.bits != 0 ? "true" : "false";
    case ValueType::real: return fmt::format("{}", value.as_real());
  }
  return "?";
}

// --- events

EventIndex TraceStore::size() const { return static_cast<EventIndex>(impl_->events.size()); }

const Event& TraceStore::operator[](EventIndex index) const {
  assert(index < impl_->events.size());
  return impl_->events[index];
}

RunTime TraceStore::begin_time() const {
  return impl_->events.empty() ? 0 : static_cast<RunTime>(impl_->events[0].time);
}

RunTime TraceStore::end_time() const { return impl_->end; }

std::size_t TraceStore::memory_bytes() const {
  std::size_t sum = impl_->events.memory_bytes() + impl_->sandbox.memory_bytes();
  for (const auto& track : impl_->worker_tracks)
    sum += track ? sizeof(*track) + track->memory_bytes() : 0;
  for (const auto& track : impl_->object_tracks)
    sum += track ? track->memory_bytes() : 0;
  return sum;
}

EventIndex TraceStore::index_at(RunTime t) const {
  const auto& events = impl_->events;
  if (t >= impl_->end) return size();  // following a run
  return static_cast<EventIndex>(
      bisect(events.size(), [&](std::size_t i) { return static_cast<RunTime>(events[i].time) > t; }));
}

// --- navigation

EventIndices TraceStore::events_of_worker(WorkerId worker) const {
  if (worker == kSandbox) return EventIndices(impl_->sandbox.rows());
  const WorkerTrack* track = impl_->worker(worker);
  return track != nullptr ? EventIndices(track->rows()) : EventIndices();
}

EventIndices TraceStore::events_of_object(ObjectId object) const {
  const ObjectTrack* track = impl_->object(object);
  return track != nullptr ? EventIndices(track->rows()) : EventIndices();
}

EventIndex TraceStore::waker_of(EventIndex event) const {
  const Event& woken = (*this)[event];
  if (woken.kind == EventKind::worker_begin) {
    const WorkerTrack* track = impl_->worker(woken.worker);
    return track != nullptr ? track->start() : kNoEvent;
  }
  if (!woken.has(event_flag::kAfterWait) || woken.extra == 0 || woken.extra >= woken.seq) return kNoEvent;
  return events_of_object(woken.object)[woken.extra - 1];
}

EventIndex TraceStore::woken_by(EventIndex event) const {
  const Event& waker = (*this)[event];
  if (waker.seq == 0) return kNoEvent;
  EventIndex first = kNoEvent;
  for (const WorkerInfo& info : workers()) {
    const WorkerTrack* track = impl_->worker(info.id);
    if (track == nullptr || info.id == waker.worker) continue;
    // A worker that was let go on says so with its next event, or first says that it would wait.
    const EventTrack& rows = track->rows();
    const auto says_nothing = [&](std::size_t row) {
      const EventKind kind = (*this)[rows.event(row)].kind;
      return kind == EventKind::block || befalls(kind);
    };
    std::size_t row = rows.rows_before(event + 1);
    while (row < rows.size() && says_nothing(row))
      ++row;
    if (row < rows.size() && rows.event(row) < first && waker_of(rows.event(row)) == event)
      first = rows.event(row);
  }
  return first;
}

}  // namespace lockstep
