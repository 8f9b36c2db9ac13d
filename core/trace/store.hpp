// The trace of one run: definitions and events in their merged order, and every question about them.
//
// Not thread-safe: one thread appends and asks. append() is amortised O(1) per event; every query is O(log n)
// in the number of events (times the number of workers where it says so). Indices of events are positions in
// merged order, 0 … size()-1; times never go down from one event to the next.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/event/definitions.hpp"
#include "core/event/event.hpp"

namespace lockstep {

using EventIndex = std::uint32_t;
inline constexpr EventIndex kNoEvent = 0xFFFFFFFF;

/// What was run: enough to run it again.
struct RunInfo {
  std::string scenario{};
  std::string variant{};
  std::map<std::string, std::int64_t> params{};
  std::string mode = "live";
  std::uint64_t seed = 0;
  std::string program_version{};
  friend bool operator==(const RunInfo&, const RunInfo&) = default;
};

/// A worker at one moment.
struct WorkerView {
  WorkerState state = WorkerState::created;
  ObjectId object = kNoObject;         ///< what it waits for (waiting)
  EventKind wants = EventKind::block;  ///< the operation it waits to do (waiting)
  bool timed = false;                  ///< the wait has a time-out (waiting)
  TextId activity = 0;                 ///< what it does while it sleeps (sleeping), 0 = nothing said
  RunTime since = 0;                   ///< when this state began
  RunTime until = 0;                   ///< when the sleep ends (sleeping)
  std::int64_t exit_code = 0;          ///< finished; for killed: minus the signal, or 0 if it was cut off
  SiteId site = 0;                     ///< the line of its last event
  EventIndex last_event = kNoEvent;
  friend bool operator==(const WorkerView&, const WorkerView&) = default;
};

/// An object at one moment. Which members mean something depends on its kind.
struct ObjectView {
  WorkerId owner = kNoWorker;        ///< Lock, RLock
  std::int64_t count = 0;            ///< RLock recursion; Lock 0/1; permits; Event 0/1; Barrier arrived;
                                     ///< Condition waiters; Queue depth
  std::int64_t unfinished = 0;       ///< JoinableQueue
  Value value;                       ///< Shared, Local, Global (last seen), File, Check (bool)
  bool has_value = false;            ///< false until the first read or write, unless it has an initial value
  WorkerId last_worker = kNoWorker;  ///< who operated on it last
  EventIndex last_event = kNoEvent;
  std::vector<WorkerId> waiters;  ///< workers that wait for it, the longest wait first
  friend bool operator==(const ObjectView&, const ObjectView&) = default;
};

/// One item in a queue.
struct QueueItem {
  Value value;
  WorkerId put_by = kNoWorker;
  EventIndex event = kNoEvent;
  friend bool operator==(const QueueItem&, const QueueItem&) = default;
};

/// Every worker and every object at one moment.
struct Moment {
  std::vector<WorkerView> workers;  ///< index = WorkerId
  std::vector<ObjectView> objects;  ///< index = ObjectId; [0] is a dummy
};

class EventTrack;

/// The events of one worker or object, oldest first: a view with random access. It is valid as long as the
/// store lives (appending is allowed) and keeps the length that it had when it was asked for.
class EventIndices {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = EventIndex;
    using difference_type = std::ptrdiff_t;
    using pointer = const EventIndex*;
    using reference = EventIndex;

