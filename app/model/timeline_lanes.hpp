// The content of the lanes: boxes and plots. Part of timeline_layout.
#pragma once

#include "app/model/timeline_layout.hpp"

namespace lockstep {

/// Where things lie inside a lane of a given height.
struct LaneBands {
  float top = 0, bottom = 0;          ///< of blocks
  float bar_top = 0, bar_bottom = 0;  ///< of the thin bar of a sleep
};
LaneBands bands_of(const LaneRow& row, float scale);

/// How much an event tells about a stretch of running; 0 for those that only begin or end a stretch.
int telling(EventKind kind);

/// True if a step has room for a box. If not, lanes in steps look as others do.
bool shows_steps(const TimelineInput& input, const TimeAxis& axis);
/// In steps, the content of a worker's lane over its sleeps and waits: a box for each step that it took, what
/// the branch goes on with and the move that it has now.
void lay_out_step_boxes(const TimelineInput& input, TimelineLayout& layout, std::uint32_t row);

/// Fills boxes and plots for the rows in sight.
void lay_out_lanes(const TimelineInput& input, TimelineLayout& layout);

}  // namespace lockstep
