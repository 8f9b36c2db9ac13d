// Taking events in, and refusing those that cannot be.
#include <fmt/format.h>

#include "core/event/worker_state.hpp"
#include "core/trace/store_impl.hpp"

namespace lockstep {

std::optional<std::string> TraceStore::append(std::span<const Event> events) {
  for (const Event& event : events) {
    const std::string fault = impl_->fault_in(event);
    if (!fault.empty()) {
      return fmt::format("Event {} ({}, worker {}, object {}) does not fit the trace: {}.",
                         impl_->events.size(), name_of(event.kind), event.worker, event.object, fault);
    }
    impl_->append(event);
  }
  return std::nullopt;
}

// -------------------------------------------------------------------------------------------------------
// validation

namespace {

bool is_of_sandbox(EventKind kind) {
  return kind == EventKind::stall || kind == EventKind::paused || kind == EventKind::resumed ||
         kind == EventKind::speed;
}

}  // namespace

std::string TraceStore::Impl::fault_in(const Event& event) const {
  if (static_cast<std::size_t>(event.kind) >= kKindCount) {
    return fmt::format("there is no kind {}", static_cast<unsigned>(event.kind));
  }
  if (events.size() >= kNoEvent - 1) return "a trace holds at most 4294967294 events";
  if (event.time > static_cast<std::uint64_t>(std::numeric_limits<RunTime>::max()))
    return "its time is out of range";
  if (static_cast<RunTime>(event.time) < end) {
    return fmt::format("its time is {} ns, before the {} ns of the event before it", event.time, end);
  }
  std::string fault = fault_in_worker(event);
  if (fault.empty()) fault = fault_in_object(event);
  if (fault.empty() && (event.site >= site_known.size() || !site_known[event.site])) {
    fault = fmt::format("source site {} was not declared", event.site);
  }
  if (fault.empty()) fault = fault_in_argument(event);
  if (fault.empty()) fault = fault_in_transition(event);
  return fault;
}

std::string TraceStore::Impl::fault_in_worker(const Event& event) const {
  if (event.worker == kSandbox || worker(event.worker) != nullptr) return {};
  return fmt::format("worker {} was not declared", event.worker);
}

std::string TraceStore::Impl::fault_in_object(const Event& event) const {
  if (event.object == kNoObject) {
    return event.seq == 0 ? std::string()
                          : fmt::format("it has the sequence number {} but no object", event.seq);
  }
  if (event.object >= object_known.size() || !object_known[event.object]) {
    return fmt::format("object {} was not declared", event.object);
  }
  const ObjectTrack* track = object(event.object);
  const std::size_t expected = track == nullptr ? 1 : track->rows().own_size() + 1;
  if (event.seq == expected) return {};
  return fmt::format("it is operation {} on its object, but operation {} comes next", event.seq, expected);
}

std::string TraceStore::Impl::fault_in_argument(const Event& event) const {
  switch (argument_of(event.kind)) {
    case ArgumentType::worker:
      if (event.arg >= 0 && event.arg < kMaxWorkers && worker(static_cast<WorkerId>(event.arg)) != nullptr)
        return {};
      return fmt::format("its argument, worker {}, was not declared", event.arg);
    case ArgumentType::kind:
      if (event.arg >= 0 && event.arg < static_cast<std::int64_t>(kKindCount)) return {};
      return fmt::format("its argument, {}, is not the number of a kind of event", event.arg);
    case ArgumentType::value:
      if (event.value().type <= ValueType::real) return {};
      return fmt::format("its value has the unknown type {}", static_cast<unsigned>(event.value().type));
    default: return {};
  }
}

std::string TraceStore::Impl::fault_in_transition(const Event& event) const {
  if (event.kind == EventKind::worker_start) {
    const WorkerState child = worker(static_cast<WorkerId>(event.arg))->now().state;
    if (!is_legal(child, WorkerState::ready)) {
      return fmt::format("worker {} is {} and cannot be started", event.arg, name_of(child));
    }
  }
  if (event.worker == kSandbox) return {};
  const WorkerState now = worker(event.worker)->now().state;
  const WorkerState next = state_after(now, event);
  if (!is_legal(now, next)) {
    return fmt::format("worker {} is {} and cannot become {}", event.worker, name_of(now), name_of(next));
  }
  if (now == WorkerState::created || (is_of_sandbox(event.kind) && event.kind != EventKind::stall)) {
    return fmt::format("worker {} is {} and cannot do that", event.worker, name_of(now));
  }
  return {};
}

// --------------------------------------------------------------------------------------------------------
// appending

ObjectTrack& TraceStore::Impl::make_object_track(ObjectId id) {
  if (!object_tracks[id]) object_tracks[id] = std::make_unique<ObjectTrack>(objects[id]);
  return *object_tracks[id];
}

void TraceStore::Impl::append(const Event& event) {
  const auto index = static_cast<EventIndex>(events.size());
  events.push_back(event);
  end = static_cast<RunTime>(event.time);
  ObjectId left = kNoObject;  // the object that the worker ceases to wait for
  ObjectId joined = kNoObject;
  if (event.worker == kSandbox) {
    sandbox.push_back(index, event, sandbox.now());
  } else {
    WorkerTrack& track = *worker_tracks[event.worker];
    left = track.now().object;
    const WorkerNow next = now_after(track.now(), event);
    joined = next.object;
    track.push_back(index, event, next);
  }
  if (event.kind == EventKind::worker_start) {
    WorkerTrack& child = *worker_tracks[static_cast<std::size_t>(event.arg)];
    if (child.now().state == WorkerState::created) child.push_start(index, end);
  }
  if (left != kNoObject && left != joined && left != event.object)
    object_tracks[left]->push_leave(index, end);
  if (event.object == kNoObject) return;
  const bool moved = left != joined;
  const int change = (moved && joined == event.object ? 1 : 0) - (moved && left == event.object ? 1 : 0);
  make_object_track(event.object).push_back(index, event, change);
}

}  // namespace lockstep
