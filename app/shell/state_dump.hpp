// The state of the model and the places of the widgets as JSON, for tests of the real window.
#pragma once

#include <string>

#include "app/shell/ui.hpp"

namespace lockstep {

std::string state_json(const AppModel& model, Ui& ui);

/// After each frame, if the environment variable LOCKSTEP_STATE_DUMP names a file: writes the state there,
/// whole or not at all.
void dump_state_if_asked(const AppModel& model, Ui& ui);

}  // namespace lockstep