    Iterator() = default;
    EventIndex operator*() const { return row(track_, static_cast<std::size_t>(i_)); }
    EventIndex operator[](difference_type n) const { return *(*this + n); }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this += -1; }
    Iterator operator++(int) { return std::exchange(*this, *this + 1); }
    Iterator operator--(int) { return std::exchange(*this, *this - 1); }
    Iterator& operator+=(difference_type n) { return i_ += n, *this; }
    Iterator& operator-=(difference_type n) { return i_ -= n, *this; }
    friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
    friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
    friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.i_ - b.i_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.i_ == b.i_; }
    friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.i_ <=> b.i_; }

   private:
    friend class EventIndices;
    Iterator(const EventTrack* track, difference_type i) : track_(track), i_(i) {}
    const EventTrack* track_ = nullptr;
    difference_type i_ = 0;
  };
  using value_type = EventIndex;
  using const_iterator = Iterator;

  EventIndices() = default;
  explicit EventIndices(const EventTrack& track);
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  EventIndex operator[](std::size_t i) const { return row(track_, i); }
  EventIndex front() const { return row(track_, 0); }
  EventIndex back() const { return row(track_, size_ - 1); }
  Iterator begin() const { return {track_, 0}; }
  Iterator end() const { return {track_, static_cast<std::ptrdiff_t>(size_)}; }

 private:
  static EventIndex row(const EventTrack* track, std::size_t i);
  const EventTrack* track_ = nullptr;
  std::size_t size_ = 0;
};

class TraceStore {
 public:
  TraceStore();
  ~TraceStore();
  TraceStore(TraceStore&&) noexcept;
  TraceStore& operator=(TraceStore&&) noexcept;

  // --- definitions: declare before the first event that refers to it; declaring again replaces (a pid
  // becomes known) ---
  void set_run(RunInfo info);
  const RunInfo& run() const;
  void declare(WorkerInfo info);
  void declare(ObjectInfo info);
  void declare(SiteInfo info);
  void declare_text(TextId id, std::string text);

  std::span<const WorkerInfo> workers() const;  ///< index = WorkerId
  std::span<const ObjectInfo> objects() const;  ///< index = ObjectId; [0] is a dummy
  std::span<const SiteInfo> sites() const;      ///< index = SiteId; [0] is a dummy
  // A number below those sizes that was never declared has a definition with nothing but its number.
  bool has_worker(WorkerId id) const;
  bool has_object(ObjectId id) const;
  bool has_site(SiteId id) const;
  bool has_text(TextId id) const;
  std::string_view text(TextId id) const;  ///< "" if unknown
  std::vector<TextId> text_ids() const;    ///< rising
  /// "None", "3", "true", "abc", "0.5"
  std::string to_string(Value value) const;

  // --- events ---
  /// Appends events in merged order. Returns a sentence if one breaks a rule (unknown worker or object, time
  /// goes back, a gap in an object's sequence, an illegal state transition); the events before it stay, it
  /// and the rest are dropped.
  [[nodiscard]] std::optional<std::string> append(std::span<const Event> events);
  EventIndex size() const;
  const Event& operator[](EventIndex index) const;
  RunTime begin_time() const;
  RunTime end_time() const;          ///< of the last event, 0 if there is none
  std::size_t memory_bytes() const;  ///< of events and indices together

  // --- state at a moment: "at t" includes every event with time <= t ---
  EventIndex index_at(RunTime t) const;  ///< number of events with time <= t
  WorkerView worker_at(WorkerId worker, RunTime t) const;
  ObjectView object_at(ObjectId object, RunTime t) const;
  std::vector<QueueItem> queue_at(ObjectId object, RunTime t) const;  ///< oldest first
  // The same after exactly the first `n` events, which tells apart events with equal times.
  WorkerView worker_after(WorkerId worker, EventIndex n) const;
  ObjectView object_after(ObjectId object, EventIndex n) const;
  std::vector<QueueItem> queue_after(ObjectId object, EventIndex n) const;
  /// All of them together, into `out` (whose memory is used again); cheaper than one by one.
  void moment_after(EventIndex n, Moment& out) const;

  // --- navigation ---
  EventIndices events_of_worker(WorkerId worker) const;
  /// The event with sequence number s is at [s - 1].
  EventIndices events_of_object(ObjectId object) const;
  /// The event that made `event` possible: for an operation after a wait, the operation of the other worker
  /// that let it go on; for a begin, the start. kNoEvent if there is none.
  EventIndex waker_of(EventIndex event) const;
  /// The first event that `event` made possible in another worker, or kNoEvent. O(workers · log n).
  EventIndex woken_by(EventIndex event) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  friend class LaneIndex;
};

}  // namespace lockstep
