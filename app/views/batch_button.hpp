// Run ×100: start, progress, cancel and result in one button.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

/// The width for its longest text, and for the present one.
float batch_button_width(const Ui& ui);
float batch_button_width(const AppModel& model, const Ui& ui);
void batch_button(AppModel& model, Ui& ui, float width);

}  // namespace lockstep
