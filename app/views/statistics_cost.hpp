// The card of the tab "Statistics" about what creating workers cost.
#pragma once

#include "app/shell/ui.hpp"

namespace lockstep {

enum class CostInterest : std::uint8_t {
  none,        ///< nothing was created or measured up to the moment
  by_the_way,  ///< workers were started
  measured,    ///< the program itself measures
};
CostInterest interest_of_cost(AppModel& model, Ui& ui);
/// The content of the card, as wide as there is room.
void draw_creation_cost(AppModel& model, Ui& ui);

}  // namespace lockstep
