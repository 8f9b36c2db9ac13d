// Probabilistic concurrency testing: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler
// with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010. The worker of the highest priority goes.
// Priorities are random; at the i-th of d - 1 random steps, whoever is about to go falls to priority i, below
// all drawn ones. A run of n workers and k steps meets a given bug of depth d with a chance of at least 1 /
// (n k^(d-1)).
#include "core/schedule/policies/policies.hpp"

namespace lockstep::policies {

void prepare_pct(Policy& policy) { draw_change_points(policy, policy.spec.depth - 1); }

Choice choose_pct(Policy& policy, const Situation& situation) {
  if (is_too_long(policy)) return choose_random(policy, situation);
  const Move* chosen = &highest(policy, situation);
  for (std::uint32_t i = 0; i + 1 < policy.spec.depth; ++i) {
    if (policy.change_points[i] != policy.steps) continue;
    ++policy.changes_done;
    policy.priorities[chosen->worker] = i + 1;
    chosen = &highest(policy, situation);
  }
  return choice_of(*chosen);
}

}  // namespace lockstep::policies
