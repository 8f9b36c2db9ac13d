// One card of step mode: a button that lets its worker go.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

struct StepCardLook {
  ImVec2 min, size;      ///< on the screen
  bool compact = false;  ///< two or three lines: the name with key and mark, what it is about to do
  bool dim = false;      ///< it is of another step than the one on view
};

void draw_step_card(AppModel& model, Ui& ui, const StepCard& card, const StepCardLook& look);

}  // namespace lockstep
