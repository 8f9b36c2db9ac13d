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

/// Fills boxes and plots for the rows in sight.
void lay_out_lanes(const TimelineInput& input, TimelineLayout& layout);

}  // namespace lockstep
