// Choosing the numbers of a scenario, and what chance follows.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

/// The content of the popup that the params button opens.
void params_popup(AppModel& model, Ui& ui);

}  // namespace lockstep
