// The look of Dear ImGui's own widgets.
#pragma once

#include "app/shell/theme.hpp"

namespace lockstep {

/// Sets colours and sizes of the current ImGui context from a pristine style. Not while a frame is built.
void apply_style(const Theme& theme, float scale);

}  // namespace lockstep
