// Run ×100: start, progress, cancel and result in one button.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

/// The width for every text it can have, so that it never changes.
float batch_button_width(const Ui& ui);
void batch_button(AppModel& model, Ui& ui, float width);

}  // namespace lockstep
