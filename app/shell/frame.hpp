// One frame of the window's content: the panes, their headers, the splitters, what lies on top.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

/// Draws everything between ImGui::NewFrame() and ImGui::Render(). The size is that of ImGui's display.
void draw_frame(AppModel& model, Ui& ui);

/// The same with what surrounds it: ui.begin_frame(), NewFrame, Render, the commands that were sent. What the
/// window, the screenshots and the tests without a window all do. The backend has set the display size and
/// the input.
void build_frame(AppModel& model, Ui& ui);

}  // namespace lockstep
