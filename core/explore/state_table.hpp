// The states of a program and the steps between them, as far as they are known. Two steps that commute lead
// to the same state in either order, so of the four states around them the last one follows from the other
// three:
//
//       from --first--> left
//        |               |           `last` is what both workers have done, and all that the others would do
//      second          second        next is as it was, or as one of the two steps has made it.
//        v               v
//      right --first--> last
//
// No code runs for that: a state whose digest is a sum of its parts (see digest_of_state) is added up. Only
// steps that come after everything else have to be taken to know where they lead.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/explore/report.hpp"

namespace lockstep {

using NodeId = std::uint32_t;
using EdgeId = std::uint32_t;
inline constexpr NodeId kNowhere = 0xFFFF'FFFF;
inline constexpr EdgeId kNoEdge = 0xFFFF'FFFF;

/// What a worker stands before in some state. Conservative where it is not known exactly what a step touches.
struct NextStep {
  std::uint32_t worker = 0;    ///< stable name
  std::uint32_t location = 0;  ///< stable name; 0: touches nothing that could matter to another
  bool possible = false;       ///< if not, the worker waits for what is at the location
  bool writes = false;
  bool alone = false;  ///< commutes with nothing
  friend bool operator==(const NextStep&, const NextStep&) = default;
};

class StateTable {
 public:
  struct Edge : NextStep {
    NodeId source = kNowhere;
    NodeId target = kNowhere;    ///< kNowhere: not known yet
    EdgeId next_into = kNoEdge;  ///< another edge to the same target
  };
  /// Its edges lie one behind the other, by name of worker: one for each worker that stands before a step.
  struct Node {
    std::uint64_t digest = 0;
    EdgeId first_edge = 0;
    EdgeId found_by = kNoEdge;  ///< the first state: kNoEdge
    EdgeId first_into = kNoEdge;
    std::uint16_t edges = 0;        ///< 0: has failed, or all have ended
    Outcome outcome = Outcome::ok;  ///< of what ends here
    bool has_failed = false;        ///< all states in which that has gone wrong, as one
  };

  /// The state with that digest, or kNowhere.
  NodeId find(std::uint64_t digest) const;
  /// A state that is not known yet; `next` in any order. Not to be found by its digest if it has failed.
  NodeId add(std::uint64_t digest, std::vector<NextStep>& next, Outcome outcome, bool has_failed);
  /// That step leads there.
  void connect(EdgeId edge, NodeId target);
  /// Finds out where a step leads from what is known around it, if that suffices.
  bool complete(EdgeId edge);
  /// Nobody else's step commutes with that one, as its doing has shown.
  void set_alone(EdgeId edge) { edges_[edge].alone = true; }

  NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
  const Node& node(NodeId id) const { return nodes_[id]; }
  const Edge& edge(EdgeId id) const { return edges_[id]; }
  std::span<const Edge> edges_of(NodeId id) const {
    return {edges_.data() + nodes_[id].first_edge, nodes_[id].edges};
  }
  /// The edge of that worker, or kNoEdge.
  EdgeId edge_of(NodeId id, std::uint32_t worker) const;

 private:
  bool complete_after(EdgeId first, EdgeId second);
  bool combine(NodeId from, NodeId left, NodeId right, const Edge& first, const Edge& second);

  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::unordered_map<std::uint64_t, NodeId> by_digest_;
  std::vector<NextStep> combined_;
};

}  // namespace lockstep
