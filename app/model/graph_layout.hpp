// Where the circles and boxes of the wait-for graph stand. Pure: no drawing, the same input gives the same
// picture.
//
// A waiting worker points at the object it waits for, a lock at its owner, a worker that joins at the one it
// waits for. So every node has at most one way on, and each connected part is either a tree, drawn from left
// (who waits) to right (who could go on), or has exactly one cycle, drawn as a ring with the rest of the part
// to its left.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/analysis/diagnosis.hpp"

namespace lockstep {

struct GraphPoint {
  float x = 0, y = 0;
};

struct GraphNode {
  enum class Kind { worker, crowd, object };
  Kind kind = Kind::worker;
  std::vector<WorkerId>
      workers;  ///< worker: itself; crowd: several that wait for the same thing; object: `helpers`
  ObjectId object = kNoObject;  ///< object: itself
  GraphPoint centre{};
  GraphPoint size{};  ///< with the label
  bool in_cycle = false;
  bool hopeless = false;  ///< waits for ever (worker, crowd), or is waited for for ever (object)
};

struct GraphArrow {
  std::size_t from = 0, to = 0;  ///< indices of nodes
  bool held_by = false;          ///< from a lock to its owner; else "waits for"
  bool in_cycle = false;
  bool hopeless = false;
  GraphPoint begin{}, bend{}, end{};  ///< a quadratic curve between the borders of the two nodes
};

struct GraphLayout {
  std::vector<GraphNode> nodes;
  std::vector<GraphArrow> arrows;
  GraphPoint size;  ///< of the whole picture, which begins at 0, 0
  bool has_cycle = false;
};

/// Lengths in pixels.
struct GraphSizes {
  float width = 800, height = 160;  ///< of the pane; the picture may be larger
  float circle = 36;                ///< diameter of a worker
  float label = 16;                 ///< height of the name under it
  float badge = 22;                 ///< a badge in a crowd, with its gap
  float gap_x = 56, gap_y = 10;
  std::function<float(WorkerId)> label_width;               ///< of a worker's name
  std::function<GraphPoint(const GraphNode&)> object_size;  ///< of an object's box
};

/// Workers that wait for the same thing, and for whom nobody waits, are drawn as one crowd from this number
/// on.
inline constexpr std::size_t kCrowd = 4;

GraphLayout layout_graph(std::span<const WaitEdge> edges, std::span<const ObjectInfo> objects,
                         const GraphSizes& sizes);

}  // namespace lockstep
