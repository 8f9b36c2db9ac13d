// Small signs, drawn so that they do not depend on a font.
#pragma once

#include <imgui.h>

#include "app/shell/theme.hpp"
#include "core/event/event.hpp"

namespace lockstep {

enum class Icon : std::uint8_t {
  none,
  run,
  pause,
  restart,
  stop,
  snail,
  contrast,
  more,
  down,
  close,
  search,
  back,
  fast,        ///< goes on by itself
  to_finding,  ///< goes on up to a mark
  cross_over,  ///< between live and step
  share,
  tick,
};

/// Centred at `at`, `size` pixels wide and high.
void draw_icon(ImDrawList* draw, Icon icon, ImVec2 at, float size, Color color);

/// The state of a worker as a shape that can be told apart without colour.
void draw_state_icon(ImDrawList* draw, WorkerState state, ImVec2 at, float size, Color color);

}  // namespace lockstep
