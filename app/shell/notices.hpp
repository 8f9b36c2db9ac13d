// Sentences that appear over the window for some seconds.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

/// At the lower right corner of the code, which lies between `left` and `corner`: there they cover neither
/// the timeline nor the findings.
void draw_notices(AppModel& model, Ui& ui, float left, ImVec2 corner);

}  // namespace lockstep
