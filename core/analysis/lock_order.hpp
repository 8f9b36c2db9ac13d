// Lock-order inversions: locks that different workers take in different orders, which can deadlock under
// other timing although nothing struck in this run. The Goodlock algorithm (Havelund 2000; Bensalem and
// Havelund 2005): a graph with an edge from each held lock to the one that is taken; a cycle counts if its
// edges belong to different workers, no common gate lock keeps them apart, and no signal of the program
// (start, join, event, queue …) orders them. A lock that is taken with a time-out, or only if it is free, is
// not waited for for ever: it closes no cycle.
#pragma once

#include <set>
#include <unordered_map>
#include <vector>

#include "core/analysis/finding.hpp"
#include "core/analysis/happens_before.hpp"
#include "core/analysis/replay.hpp"

namespace lockstep::analysis {

/// Findings: workers[i] took objects[i] and then, holding it, objects[i + 1]; the last took objects[0].
class LockOrder {
 public:
  /// Both must have taken in each event before consume() does; `signals` must be the order by signals only.
  LockOrder(const Replay& replay, HappensBefore& signals) : replay_(replay), signals_(signals) {}
  /// O(1) but for a nested acquire in a new situation: then a bounded search. Of many such situations of one
  /// worker and one pair of locks only some are looked at: an inversion may be missed, never invented.
  void consume(const Event& event, EventIndex index, std::vector<Finding>& out);

 private:
  struct Edge {
    ObjectId from = kNoObject;
    ObjectId to = kNoObject;
    std::vector<ObjectId> held;  ///< everything held when `to` was taken, `from` among it; sorted
    Epoch epoch;
    VectorClock clock;
    EventIndex from_event = kNoEvent;
    EventIndex to_event = kNoEvent;
  };
  using EdgeId = std::uint32_t;

  /// How often one worker took one lock while holding another, and what is remembered of it.
  struct Situations {
    std::vector<EdgeId> edges;
    std::uint32_t seen = 0;
  };

  bool is_known(const Situations& mine, Epoch now, const std::vector<ObjectId>& held) const;
  EdgeId keep(Situations& mine, Edge edge);
  void search(EdgeId newest, std::vector<Finding>& out);
  bool close_cycle(std::vector<EdgeId>& path, ObjectId goal, int& budget) const;
  bool fits(const std::vector<EdgeId>& path, const Edge& edge) const;
  void report(const std::vector<EdgeId>& path, std::vector<Finding>& out);

  const Replay& replay_;
  HappensBefore& signals_;
  std::vector<Edge> edges_;
  std::unordered_map<std::uint64_t, Situations> by_worker_;  ///< from, to, worker
  std::vector<std::vector<EdgeId>> from_;                    ///< by lock
  std::set<std::vector<ObjectId>> reported_;
};

}  // namespace lockstep::analysis
