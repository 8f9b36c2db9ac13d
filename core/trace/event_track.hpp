// The events of one worker or of one object, as rows: position in the trace and time, both searchable.
#pragma once

#include "core/trace/column.hpp"
#include "core/trace/lanes.hpp"

namespace lockstep {

/// The horizontal axis of a question: run time, or positions in the trace.
template <Axis axis>
using AxisTag = std::integral_constant<Axis, axis>;

class EventTrack {
 public:
  /// Rows come in the order of the trace. A row that is not the track's own marks a moment at which an event
  /// of somebody else changed the state here: the start of a worker, a waiter that went away.
  void push_back(EventIndex event, RunTime time, bool own = true);
  std::size_t size() const { return events_.size(); }
  std::size_t own_size() const { return events_.size() - foreign_.size(); }
  /// The row of own event number i.
  std::size_t own_row(std::size_t i) const;
  /// The last own row before `row`, or size().
  std::size_t own_row_before(std::size_t row) const;
  EventIndex event(std::size_t row) const { return events_[row]; }
  RunTime time(std::size_t row) const {
    const std::uint32_t offset = offsets_[row];
    return offset != kFar ? bases_[row / kGroup] + offset : far_time(row);
  }

  /// Where a row lies on the axis.
  RunTime position(AxisTag<Axis::time>, std::size_t row) const { return time(row); }
  RunTime position(AxisTag<Axis::events>, std::size_t row) const { return event(row); }
  /// The first row at or after `position` and not before row `from`; `from` must not lie after the answer.
  /// Costs the logarithm of the distance from there.
  std::size_t first_at(AxisTag<Axis::time>, RunTime position, std::size_t from) const;
  std::size_t first_at(AxisTag<Axis::events>, RunTime position, std::size_t from) const;

  /// The number of rows whose event lies before `event`.
  std::size_t rows_before(EventIndex event) const;

  std::size_t memory_bytes() const;

 private:
  struct FarRow {
    std::uint32_t row;
    RunTime time;
  };
  /// An offset that means: more than 4.29 s after the first row of its group; the time is in far_.
  static constexpr std::uint32_t kFar = 0xFFFFFFFF;

  RunTime far_time(std::size_t row) const;
  std::size_t first_in_group(std::size_t group, RunTime time) const;

  Column<EventIndex> events_;
  Column<std::uint32_t> offsets_;  ///< nanoseconds since the base of the group
  Column<RunTime, 256> bases_;     ///< per group: time of its first row
  Column<EventIndex, 256> heads_;  ///< per group: event of its first row
  std::vector<FarRow> far_;
  std::vector<std::uint32_t> foreign_;  ///< the rows that are not own: few
};

}  // namespace lockstep
