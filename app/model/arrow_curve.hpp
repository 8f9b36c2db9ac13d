// The curve of an arrow of the timeline: a cubic Bézier, drawn by the view and pointed at by the mouse.
#pragma once

#include <array>

#include "app/model/timeline_layout.hpp"

namespace lockstep {

struct CurvePoint {
  float x = 0, y = 0;
};

struct ArrowCurve {
  std::array<CurvePoint, 4> points;  ///< begin, two controls, end
  /// 1: its end lies below its begin; -1: above.
  float direction() const { return points[3].y > points[0].y ? 1.0F : -1.0F; }
  /// The point at a share (0 … 1) of the way.
  CurvePoint at(float share) const;
  /// From a point to the nearest one of the curve, in pixels.
  float distance(float x, float y) const;
};

ArrowCurve curve_of(const WakeArrow& arrow, float scale);
ArrowCurve curve_of(const MessageArrow& arrow, float scale);
ArrowCurve curve_of(const ConflictArrow& arrow, float scale);

/// The arrow that the mouse points at: at most one of them is set.
struct ArrowHit {
  const MessageArrow* message = nullptr;
  const ConflictArrow* conflict = nullptr;
  const WakeArrow* wake = nullptr;
  bool any() const { return message != nullptr || conflict != nullptr || wake != nullptr; }
};
ArrowHit hit_arrow(const TimelineLayout& layout, float x, float y, float scale);

}  // namespace lockstep
