#include "core/explore/state_table.hpp"

#include <algorithm>

namespace lockstep {
namespace {

/// Whether the other worker's next step may be another one after `step`.
bool affects(const NextStep& step, const NextStep& other) {
  return step.alone || (step.writes && step.location != 0 && step.location == other.location);
}

bool commute(const NextStep& a, const NextStep& b) {
  return a.worker != b.worker && !affects(a, b) && !affects(b, a);
}

/// The next steps of one state, worker by worker.
class Cursor {
 public:
  explicit Cursor(std::span<const StateTable::Edge> edges) : edges_(edges) {}
  /// That of the worker, or null. Workers are asked for in rising order.
  const NextStep* at(std::uint32_t worker) {
    while (!edges_.empty() && edges_.front().worker < worker)
      edges_ = edges_.subspan(1);
    return !edges_.empty() && edges_.front().worker == worker ? &edges_.front() : nullptr;
  }

 private:
  std::span<const StateTable::Edge> edges_;
};

bool same(const NextStep* a, const NextStep* b) { return a == nullptr || b == nullptr ? a == b : *a == *b; }

}  // namespace

NodeId StateTable::find(std::uint64_t digest) const {
  const auto found = by_digest_.find(digest);
  return found == by_digest_.end() ? kNowhere : found->second;
}

NodeId StateTable::add(std::uint64_t digest, std::vector<NextStep>& next, Outcome outcome, bool has_failed) {
  const NodeId id = size();
  nodes_.push_back({.digest = digest,
                    .first_edge = static_cast<EdgeId>(edges_.size()),
                    .edges = static_cast<std::uint16_t>(next.size()),
                    .outcome = outcome,
                    .has_failed = has_failed});
  std::ranges::sort(next, {}, &NextStep::worker);
  for (const NextStep& step : next)
    edges_.push_back({step, id});
  if (!has_failed) by_digest_.emplace(digest, id);
  return id;
}

void StateTable::connect(EdgeId id, NodeId target) {
  Edge& edge = edges_[id];
  Node& node = nodes_[target];
  edge.target = target;
  edge.next_into = std::exchange(node.first_into, id);
  if (node.found_by == kNoEdge && target != 0) node.found_by = id;
}

EdgeId StateTable::edge_of(NodeId id, std::uint32_t worker) const {
  const Node& node = nodes_[id];
  for (EdgeId edge = node.first_edge; edge < node.first_edge + node.edges; ++edge) {
    if (edges_[edge].worker == worker) return edge;
  }
  return kNoEdge;
}

bool StateTable::complete(EdgeId edge) {
  const NodeId source = edges_[edge].source;
  for (EdgeId into = nodes_[source].first_into; into != kNoEdge; into = edges_[into].next_into) {
    if (complete_after(into, edge)) return true;
  }
  return false;
}

/// `second` begins where `first` leads.
bool StateTable::complete_after(EdgeId first, EdgeId second) {
  const NodeId from = edges_[first].source;
  const EdgeId aside = edge_of(from, edges_[second].worker);  // second, taken before first
  if (aside == kNoEdge || !edges_[aside].possible || edges_[aside].target == kNowhere) return false;
  if (!commute(edges_[first], edges_[aside])) return false;
  const NodeId left = edges_[second].source;
  const NodeId right = edges_[aside].target;
  if (nodes_[right].has_failed) {
    connect(second, right);
    return true;
  }
  const EdgeId opposite = edge_of(right, edges_[first].worker);
  if (opposite == kNoEdge || !edges_[opposite].possible) return false;
  NodeId last = edges_[opposite].target;
  if (last == kNowhere) {
    const std::uint64_t digest = nodes_[left].digest + nodes_[right].digest - nodes_[from].digest;
    last = find(digest);
    if (last == kNowhere) {
      if (!combine(from, left, right, edges_[first], edges_[aside])) return false;
      last = add(digest, combined_, Outcome::ok, false);
    }
    connect(opposite, last);
  }
  connect(second, last);
  return true;
}

/// Fills `combined_` with the next steps of the state that the two steps lead to. False if that cannot be
/// told, or if nobody can go there.
bool StateTable::combine(NodeId from, NodeId left, NodeId right, const Edge& first, const Edge& second) {
  combined_.clear();
  bool certain = true;
  bool somebody_can = false;
  const auto look_at = [&](std::uint32_t worker, const NextStep* before, const NextStep* l,
                           const NextStep* r) {
    // A worker that has moved may have come to stand before the very step that it took.
    const bool of_first = worker == first.worker || !same(l, before);
    const bool of_second = worker == second.worker || !same(r, before);
    const NextStep* next = of_first ? l : r;
    certain = certain && !(of_first && of_second);
    if (next == nullptr) return;
    // What was there before, where the other step left it as it was, is as the one step made it.
    const bool is_new = worker == first.worker || worker == second.worker || before == nullptr ||
                        before->location != next->location;
    if (is_new && affects(of_first ? second : first, *next)) certain = false;
    combined_.push_back(*next);
    somebody_can = somebody_can || next->possible;
  };
  Cursor before(edges_of(from));
  Cursor after_second(edges_of(right));
  for (const Edge& edge : edges_of(left))
    look_at(edge.worker, before.at(edge.worker), &edge, after_second.at(edge.worker));
  before = Cursor(edges_of(from));
  Cursor after_first(edges_of(left));
  for (const Edge& edge : edges_of(right)) {
    if (after_first.at(edge.worker) == nullptr) look_at(edge.worker, before.at(edge.worker), nullptr, &edge);
  }
  return certain && somebody_can;
}

}  // namespace lockstep
