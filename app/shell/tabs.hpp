// The strip over a pane: its title, or one tab for each view in it.
#pragma once

#include <vector>

#include "app/shell/ui.hpp"
#include "app/views/view.hpp"

namespace lockstep {

/// The title of a view at the left of the strip and its status at the right.
void draw_header(const View& view, AppModel& model, Ui& ui, ImVec2 min, ImVec2 max);

/// One tab for each view and the status of the current one. Returns the view whose tab was clicked, or
/// nullptr. Tabs that do not fit become narrower; nothing is cut off.
const View* draw_tabs(const std::vector<const View*>& views, const View& current, AppModel& model, Ui& ui,
                      ImVec2 min, ImVec2 max);

}  // namespace lockstep
