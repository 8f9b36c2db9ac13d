// Where the panes of the window are. Pure geometry, in pixels of the window.
#pragma once

#include "app/model/settings.hpp"

namespace lockstep {

struct PaneRect {
  float x = 0, y = 0, width = 0, height = 0;
  float right() const { return x + width; }
  float bottom() const { return y + height; }
};

struct PaneLayout {
  PaneRect top;     ///< the transport, over the whole width
  PaneRect left;    ///< library and card
  PaneRect centre;  ///< the timeline
  PaneRect below;   ///< under the timeline, in step mode: the cards; else without height
  PaneRect right;   ///< the code
  PaneRect bottom;  ///< the tabs, under centre and right
  // What can be dragged: strips a few pixels wide between two panes.
  PaneRect left_splitter, right_splitter, bottom_splitter;
};

/// Divides a window. The sizes that the learner chose are kept as far as every pane stays usable: the centre
/// never gets less than two fifths of the width or of the height under the transport. With `cards` its lower
/// part is theirs, three fifths of it at most.
PaneLayout lay_out_panes(float width, float height, const PaneSizes& sizes, float scale, bool cards = false);

enum class Splitter : std::uint8_t { left, right, bottom };
/// The sizes after a splitter was dragged to `position` (an x, for the bottom one a y).
PaneSizes drag_splitter(Splitter splitter, float position, float width, float height, const PaneSizes& sizes,
                        float scale, bool cards = false);

}  // namespace lockstep
