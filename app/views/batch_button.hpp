// Run ×100: start, progress, cancel and result in one button.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

/// The width for its longest text, and for the present one. `exact`: with the exact share of failing
/// schedules, where it is known.
float batch_button_width(const Ui& ui, bool exact);
float batch_button_width(const AppModel& model, const Ui& ui, bool exact);
void batch_button(AppModel& model, Ui& ui, float width, bool exact);

/// A chance as a percentage: "0 %", "< 0.01 %", "0.37 %", "83.3 %", "100 %"; never rounded to 0 or 100 if it
/// is neither.
std::string percentage(double share);

}  // namespace lockstep
