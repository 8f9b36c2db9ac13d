#include "app/model/arrow_curve.hpp"

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

TimelineLayout layout_with_arrows() {
  TimelineLayout layout;
  layout.gutter = 100;
  layout.messages.push_back({.from = 1, .to = 2, .x0 = 200, .y0 = 50, .x1 = 300, .y1 = 150});
  layout.conflicts.push_back({.from = 3, .to = 4, .x0 = 500, .y0 = 150, .x1 = 400, .y1 = 50});
  layout.arrows.push_back({.from = 5, .to = 6, .x0 = 600, .y0 = 50, .x1 = 600, .y1 = 150});
  return layout;
}

}  // namespace

TEST_CASE("a curve begins and ends where its arrow does, and is near to itself only") {
  const TimelineLayout layout = layout_with_arrows();
  const ArrowCurve curve = curve_of(layout.messages[0], 1);
  CHECK(curve.distance(200, 50) == Catch::Approx(0).margin(0.01));
  CHECK(curve.distance(300, 150) == Catch::Approx(0).margin(0.01));
  for (float share = 0; share <= 1; share += 0.1F) {
    const CurvePoint on = curve.at(share);
    CHECK(curve.distance(on.x, on.y) < 0.5F);
  }
  CHECK(curve.distance(200, 150) > 30);
  CHECK(curve.direction() == 1);
  CHECK(curve_of(layout.conflicts[0], 1).direction() == -1);
}

TEST_CASE("the mouse finds the arrow it points at, and none beside") {
  const TimelineLayout layout = layout_with_arrows();
  CHECK(hit_arrow(layout, 250, 100, 1).message == &layout.messages[0]);
  CHECK(hit_arrow(layout, 450, 100, 1).conflict == &layout.conflicts[0]);
  CHECK(hit_arrow(layout, 600, 100, 1).wake == &layout.arrows[0]);
  CHECK(!hit_arrow(layout, 350, 60, 1).any());
  CHECK(!hit_arrow(layout, 90, 100, 1).any());
}
