#include "core/trace/worker_track.hpp"

namespace lockstep {

std::uint8_t class_mark(WorkerState state) noexcept {
  switch (state) {
    case WorkerState::created: return 0;
    case WorkerState::ready: return mark::idle;
    case WorkerState::running: return mark::running;
    case WorkerState::sleeping: return mark::sleeping;
    case WorkerState::waiting: return mark::waiting;
    case WorkerState::finished:
    case WorkerState::zombie:
    case WorkerState::killed: return mark::ended;
  }
  return 0;
}

std::uint8_t event_mark(const Event& event) noexcept {
  switch (event.kind) {
    case EventKind::worker_end:
    case EventKind::worker_killed:
    case EventKind::worker_cut_off:
    case EventKind::terminate:
    case EventKind::kill:
    case EventKind::raise: return mark::major;
    case EventKind::check: return event.arg == 0 ? mark::major : mark::regular;
    case EventKind::is_alive:
    case EventKind::locked:
    case EventKind::event_is_set:
    case EventKind::queue_size:
    case EventKind::load:
    case EventKind::store:
    case EventKind::add:
    case EventKind::local_set:
    case EventKind::global_load:
    case EventKind::global_store:
    case EventKind::choice: return mark::minor;
    default: return mark::regular;
  }
}

std::uint8_t class_mark(SpanClass cls) noexcept {
  switch (cls) {
    case SpanClass::idle: return mark::idle;
    case SpanClass::running: return mark::running;
    case SpanClass::sleeping: return mark::sleeping;
    case SpanClass::waiting: return mark::waiting;
    case SpanClass::ended: return mark::ended;
    case SpanClass::none:
    case SpanClass::held: break;
  }
  return 0;
}

SpanClass severest(std::uint8_t marks) noexcept {
  if ((marks & mark::ended) != 0) return SpanClass::ended;
  if ((marks & mark::waiting) != 0) return SpanClass::waiting;
  if ((marks & mark::sleeping) != 0) return SpanClass::sleeping;
  if ((marks & mark::running) != 0) return SpanClass::running;
  return (marks & mark::idle) != 0 ? SpanClass::idle : SpanClass::none;
}

void WorkerTrack::push_back(EventIndex index, const Event& event, const WorkerNow& next) {
  std::uint8_t marks = event_mark(event);
  if (begins_state(now_, next, event)) marks = static_cast<std::uint8_t>(marks | class_mark(next.state));
  now_ = next;
  push_row(index, static_cast<RunTime>(event.time), true, marks);
}

void WorkerTrack::push_start(EventIndex index, RunTime time) {
  start_ = index;
  now_.state = WorkerState::ready;
  push_row(index, time, false, mark::idle);
}

void WorkerTrack::push_row(EventIndex index, RunTime time, bool own, std::uint8_t marks) {
  rows_.push_back(index, time, own);
  marks_.push_back(marks);
  begins_.push_back((marks & mark::classes) != 0);
  if ((marks & mark::classes) != 0) objects_.push_back(now_.object);
}

std::size_t WorkerTrack::memory_bytes() const {
  return rows_.memory_bytes() + marks_.memory_bytes() + begins_.memory_bytes() + objects_.memory_bytes();
}

}  // namespace lockstep
