// The slider for the speed of a run.
#pragma once

#include <string>

#include "app/shell/ui.hpp"

namespace lockstep {

/// "¼×", "1×", "64×"
std::string speed_text(double speed);

/// A track of `width` pixels from ¼× to 64×, one stop for each doubling. Sends SetSpeed.
void speed_slider(AppModel& model, Ui& ui, float width);

}  // namespace lockstep
