// The tree of what was tried, as places: columns are steps, every branch has a row of its own. Pure geometry.
#pragma once

#include <cstdint>
#include <vector>

#include "core/session/stepped_run.hpp"

namespace lockstep {

struct TriedPlace {
  std::uint32_t node = 0;
  std::uint32_t column = 0;  ///< steps from the start
  std::uint32_t row = 0;
  std::uint32_t parent_row = 0;
};

struct TriedLayout {
  std::vector<TriedPlace> places;  ///< parents before their children; index = node
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
};

/// The first child goes on in its parent's row; each later one opens a row below everything that the earlier
/// ones led to. O(nodes), without recursion: a branch may have thousands of steps.
TriedLayout lay_out_tried(const std::vector<TriedNode>& tree);

/// The nodes from the start to `node`, the start first.
std::vector<std::uint32_t> way_to(const std::vector<TriedNode>& tree, std::uint32_t node);

}  // namespace lockstep
