#include "core/schedule/policy.hpp"

#include <cassert>

#include "core/schedule/policies/policies.hpp"

namespace lockstep {

Policy make_policy(const PolicySpec& spec) {
  Policy policy;
  start_again(policy, spec);
  return policy;
}

void start_again(Policy& policy, const PolicySpec& spec) {
  const PolicyKind before = policy.spec.kind;
  if (before == PolicyKind::pct || before == PolicyKind::pos) policy.priorities.fill(0);
  policy.spec = spec;
  policy.random = spec.seed;
  policy.steps = 0;
  policy.changes_done = 0;
  policy.change_points.fill(0);
  if (spec.kind == PolicyKind::pct) policies::prepare_pct(policy);
  if (spec.kind == PolicyKind::bounded) policies::prepare_bounded(policy);
}

Choice next_choice(Policy& policy, const Situation& situation) {
  assert(!situation.moves.empty());
  ++policy.steps;
  switch (policy.spec.kind) {
    case PolicyKind::manual: return kHalt;
    case PolicyKind::first: return policies::choose_first(situation);
    case PolicyKind::random: return policies::choose_random(policy, situation);
    case PolicyKind::pct: return policies::choose_pct(policy, situation);
    case PolicyKind::pos: return policies::choose_pos(policy, situation);
    case PolicyKind::bounded: return policies::choose_bounded(policy, situation);
  }
  return kHalt;
}

}  // namespace lockstep
