// The horizontal axis of the timeline: moments ↔ pixels, and where the labels stand.
#pragma once

#include <vector>

#include "app/model/timeline_state.hpp"

namespace lockstep {

struct TimeAxis {
  TimeRange range;
  float x0 = 0, x1 = 1;  ///< where range.from and range.to lie

  float x_of(RunTime t) const;
  /// x_of, kept within a little more than [x0, x1], so that far moments do not break the drawing.
  float clamped_x(RunTime t) const;
  RunTime time_of(float x) const;
  /// Nanoseconds of one pixel, at least 1.
  RunTime per_pixel() const;
};

struct Tick {
  RunTime time = 0;
  float x = 0;
  friend bool operator==(const Tick&, const Tick&) = default;
};

struct Ticks {
  RunTime step = 0;  ///< between two ticks: 1, 2 or 5 times a power of ten
  std::vector<Tick> ticks;
};

/// Ticks at multiples of the smallest nice step that leaves at least `spacing` pixels between two. Steps
/// never get smaller than one (an event, a nanosecond).
Ticks nice_ticks(const TimeAxis& axis, float spacing);

/// The same for an axis in steps: ticks between steps only.
Ticks step_ticks(const TimeAxis& axis, float spacing);

/// Whole numbers for the labels of a step plot: at most `most`, low and high among them where possible,
/// evenly spaced.
std::vector<std::int64_t> nice_levels(std::int64_t low, std::int64_t high, int most);

}  // namespace lockstep
