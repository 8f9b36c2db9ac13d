// Which lanes the timeline has, and how high they are.
#pragma once

#include <optional>
#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

enum class LaneKind : std::uint8_t {
  worker,
  lock,  ///< who holds it, who waits
  plot,  ///< a number over time: depth, permits, a flag, a variable
  text,  ///< a content over time: a file, a variable that is a text
};

struct LaneRow {
  LaneKind kind = LaneKind::worker;
  WorkerId worker = kNoWorker;
  ObjectId object = kNoObject;
  float y = 0;  ///< from the top of the first lane, before scrolling
  float height = 0;
  bool odd = false;
  bool low = false;  ///< too low for a second line and for labels over bars
  float bottom() const { return y + height; }
};

struct TimelineRows {
  std::vector<LaneRow> rows;
  float height = 0;  ///< of all together
};

/// What kind of lane an object gets; nothing for objects that have none.
std::optional<LaneKind> lane_of(const ObjectInfo& object);

/// Workers first, in the order in which they were created, then objects. Lanes have their usual height if all
/// fit into `available` pixels; otherwise they shrink as far as they stay readable. `compact` makes them low
/// in any case.
TimelineRows timeline_rows(const TraceStore& store, float available, float scale, bool compact);

}  // namespace lockstep
