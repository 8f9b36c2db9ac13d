#include "core/analysis/lock_order.hpp"

#include <algorithm>

namespace lockstep::analysis {
namespace {

/// Of one worker and one pair of locks; taken in further situations, they replace the oldest.
constexpr std::size_t kEdgesKept = 4;
/// Edges looked at in one search: beyond it a cycle may be missed, never invented.
constexpr int kSearchBudget = 20'000;

bool disjoint(const std::vector<ObjectId>& a, const std::vector<ObjectId>& b) {
  return std::none_of(a.begin(), a.end(),
                      [&](ObjectId id) { return std::binary_search(b.begin(), b.end(), id); });
}

}  // namespace

void LockOrder::consume(const Event& event, EventIndex index, std::vector<Finding>& out) {
  if (event.kind != EventKind::acquire) return;
  const auto& held = replay_.worker(event.worker).held;
  if (held.size() < 2 || replay_.object(event.object).acquired_at != index) return;
  std::vector<ObjectId> before(held.begin(), held.end() - 1);
  std::sort(before.begin(), before.end());
  for (const ObjectId from : before) {
    const std::uint64_t key =
        std::uint64_t{from} << 32U | std::uint64_t{event.object} << 16U | std::uint64_t{event.worker};
    Edge edge{from, event.object, before, signals_.now(event.worker), {}, replay_.object(from).acquired_at,
              index};
    auto& mine = by_worker_[key];
    if (is_known(mine, edge)) continue;
    edge.clock = signals_.clock(event.worker);
    if (mine.size() < kEdgesKept) {
      const auto id = static_cast<EdgeId>(edges_.size());
      mine.push_back(id);
      if (from >= from_.size()) from_.resize(from + 1U);
      from_[from].push_back(id);
      edges_.push_back(std::move(edge));
    } else {
      std::rotate(mine.begin(), mine.begin() + 1, mine.end());
      edges_[mine.back()] = std::move(edge);
    }
    search(mine.back(), out);
  }
}

bool LockOrder::is_known(const std::vector<EdgeId>& edges, const Edge& edge) const {
  return std::any_of(edges.begin(), edges.end(), [&](EdgeId id) {
    return edges_[id].epoch == edge.epoch && edges_[id].held == edge.held;
  });
}

void LockOrder::search(EdgeId newest, std::vector<Finding>& out) {
  std::vector<EdgeId> path{newest};
  int budget = kSearchBudget;
  if (close_cycle(path, edges_[newest].from, budget)) report(path, out);
}

/// Extends `path` to a cycle back to `goal`. Depth first; the path is left as it was if there is none.
bool LockOrder::close_cycle(std::vector<EdgeId>& path, ObjectId goal, int& budget) const {
  const ObjectId at = edges_[path.back()].to;
  if (at >= from_.size()) return false;
  for (const EdgeId id : from_[at]) {
    if (--budget < 0) return false;
    if (!fits(path, edges_[id])) continue;
    path.push_back(id);
    if (edges_[id].to == goal || close_cycle(path, goal, budget)) return true;
    path.pop_back();
  }
  return false;
}

bool LockOrder::fits(const std::vector<EdgeId>& path, const Edge& edge) const {
  return std::all_of(path.begin(), path.end(), [&](EdgeId id) {
    const Edge& other = edges_[id];
    return other.epoch.worker != edge.epoch.worker && !other.clock.knows(edge.epoch) &&
           !edge.clock.knows(other.epoch) && disjoint(other.held, edge.held);
  });
}

void LockOrder::report(const std::vector<EdgeId>& path, std::vector<Finding>& out) {
  std::vector<ObjectId> locks;
  for (const EdgeId id : path)
    locks.push_back(edges_[id].from);
  std::sort(locks.begin(), locks.end());
  if (!reported_.insert(locks).second) return;

  const auto first = std::min_element(path.begin(), path.end(), [&](EdgeId a, EdgeId b) {
    return edges_[a].epoch.worker < edges_[b].epoch.worker;
  });
  const auto offset = static_cast<std::size_t>(first - path.begin());
  Finding finding{.kind = FindingKind::lock_order_inversion, .at = edges_[path.front()].to_event + 1};
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Edge& edge = edges_[path[(offset + i) % path.size()]];
    finding.workers.push_back(edge.epoch.worker);
    finding.objects.push_back(edge.from);
    finding.events.push_back(edge.from_event);
    finding.events.push_back(edge.to_event);
  }
  std::sort(finding.events.begin(), finding.events.end());
  out.push_back(std::move(finding));
}

}  // namespace lockstep::analysis
