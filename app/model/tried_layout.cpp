#include "app/model/tried_layout.hpp"

#include <algorithm>

namespace lockstep {

TriedLayout lay_out_tried(const std::vector<TriedNode>& tree) {
  TriedLayout layout;
  if (tree.empty()) return layout;
  layout.places.resize(tree.size());
  // Depth first, oldest child first; a node's row is known when it is taken from the stack.
  struct Open {
    std::uint32_t node, parent_row;
    bool same_row;
  };
  std::vector<Open> open{{0, 0, true}};
  layout.rows = 1;
  while (!open.empty()) {
    const Open next = open.back();
    open.pop_back();
    TriedPlace& place = layout.places[next.node];
    place.node = next.node;
    place.column = tree[next.node].step;
    place.parent_row = next.parent_row;
    place.row = next.same_row ? next.parent_row : layout.rows++;
    layout.columns = std::max(layout.columns, place.column + 1);
    const auto& children = tree[next.node].children;
    for (std::size_t i = children.size(); i-- > 0;)
      open.push_back({children[i], place.row, i == 0});
  }
  return layout;
}

std::vector<std::uint32_t> way_to(const std::vector<TriedNode>& tree, std::uint32_t node) {
  std::vector<std::uint32_t> way;
  if (node >= tree.size()) return way;
  for (; node != 0; node = tree[node].parent)
    way.push_back(node);
  way.push_back(0);
  std::ranges::reverse(way);
  return way;
}

}  // namespace lockstep
