// Lanes of cores as boxes: pixel by pixel who had how much of a core. Workers that take turns faster than the
// pixels tell apart share them.
#pragma once

#include <span>
#include <vector>

#include "core/analysis/compute_lanes.hpp"

namespace lockstep {

/// Columns of pixels of one lane, filled by one worker from `low` to `high`: 0 is the foot of the lane, 1 its
/// top.
struct LaneFill {
  std::size_t lane = 0;
  WorkerId worker = 0;
  int from = 0, to = 0;  ///< columns, `to` not included
  float low = 0, high = 1;
};

/// The pieces on `columns` columns that stand for the time from 0 to `until`. Ordered by lane, column and
/// worker. O(pieces + filled columns).
std::vector<LaneFill> lane_fills(std::span<const LanePiece> pieces, RunTime until, int columns);

}  // namespace lockstep
