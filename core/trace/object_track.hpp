// The past of one object: after each of its events, what it holds, who holds it and how many wait for it.
#pragma once

#include "core/trace/bit_column.hpp"
#include "core/trace/event_track.hpp"
#include "core/trace/lane_walk.hpp"
#include "core/trace/summary.hpp"

namespace lockstep {

/// Which members of ObjectView mean something.
enum class ObjectFamily : std::uint8_t { plain, lock, counter, queue, value };
ObjectFamily family_of(ObjectKind kind) noexcept;

/// True if the event puts an item into an object of the family `queue`, or takes the oldest one out.
bool puts_an_item(EventKind kind) noexcept;
bool takes_an_item(const Event& event) noexcept;

/// The state that a row records.
struct ObjectNow {
  WorkerId owner = kNoWorker;
  std::int64_t count = 0;
  Value value;
  bool has_value = false;
  std::uint16_t waiters = 0;
};

/// Before the first event.
ObjectNow initial_state(const ObjectInfo& info) noexcept;

/// Rows are the object's events; a foreign row is an event of a worker that ends its wait for the object
/// elsewhere.
class ObjectTrack {
 public:
  explicit ObjectTrack(const ObjectInfo& info);
  void push_back(EventIndex index, const Event& event, int waiters_change);
  /// A worker went away from here.
  void push_leave(EventIndex index, RunTime time);

  const EventTrack& rows() const { return rows_; }
  ObjectKind kind() const { return kind_; }
  ObjectFamily family() const { return family_; }

  /// The state after the first `rows` rows.
  ObjectNow after(std::size_t rows) const;
  /// Tasks put into a JoinableQueue and not yet done; 0 for others.
  std::int64_t unfinished(std::size_t rows) const;
  std::uint32_t puts(std::size_t rows) const { return puts_.rank(rows); }
  std::size_t row_of_put(std::uint32_t k) const { return puts_.select(k); }
  /// How often a lock got a new owner.
  std::uint32_t times_held(std::size_t rows) const { return taken_.rank(rows); }

  // --- for lanes: where a new owner or number begins, and the extremes between ---
  const BitColumn& owner_begins() const { return owner_begins_; }
  const BitColumn& number_begins() const { return number_begins_; }
  /// The number that a plot shows after row `row`: the count, or the value if that is a number.
  std::int64_t number(std::size_t row) const;
  /// False if nothing can be plotted before the first row.
  bool has_initial_number() const {
    return family_ == ObjectFamily::value ? initial_.has_value : family_ != ObjectFamily::plain;
  }
  std::int64_t initial_number() const { return number_of(initial_); }
  WorkerId owner(std::size_t row) const { return owners_[row]; }
  std::uint16_t waiters(std::size_t row) const { return static_cast<std::uint16_t>(meta_[row] & kWaiters); }
  MinMax<std::int64_t> numbers(std::size_t low, std::size_t high) const;
  /// Of rows that have an owner.
  MinMax<WorkerId> owners_between(std::size_t low, std::size_t high) const;
  LaneMemory<Span>& holds_memory() const { return holds_memory_; }
  LaneMemory<PlotPoint>& plot_memory() const { return plot_memory_; }
  std::size_t memory_bytes() const;

 private:
  // A row's meta: the number of waiters, the type of the value, whether there is one.
  static constexpr unsigned kWaiters = 0x1FF;
  static constexpr unsigned kTypeShift = 9;
  static constexpr unsigned kHasValue = 0x1000;

  void apply(const Event& event);
  void apply_lock(const Event& event);
  void apply_counter(const Event& event);
  void apply_queue(const Event& event);
  void apply_value(const Event& event);
  std::int64_t number_of(const ObjectNow& state) const;
  void push_row(EventIndex index, RunTime time, bool own, const ObjectNow& before);

  EventTrack rows_;
  ObjectKind kind_;
  ObjectFamily family_;
  ObjectNow initial_;
  ObjectNow now_;

  // A column that means nothing for the family stays empty.
  Column<std::uint16_t> meta_;
  Column<std::int32_t> counts_;  ///< all but value; saturates
  Column<std::int64_t> values_;  ///< value: the bits
  Column<WorkerId> owners_;      ///< lock
  BitColumn owner_begins_;       ///< lock
  BitColumn taken_;              ///< lock
  BitColumn puts_;               ///< queue
  BitColumn dones_;              ///< queue with unfinished tasks
  BitColumn number_begins_;
  Summary<MinMax<std::int32_t>> count_extremes_;
  Summary<MinMax<std::int64_t>> value_extremes_;
  Summary<MinMax<WorkerId>> owner_extremes_;
  mutable LaneMemory<Span> holds_memory_;
  mutable LaneMemory<PlotPoint> plot_memory_;
};

}  // namespace lockstep
