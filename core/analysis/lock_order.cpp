#include "core/analysis/lock_order.hpp"

#include <algorithm>
#include <bit>

namespace lockstep::analysis {
namespace {

/// Of one worker and one pair of locks. Later situations replace the oldest, but only the 8th, 16th, 32nd …
/// do, so that the cost of a long run stays small.
constexpr std::size_t kEdgesKept = 4;
/// Edges looked at in one search: beyond it a cycle may be missed, never invented.
constexpr int kSearchBudget = 20'000;

bool disjoint(const std::vector<ObjectId>& a, const std::vector<ObjectId>& b) {
  return std::none_of(a.begin(), a.end(),
                      [&](ObjectId id) { return std::binary_search(b.begin(), b.end(), id); });
}

}  // namespace

void LockOrder::consume(const Event& event, EventIndex index, std::vector<Finding>& out) {
  if (event.kind != EventKind::acquire || event.has(event_flag::kTimed)) return;
  const auto& held = replay_.worker(event.worker).held;
  if (held.size() < 2 || replay_.object(event.object).acquired_at != index) return;
  std::vector<ObjectId> before(held.begin(), held.end() - 1);
  std::sort(before.begin(), before.end());
  for (const ObjectId from : before) {
    const std::uint64_t key =
        std::uint64_t{from} << 32U | std::uint64_t{event.object} << 16U | std::uint64_t{event.worker};
    Situations& mine = by_worker_[key];
    const Epoch now = signals_.now(event.worker);
    if (is_known(mine, now, before)) continue;
    if (++mine.seen > kEdgesKept && !std::has_single_bit(mine.seen)) continue;
    search(keep(mine, {from, event.object, before, now, signals_.clock(event.worker),
                       replay_.object(from).acquired_at, index}),
           out);
  }
}

bool LockOrder::is_known(const Situations& mine, Epoch now, const std::vector<ObjectId>& held) const {
  return std::any_of(mine.edges.begin(), mine.edges.end(),
                     [&](EdgeId id) { return edges_[id].epoch == now && edges_[id].held == held; });
}

LockOrder::EdgeId LockOrder::keep(Situations& mine, Edge edge) {
  if (mine.edges.size() == kEdgesKept) {
    std::rotate(mine.edges.begin(), mine.edges.begin() + 1, mine.edges.end());
    edges_[mine.edges.back()] = std::move(edge);
    return mine.edges.back();
  }
  const auto id = static_cast<EdgeId>(edges_.size());
  mine.edges.push_back(id);
  if (edge.from >= from_.size()) from_.resize(edge.from + 1U);
  from_[edge.from].push_back(id);
  edges_.push_back(std::move(edge));
  return id;
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
