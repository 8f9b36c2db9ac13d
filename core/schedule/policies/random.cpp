// Each worker that can go is as likely. What Explorer's failing share is a probability of.
#include "core/schedule/policies/policies.hpp"

namespace lockstep::policies {

Choice choose_random(Policy& policy, const Situation& situation) {
  return choice_of(any_of(policy, situation));
}

}  // namespace lockstep::policies
