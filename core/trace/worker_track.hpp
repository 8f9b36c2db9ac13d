// The past of one worker: its events, where its state changed, and what a stretch of time holds at most.
#pragma once

#include "core/event/worker_state.hpp"
#include "core/trace/bit_column.hpp"
#include "core/trace/event_track.hpp"
#include "core/trace/flag_column.hpp"
#include "core/trace/lane_walk.hpp"

namespace lockstep {

/// What a row of a worker shows, one bit each: the class of the state that begins there (none if no state
/// begins), in rising order of severity, and how much its event says about the run.
namespace mark {
inline constexpr std::uint8_t idle = 1;
inline constexpr std::uint8_t running = 2;
inline constexpr std::uint8_t sleeping = 4;
inline constexpr std::uint8_t waiting = 8;
inline constexpr std::uint8_t ended = 16;
inline constexpr std::uint8_t minor = 32;  ///< reads and writes of values
inline constexpr std::uint8_t regular = 64;
inline constexpr std::uint8_t major = 128;  ///< errors, broken checks, ends
inline constexpr std::uint8_t classes = 31;
}  // namespace mark

std::uint8_t class_mark(WorkerState state) noexcept;
/// minor, regular or major
std::uint8_t event_mark(const Event& event) noexcept;
/// The class of the most severe of the class marks; none if there is none.
SpanClass severest(std::uint8_t marks) noexcept;
/// The mark of a class that occurs in a worker's lane.
std::uint8_t class_mark(SpanClass cls) noexcept;

/// Where a worker stands now, as far as the next transition depends on it.
struct WorkerNow {
  WorkerState state = WorkerState::created;
  ObjectId object = kNoObject;         ///< what it waits for
  EventKind wants = EventKind::block;  ///< what it waits to do
};

/// After one of the worker's own events.
inline WorkerNow now_after(const WorkerNow& now, const Event& event) noexcept {
  if (event.kind == EventKind::block) {
    return {WorkerState::waiting, event.object, static_cast<EventKind>(event.arg)};
  }
  const WorkerState state = state_after(now.state, event);
  return state == now.state ? now : WorkerNow{state, kNoObject, EventKind::block};
}

/// Whether `event` began another state. Waiting again for the same operation goes on with the same wait; a
/// sleep after a sleep is another one.
inline bool begins_state(const WorkerNow& before, const WorkerNow& after, const Event& event) noexcept {
  return before.state != after.state || before.object != after.object || before.wants != after.wants ||
         event.kind == EventKind::sleep_begin;
}

/// Rows are the worker's events; a foreign row is its start by another worker.
class WorkerTrack {
 public:
  explicit WorkerTrack(WorkerState initial) { now_.state = initial; }
  /// Appends an own event; `next` is the state after it.
  void push_back(EventIndex index, const Event& event, const WorkerNow& next);
  /// The worker was started by somebody else's event: it is ready.
  void push_start(EventIndex index, RunTime time);

  const EventTrack& rows() const { return rows_; }
  const WorkerNow& now() const { return now_; }
  EventIndex start() const { return start_; }
  /// The rows at which a state begins, or a wait for something else.
  const BitColumn& begins() const { return begins_; }
  const FlagColumn& marks() const { return marks_; }
  /// What the state that begins in `row` waits for. (Kept apart from the event, which lies far away in
  /// memory.)
  ObjectId waits_for(std::size_t row) const { return objects_[begins_.rank(row)]; }
  LaneMemory<Span>& lane_memory() const { return lane_memory_; }
  std::size_t memory_bytes() const;

 private:
  void push_row(EventIndex index, RunTime time, bool own, std::uint8_t marks);

  EventTrack rows_;
  FlagColumn marks_;
  BitColumn begins_;
  Column<ObjectId> objects_;  ///< a row for each set bit of begins_
  WorkerNow now_;
  EventIndex start_ = kNoEvent;
  mutable LaneMemory<Span> lane_memory_;
};

}  // namespace lockstep
