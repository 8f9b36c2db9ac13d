// A worker's ring of events: one producer, one consumer, no lock. Nothing is ever overwritten: a full ring
// makes its producer wait, and the wait is itself recorded.
#pragma once

#include <vector>

#include "core/arena/arena.hpp"
#include "core/platform/clock.hpp"

namespace lockstep {

/// The producer's end. One object per worker thread.
class RingWriter {
 public:
  RingWriter(Arena& arena, WorkerId worker)
      : events_(arena.ring(worker)),
        cursor_(arena.worker(worker).ring),
        header_(arena.header()),
        worker_(worker) {
    head_ = cursor_.head.load(std::memory_order_relaxed);
  }

  /// Blocks until there is room for `count` more events (at most kRingCapacity / 2), and records the wait as
  /// a stall.
  void reserve(std::uint32_t count) {
    if (head_ + count - cursor_.tail_seen > kRingCapacity) make_room(count);
  }

  /// Stamps the event with the clock and this worker and publishes it. There must be room.
  void push(Event event) {
    event.time = platform::ticks();
    event.worker = worker_;
    events_[head_ & (kRingCapacity - 1)] = event;
    cursor_.head.store(++head_, std::memory_order_release);
    if ((head_ & (kRingCapacity / 4 - 1)) == 0) ring_doorbell();
  }

 private:
  void make_room(std::uint32_t count);
  void ring_doorbell();

  Event* events_;
  RingCursor& cursor_;
  ArenaHeader& header_;
  std::uint64_t head_;
  WorkerId worker_;
};

/// Wakes the session: something is there that it should look at before its next tick.
void ring_doorbell(ArenaHeader& header);

/// The consumer's end of all rings: takes what is there and merges it.
///
/// Order: each worker's own; each object's by its sequence numbers; else by the clock. Times are clamped so
/// that they never go back (as Go's execution tracer does), because clocks of different cores are not
/// trusted. Of a stepped run only those steps are taken that are over: their events are all there.
class RingMerger {
 public:
  explicit RingMerger(Arena& arena);
  /// Appends what can be put in order now to `out`, times in run nanoseconds; returns how many.
  std::size_t drain(std::vector<Event>& out);
  /// The event with the time of now, to be put behind what has been drained.
  Event stamp_now(Event event);
  /// The fullest ring at the last drain, 0 … 1.
  double fill() const { return fill_; }
  /// Run time of a tick count.
  RunTime to_run_time(std::uint64_t ticks);

 private:
  struct Lane {
    std::vector<Event> events;
    std::size_t next = 0;
    bool empty() const { return next == events.size(); }
    const Event& front() const { return events[next]; }
  };
  /// A lane whose front event is its object's next, in a heap with the earliest on top.
  struct Ready {
    std::uint64_t time;
    WorkerId lane;
    bool operator>(const Ready& other) const { return time > other.time; }
  };
  /// Events before this raw time are complete.
  std::uint64_t watermark() const;
  void collect(WorkerId worker);
  bool is_next(const Event& event) const { return event.seq == 0 || event.seq == next_seq_[event.object]; }
  void sort_in(WorkerId lane);
  void free_successor(const Event& event);
  void emit(const Event& event, std::vector<Event>& out);
  std::size_t merge(std::vector<Event>& out);

  Arena& arena_;
  std::vector<Lane> lanes_;
  std::vector<Ready> ready_;
  std::vector<std::uint32_t> next_seq_;  ///< by object
  std::vector<WorkerSet>
      held_back_;            ///< by object: lanes whose front event must wait for one of another lane
  std::uint64_t limit_ = 0;  ///< watermark of the present drain
  std::uint32_t segment_ = 0;
  std::uint64_t last_time_ = 0;
  double fill_ = 0;
};

}  // namespace lockstep
