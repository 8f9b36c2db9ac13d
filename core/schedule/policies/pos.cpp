// Partial order sampling: Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling", CAV 2018. Every pending
// operation has a random priority and the highest goes. After it, those that raced with it draw anew, so that
// the order of one race says nothing about the next one; the others keep theirs, so that runs which differ
// only in the order of what commutes are not drawn more often.
#include "core/schedule/policies/policies.hpp"

namespace lockstep::policies {
namespace {

bool race(const Move& a, const Move& b) {
  const bool touch = a.effect != Effect::none && b.effect != Effect::none && a.object == b.object;
  return touch && (a.effect == Effect::writes || b.effect == Effect::writes);
}

}  // namespace

Choice choose_pos(Policy& policy, const Situation& situation) {
  const Move& chosen = highest(policy, situation);
  for (const Move& move : situation.moves) {
    if (move.worker == chosen.worker || race(move, chosen)) policy.priorities[move.worker] = 0;
  }
  return choice_of(chosen);
}

}  // namespace lockstep::policies
