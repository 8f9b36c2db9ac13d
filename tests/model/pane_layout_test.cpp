#include "app/model/pane_layout.hpp"

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

bool overlap(const PaneRect& a, const PaneRect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

constexpr PaneSizes kSizes[] = {{212, 480, 200}, {100, 100, 60}, {4000, 4000, 4000}};

}  // namespace

TEST_CASE("panes fill the window without overlap, at every size and scale") {
  for (const auto& [width, height] :
       {std::pair{1366.0F, 768.0F}, {1920.0F, 1080.0F}, {3840.0F, 2160.0F}, {640.0F, 400.0F}}) {
    for (const float scale : {0.75F, 1.0F, 1.5F, 2.5F}) {
      for (const PaneSizes& sizes : kSizes) {
        const PaneLayout p = lay_out_panes(width, height, sizes, scale);
        const PaneRect* const all[] = {&p.top, &p.left, &p.centre, &p.right, &p.bottom};
        float area = 0;
        for (const PaneRect* a : all) {
          CHECK(a->width > 0);
          CHECK(a->height > 0);
          area += a->width * a->height;
          for (const PaneRect* b : all)
            CHECK((a == b || !overlap(*a, *b)));
        }
        CHECK(area == Catch::Approx(width * height));
        CHECK(p.centre.width >= width * 0.4F - 1);
        CHECK(p.centre.height >= (height - p.top.height) * 0.4F - 1);
      }
    }
  }
}

TEST_CASE("in step mode the timeline keeps its part above the cards, however small the window is") {
  for (const auto& [width, height] :
       {std::pair{1366.0F, 768.0F}, {1920.0F, 1080.0F}, {1024.0F, 700.0F}, {640.0F, 400.0F}}) {
    for (const float scale : {0.75F, 1.0F, 1.5F, 2.0F}) {
      for (const PaneSizes& sizes : kSizes) {
        const PaneLayout p = lay_out_panes(width, height, sizes, scale, true);
        CHECK(p.centre.height >= 0.4F * (p.centre.height + p.below.height) - 1);
        CHECK(p.below.y == p.centre.bottom());
        CHECK(p.below.bottom() == p.bottom.y);
        CHECK(p.below.height > 0);
      }
    }
  }
  const float usual = lay_out_panes(1366, 768, kSizes[0], 1, true).bottom.height;
  CHECK(usual == kSizes[0].bottom);  // where there is room, the cards take nothing from the tabs
}

TEST_CASE("a splitter goes where it is dragged, as far as the panes stay usable") {
  const PaneSizes sizes;
  const PaneSizes wider = drag_splitter(Splitter::left, 300, 1600, 900, sizes, 1);
  CHECK(wider.left == 300);
  CHECK(wider.right == sizes.right);
  CHECK(lay_out_panes(1600, 900, wider, 1).left.width == 300);
  CHECK(drag_splitter(Splitter::right, 1200, 1600, 900, sizes, 2).right == 200);
  CHECK(drag_splitter(Splitter::bottom, 600, 1600, 900, sizes, 1).bottom == 300);
  // Dragged far out and back by a little, it answers at once: what was not given is not remembered.
  const PaneSizes most = drag_splitter(Splitter::left, 5000, 1600, 900, sizes, 1);
  const PaneSizes back =
      drag_splitter(Splitter::left, static_cast<float>(most.left) - 10, 1600, 900, most, 1);
  CHECK(back.left == Catch::Approx(most.left - 10));
}
