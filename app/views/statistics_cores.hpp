// The card of the tab "Statistics" about computing at the same time: serial, concurrent, parallel.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

/// False if nobody computed up to the moment, and in steps, where one worker moves at a time.
bool has_compute_lanes(AppModel& model, Ui& ui);
/// The content of the card, as wide as there is room.
void draw_compute_lanes(AppModel& model, Ui& ui);

}  // namespace lockstep
