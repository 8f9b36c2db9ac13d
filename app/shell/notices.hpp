// Sentences that appear over the window for some seconds.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

void draw_notices(AppModel& model, Ui& ui);

}  // namespace lockstep
