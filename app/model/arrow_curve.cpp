#include "app/model/arrow_curve.hpp"

#include <algorithm>
#include <cmath>

namespace lockstep {
namespace {

/// Leaves and arrives upright. `bulge`: to the right at its begin, to the left at its end.
template <class Arrow>
ArrowCurve upright(const Arrow& arrow, float share, float most, float bulge) {
  const float reach =
      std::min(std::abs(arrow.y1 - arrow.y0) * share, most) * (arrow.y1 > arrow.y0 ? 1.0F : -1.0F);
  return {{{{arrow.x0, arrow.y0},
            {arrow.x0 + bulge, arrow.y0 + reach},
            {arrow.x1 - bulge, arrow.y1 - reach},
            {arrow.x1, arrow.y1}}}};
}

float distance_to_line(CurvePoint a, CurvePoint b, float x, float y) {
  const float dx = b.x - a.x, dy = b.y - a.y;
  const float length = dx * dx + dy * dy;
  const float along = length > 0 ? std::clamp(((x - a.x) * dx + (y - a.y) * dy) / length, 0.0F, 1.0F) : 0;
  return std::hypot(x - a.x - along * dx, y - a.y - along * dy);
}

}  // namespace

CurvePoint ArrowCurve::at(float t) const {
  const float s = 1 - t;
  const std::array weights{s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
  CurvePoint result;
  for (std::size_t i = 0; i < points.size(); ++i) {
    result.x += weights[i] * points[i].x;
    result.y += weights[i] * points[i].y;
  }
  return result;
}

float ArrowCurve::distance(float x, float y) const {
  constexpr int kPieces = 24;
  float nearest = std::hypot(x - points[0].x, y - points[0].y);
  for (int i = 0; i < kPieces; ++i) {
    const auto share = [](int n) { return static_cast<float>(n) / kPieces; };
    nearest = std::min(nearest, distance_to_line(at(share(i)), at(share(i + 1)), x, y));
  }
  return nearest;
}

ArrowCurve curve_of(const WakeArrow& arrow, float scale) {
  return upright(arrow, 0.55F, 70 * scale, 7 * scale);
}
ArrowCurve curve_of(const MessageArrow& arrow, float scale) { return upright(arrow, 0.55F, 70 * scale, 0); }
ArrowCurve curve_of(const ConflictArrow& arrow, float scale) { return upright(arrow, 0.6F, 60 * scale, 0); }

ArrowHit hit_arrow(const TimelineLayout& layout, float x, float y, float scale) {
  ArrowHit hit;
  float nearest = 5 * scale;
  const auto look_at = [&](const auto& arrows, auto ArrowHit::*found) {
    for (const auto& arrow : arrows) {
      const float distance = curve_of(arrow, scale).distance(x, y);
      if (distance >= nearest) continue;
      nearest = distance;
      hit = {};
      hit.*found = &arrow;
    }
  };
  if (x < layout.gutter) return hit;
  look_at(layout.messages, &ArrowHit::message);
  look_at(layout.conflicts, &ArrowHit::conflict);
  look_at(layout.arrows, &ArrowHit::wake);
  return hit;
}

}  // namespace lockstep
