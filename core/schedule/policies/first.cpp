// Goes on with whoever moved last, else with the lowest number.
#include "core/schedule/policies/policies.hpp"

namespace lockstep::policies {

Choice choose_first(const Situation& situation) {
  const Move* last = situation.move_of(situation.last);
  return choice_of(last != nullptr ? *last : situation.moves.front());
}

}  // namespace lockstep::policies
