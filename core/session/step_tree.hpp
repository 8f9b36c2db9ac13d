// The tree of all that was tried in one stepped run, and where in it the run stands.
#pragma once

#include <span>
#include <vector>

#include "core/session/stepped_run.hpp"

namespace lockstep {

class StepTree {
 public:
  const std::vector<TriedNode>& nodes() const { return nodes_; }
  std::uint32_t position() const { return path_.back(); }

  /// Goes where these choices lead, from the start; what is new becomes nodes.
  void follow(std::span<const Choice> choices);
  void set_outcome(Outcome outcome) { nodes_[position()].outcome = outcome; }
  /// The choices that lead to the node, and on from there along the newest children to a leaf.
  std::vector<Choice> branch_through(std::uint32_t node) const;

 private:
  std::uint32_t child(std::uint32_t parent, Choice choice);

  std::vector<TriedNode> nodes_ = std::vector<TriedNode>(1);
  std::vector<std::uint32_t> path_ = {0};  ///< nodes from the start to where the run stands
};

}  // namespace lockstep
