#include "core/session/step_tree.hpp"

#include <algorithm>

namespace lockstep {

std::uint32_t StepTree::child(std::uint32_t parent, Choice choice) {
  for (const std::uint32_t id : nodes_[parent].children) {
    if (nodes_[id].choice == choice) return id;
  }
  const auto id = static_cast<std::uint32_t>(nodes_.size());
  TriedNode node;
  node.parent = parent;
  node.choice = choice;
  node.step = nodes_[parent].step + 1;
  nodes_.push_back(std::move(node));
  nodes_[parent].children.push_back(id);
  return id;
}

void StepTree::follow(std::span<const Choice> choices) {
  std::size_t same = 0;
  while (same < choices.size() && same + 1 < path_.size() &&
         nodes_[path_[same + 1]].choice == choices[same]) {
    ++same;
  }
  path_.resize(same + 1);
  for (const Choice choice : choices.subspan(same))
    path_.push_back(child(path_.back(), choice));
}

std::vector<Choice> StepTree::branch_through(std::uint32_t node) const {
  std::vector<Choice> choices;
  for (std::uint32_t at = node; at != 0; at = nodes_[at].parent)
    choices.push_back(nodes_[at].choice);
  std::reverse(choices.begin(), choices.end());
  for (std::uint32_t at = node; !nodes_[at].children.empty();) {
    at = nodes_[at].children.back();
    choices.push_back(nodes_[at].choice);
  }
  return choices;
}

}  // namespace lockstep
