#include "app/model/pane_layout.hpp"

#include <algorithm>
#include <cmath>

namespace lockstep {
namespace {

constexpr float kTop = 52;       // unscaled height of the transport
constexpr float kGrip = 6;       // unscaled width of what can be dragged
constexpr float kMinSide = 150;  // unscaled
constexpr float kMinBottom = 90;

// The shares that a pane may take at most.
constexpr float kMaxLeft = 0.24F;
constexpr float kMaxRight = 0.36F;
constexpr float kMaxBottom = 0.6F;

// The cards of step mode: their part of the centre, and its limits (unscaled, with their header).
constexpr float kCardsShare = 0.36F;
constexpr float kMinCards = 202;
constexpr float kMaxCards = 250;
constexpr float kMostCardsShare = 0.6F;  // however small the window is
constexpr float kMinTimeline = 110;      // above the cards, unscaled: the tabs give way to it

/// The most that the tabs get of what is under the transport.
float most_bottom(float below, float scale, bool cards) {
  const float most = below * kMaxBottom;
  if (!cards) return most;
  return std::clamp(below - (kMinCards + kMinTimeline) * scale, below * (1 - kMaxBottom), most);
}

float limited(double wanted, float least, float most) {
  return std::round(std::clamp(static_cast<float>(wanted), std::min(least, most), most));
}

}  // namespace

PaneLayout lay_out_panes(float width, float height, const PaneSizes& sizes, float scale, bool cards) {
  const float top = std::round(std::min(kTop * scale, height / 4));
  const float below = height - top;
  const float left = limited(sizes.left * scale, kMinSide * scale, width * kMaxLeft);
  const float right = limited(sizes.right * scale, kMinSide * scale, width * kMaxRight);
  const float bottom = limited(sizes.bottom * scale, kMinBottom * scale, most_bottom(below, scale, cards));
  const float middle = width - left;
  const float grip = std::round(kGrip * scale);

  PaneLayout panes;
  panes.top = {0, 0, width, top};
  panes.left = {0, top, left, below};
  panes.centre = {left, top, middle - right, below - bottom};
  panes.right = {width - right, top, right, below - bottom};
  panes.bottom = {left, height - bottom, middle, bottom};
  const float wanted = std::clamp(panes.centre.height * kCardsShare, kMinCards * scale, kMaxCards * scale);
  const float lower = cards ? std::round(std::min(wanted, panes.centre.height * kMostCardsShare)) : 0;
  panes.centre.height -= lower;
  panes.below = {left, panes.centre.bottom(), panes.centre.width, lower};
  panes.left_splitter = {left - grip / 2, top, grip, below};
  panes.right_splitter = {width - right - grip / 2, top, grip, below - bottom};
  panes.bottom_splitter = {left, height - bottom - grip / 2, middle, grip};
  return panes;
}

PaneSizes drag_splitter(Splitter splitter, float position, float width, float height, const PaneSizes& sizes,
                        float scale, bool cards) {
  PaneSizes wanted = sizes;
  switch (splitter) {
    case Splitter::left: wanted.left = position / scale; break;
    case Splitter::right: wanted.right = (width - position) / scale; break;
    case Splitter::bottom: wanted.bottom = (height - position) / scale; break;
  }
  // Only what was really given is remembered, or a drag back would seem to do nothing.
  const PaneLayout given = lay_out_panes(width, height, wanted, scale, cards);
  switch (splitter) {
    case Splitter::left: wanted.left = given.left.width / scale; break;
    case Splitter::right: wanted.right = given.right.width / scale; break;
    case Splitter::bottom: wanted.bottom = given.bottom.height / scale; break;
  }
  return wanted;
}

}  // namespace lockstep
