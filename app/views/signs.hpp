// Small signs, drawn and not taken from a font, so that they look the same everywhere and need no glyphs.
#pragma once

#include <imgui.h>

#include <cstdint>

#include "app/shell/theme.hpp"

namespace lockstep {

enum class Sign : std::uint8_t {
  ring,      ///< not tried
  dot,       ///< proven
  half,      ///< broken: half full
  ring_dot,  ///< tried
  tick,
  cross,
  flag_up,
  flag_down,  ///< lies at the foot of its pole
  padlock,
  padlock_open,
  hourglass,  ///< waits
  arrow_left,
  warning,  ///< a triangle
  info,
};

/// Inside the square around `centre` with sides of 2 * `radius`.
void draw_sign(ImDrawList* draw, Sign sign, ImVec2 centre, float radius, Color color);

}  // namespace lockstep
