#include <algorithm>

#include "core/schedule/policies/policies.hpp"

namespace lockstep::policies {

const Move& highest(Policy& policy, const Situation& situation) {
  constexpr std::uint64_t kDrawn = std::uint64_t{1} << 63;  // above whatever a policy sets by hand
  const Move* best = nullptr;
  for (const Move& move : situation.moves) {
    std::uint64_t& priority = policy.priorities[move.worker];
    if (priority == 0) priority = draw(policy.random) | kDrawn;
    if (best == nullptr || priority > policy.priorities[best->worker]) best = &move;
  }
  return *best;
}

void draw_change_points(Policy& policy, std::uint32_t count) {
  count = std::min({count, policy.spec.expected_steps, static_cast<std::uint32_t>(kMaxChangePoints)});
  const auto begin = policy.change_points.begin();
  for (std::uint32_t i = 0; i < count;) {
    const std::uint32_t point = 1 + draw_below(policy.random, policy.spec.expected_steps);
    if (std::find(begin, begin + i, point) == begin + i) policy.change_points[i++] = point;
  }
}

}  // namespace lockstep::policies
