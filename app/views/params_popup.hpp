// Choosing the numbers of a scenario, and what chance follows.
#pragma once

#include <string>

#include "app/shell/ui.hpp"

namespace lockstep {

/// "3 shops · 3 hotdogs · capacity 4"; "" if the scenario has no params.
std::string params_summary(const AppModel& model);

/// The content of the popup that the params button opens.
void params_popup(AppModel& model, Ui& ui);

}  // namespace lockstep
