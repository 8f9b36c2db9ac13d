// Few preemptions, as in the bound of Musuvathi, Qadeer, "Iterative Context Bounding for Systematic Testing
// of Multithreaded Programs", PLDI 2007: the last worker goes on as long as it can, but at up to `depth`
// random steps, or as soon after them as there is something to preempt, another is let go. Who goes where the
// last one cannot is random.
#include "core/schedule/policies/policies.hpp"

namespace lockstep::policies {
namespace {

std::uint32_t points_passed(const Policy& policy) {
  std::uint32_t passed = 0;
  for (const std::uint32_t point : policy.change_points)
    passed += point != 0 && point <= policy.steps ? 1 : 0;
  return passed;
}

}  // namespace

void prepare_bounded(Policy& policy) { draw_change_points(policy, policy.spec.depth); }

Choice choose_bounded(Policy& policy, const Situation& situation) {
  const Move* last = situation.move_of(situation.last);
  if (last == nullptr) return choose_random(policy, situation);
  if (situation.moves.size() == 1 || policy.changes_done >= points_passed(policy)) return choice_of(*last);
  ++policy.changes_done;
  const auto others = static_cast<std::uint32_t>(situation.moves.size() - 1);
  const std::size_t before = draw_below(policy.random, others);
  const auto place = static_cast<std::size_t>(last - situation.moves.data());
  return choice_of(situation.moves[before < place ? before : before + 1]);
}

}  // namespace lockstep::policies
