#include "core/explore/prospect.hpp"

#include "core/explore/outcome.hpp"

namespace lockstep {
namespace {

/// `prospects`: those of its successors are known.
Prospect prospect_of(const StateTable& states, NodeId id, const std::vector<Prospect>& prospects) {
  Prospect prospect{.must_fail = true, .known = true};
  int moves = 0;
  for (const StateTable::Edge& edge : states.edges_of(id)) {
    if (!edge.possible) continue;
    ++moves;
    const Prospect& next = prospects[edge.target];
    prospect.failing_share += next.failing_share;
    prospect.must_fail = prospect.must_fail && next.must_fail;
    if (next.can_fail() && (!prospect.can_fail() || next.steps + 1 < prospect.steps)) {
      prospect.steps = next.steps + 1;
      prospect.outcome = next.outcome;
    }
  }
  if (moves > 0) {
    prospect.failing_share /= moves;
    return prospect;
  }
  prospect.outcome = states.node(id).outcome;
  prospect.must_fail = is_failure(prospect.outcome);
  prospect.failing_share = prospect.must_fail ? 1 : 0;
  return prospect;
}

}  // namespace

// Depth first: those of a state's successors come first.
std::optional<std::vector<Prospect>> prospects_of(const StateTable& states) {
  std::vector<Prospect> prospects(states.size());
  std::vector<std::uint16_t> next_edge(states.size(), 0);
  std::vector<bool> on_way(states.size(), false);
  std::vector<NodeId> way{0};
  while (!way.empty()) {
    const NodeId at = way.back();
    on_way[at] = true;
    if (next_edge[at] == states.node(at).edges) {
      prospects[at] = prospect_of(states, at, prospects);
      on_way[at] = false;
      way.pop_back();
      continue;
    }
    const NodeId target = states.edges_of(at)[next_edge[at]++].target;
    if (target == kNowhere) continue;
    if (on_way[target]) return std::nullopt;
    if (!prospects[target].known) way.push_back(target);
  }
  return prospects;
}

}  // namespace lockstep
