// Taking events in, and refusing those that cannot be.
#include <fmt/format.h>

#include "core/event/worker_state.hpp"
#include "core/trace/store_impl.hpp"

namespace lockstep {

std::optional<std::string> TraceStore::append(std::span<const Event> events) {
  for (const Event& event : events) {
    if (const Fault fault = impl_->fault_in(event); fault != Fault::none) {
      return fmt::format("Event {} ({}, worker {}, object {}) does not fit the trace: {}.",
                         impl_->events.size(), name_of(event.kind), event.worker, event.object,
                         impl_->explain(fault, event));
    }
    impl_->append(event);
  }
  return std::nullopt;
}

// --- validation

Fault TraceStore::Impl::fault_in(const Event& event) const {
  if (static_cast<std::size_t>(event.kind) >= kKindCount) return Fault::kind;
  if (events.size() >= kNoEvent - 1) return Fault::full;
  if (event.time > static_cast<std::uint64_t>(std::numeric_limits<RunTime>::max())) return Fault::time_range;
  if (static_cast<RunTime>(event.time) < end) return Fault::time_back;
  if (event.worker != kSandbox && worker(event.worker) == nullptr) return Fault::worker;
  Fault fault = fault_in_object(event);
  if (fault == Fault::none && !knows_site(event.site)) fault = Fault::site;
  if (fault == Fault::none) fault = fault_in_argument(event);
  return fault == Fault::none ? fault_in_transition(event) : fault;
}

Fault TraceStore::Impl::fault_in_object(const Event& event) const {
  if (event.object == kNoObject) return event.seq == 0 ? Fault::none : Fault::stray_sequence;
  if (!knows_object(event.object)) return Fault::object;
  return event.seq == next_seq(event.object) ? Fault::none : Fault::sequence;
}

Fault TraceStore::Impl::fault_in_argument(const Event& event) const {
  const std::int64_t arg = event.arg;
  switch (argument_of(event.kind)) {
    case ArgumentType::worker: {
      const bool known = arg >= 0 && arg < kMaxWorkers && worker(static_cast<WorkerId>(arg)) != nullptr;
      return known ? Fault::none : Fault::worker_argument;
    }
    case ArgumentType::kind:
      return arg >= 0 && arg < static_cast<std::int64_t>(kKindCount) ? Fault::none : Fault::kind_argument;
    case ArgumentType::value: return event.value().type <= ValueType::real ? Fault::none : Fault::value_type;
    default: return Fault::none;
  }
}

Fault TraceStore::Impl::fault_in_transition(const Event& event) const {
  if (event.kind == EventKind::worker_start) {
    const WorkerState child = worker(static_cast<WorkerId>(event.arg))->now().state;
    if (!is_legal(child, WorkerState::ready)) return Fault::start;
  }
  if (event.worker == kSandbox) return Fault::none;
  const WorkerState now = worker(event.worker)->now().state;
  const bool has_begun =
      now != WorkerState::created;  // without it, not even an event that leaves the state as it is
  return has_begun && is_legal(now, state_after(now, event)) ? Fault::none : Fault::transition;
}

std::string TraceStore::Impl::explain(Fault fault, const Event& event) const {
  const auto state_of = [this](std::int64_t id) { return worker(static_cast<WorkerId>(id))->now().state; };
  switch (fault) {
    case Fault::none: break;
    case Fault::kind:
      return fmt::format("there is no kind of event with the number {}", static_cast<int>(event.kind));
    case Fault::full: return fmt::format("a trace holds at most {} events", kNoEvent - 1);
    case Fault::time_range: return fmt::format("its time, {} ns, is out of range", event.time);
    case Fault::time_back: return fmt::format("its time is {} ns, but {} ns have passed", event.time, end);
    case Fault::worker: return fmt::format("worker {} was not declared", event.worker);
    case Fault::object: return fmt::format("object {} was not declared", event.object);
    case Fault::sequence:
      return fmt::format("it is operation {} on its object, but operation {} comes next", event.seq,
                         next_seq(event.object));
    case Fault::stray_sequence: return fmt::format("it is operation {}, but of no object", event.seq);
    case Fault::site: return fmt::format("source site {} was not declared", event.site);
    case Fault::worker_argument: return fmt::format("its argument, worker {}, was not declared", event.arg);
    case Fault::kind_argument:
      return fmt::format("its argument, {}, is not the number of a kind of event", event.arg);
    case Fault::value_type:
      return fmt::format("its value has the unknown type {}", static_cast<int>(event.value().type));
    case Fault::start:
      return fmt::format("worker {} is {} and cannot be started", event.arg, name_of(state_of(event.arg)));
    case Fault::transition: {
      const WorkerState now = state_of(event.worker);
      return fmt::format("worker {} is {} and cannot become {}", event.worker, name_of(now),
                         name_of(state_after(now, event)));
    }
  }
  return "nothing is wrong with it";
}

// --- appending

ObjectTrack& TraceStore::Impl::object_track(ObjectId id) {
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
  object_track(event.object).push_back(index, event, change);
}

}  // namespace lockstep
