#include "app/model/graph_layout.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace lockstep {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

GraphPoint operator+(GraphPoint a, GraphPoint b) { return {a.x + b.x, a.y + b.y}; }
GraphPoint operator-(GraphPoint a, GraphPoint b) { return {a.x - b.x, a.y - b.y}; }
GraphPoint operator*(GraphPoint a, float k) { return {a.x * k, a.y * k}; }
float length(GraphPoint a) { return std::hypot(a.x, a.y); }

bool is_lock(ObjectKind kind) { return kind == ObjectKind::lock || kind == ObjectKind::rlock; }
bool is_worker(ObjectKind kind) { return kind == ObjectKind::thread || kind == ObjectKind::process; }

/// Makes nodes and arrows; next[node] is the node it points at.
class Builder {
 public:
  Builder(std::span<const WaitEdge> edges, std::span<const ObjectInfo> objects) : objects_(objects) {
    std::map<std::pair<ObjectId, WorkerId>, std::vector<const WaitEdge*>> groups;
    for (const WaitEdge& edge : edges) {
      const bool leaf = !edge.in_cycle && !somebody_waits_for(edge.worker, edges);
      groups[{edge.object, leaf ? kNoWorker : edge.worker}].push_back(&edge);
    }
    for (const auto& [key, group] : groups) {
      if (group.size() >= kCrowd)
        add_crowd(group);
      else
        for (const WaitEdge* edge : group)
          add_edge(worker_node(edge->worker), *edge);
    }
  }

  GraphLayout layout;
  std::vector<std::size_t> next;

 private:
  ObjectKind kind_of(ObjectId id) const {
    return id < objects_.size() ? objects_[id].kind : ObjectKind::none;
  }

  bool leads_to_owner(const WaitEdge& edge) const {
    return edge.owners.size() == 1 && (is_lock(kind_of(edge.object)) || is_worker(kind_of(edge.object)));
  }

  bool somebody_waits_for(WorkerId worker, std::span<const WaitEdge> edges) const {
    return std::ranges::any_of(
        edges, [&](const WaitEdge& edge) { return leads_to_owner(edge) && edge.owners[0] == worker; });
  }

  std::size_t add_node(GraphNode node) {
    layout.nodes.push_back(std::move(node));
    next.push_back(kNone);
    return layout.nodes.size() - 1;
  }

  std::size_t worker_node(WorkerId id) {
    const auto [it, is_new] = workers_.try_emplace(id, layout.nodes.size());
    if (is_new) add_node({.kind = GraphNode::Kind::worker, .workers = {id}});
    return it->second;
  }

  std::size_t object_node(ObjectId id) {
    const auto [it, is_new] = object_nodes_.try_emplace(id, layout.nodes.size());
    if (is_new) add_node({.kind = GraphNode::Kind::object, .workers = {}, .object = id});
    return it->second;
  }

  void add_crowd(const std::vector<const WaitEdge*>& group) {
    GraphNode node{.kind = GraphNode::Kind::crowd, .workers = {}};
    for (const WaitEdge* edge : group)
      node.workers.push_back(edge->worker);
    add_edge(add_node(std::move(node)), *group.front());
  }

  void connect(std::size_t from, std::size_t to, const WaitEdge& edge, bool held_by) {
    if (next[from] != kNone) return;  // a lock that several wait for: its one arrow is there
    next[from] = to;
    layout.arrows.push_back({.from = from,
                             .to = to,
                             .held_by = held_by,
                             .in_cycle = edge.in_cycle,
                             .hopeless = edge.hopeless,
                             .begin = {},
                             .bend = {},
                             .end = {}});
  }

  void add_edge(std::size_t from, const WaitEdge& edge) {
    layout.nodes[from].hopeless = edge.hopeless;
    if (is_worker(kind_of(edge.object)) && edge.owners.size() == 1) {
      return connect(from, worker_node(edge.owners[0]), edge, false);
    }
    const std::size_t object = object_node(edge.object);
    layout.nodes[object].hopeless |= edge.hopeless;
    connect(from, object, edge, false);
    if (leads_to_owner(edge))
      connect(object, worker_node(edge.owners[0]), edge, true);
    else
      layout.nodes[object].workers = edge.owners;
  }

  std::span<const ObjectInfo> objects_;
  std::map<WorkerId, std::size_t> workers_;
  std::map<ObjectId, std::size_t> object_nodes_;
};

/// The nodes of one connected part with their places relative to its own corner.
struct Part {
  std::vector<std::size_t> nodes;
  GraphPoint size;
};

class Placer {
 public:
  Placer(GraphLayout& layout, const std::vector<std::size_t>& next, const GraphSizes& sizes)
      : layout_(layout), next_(next), sizes_(sizes), waiting_(next.size()) {
    for (std::size_t i = 0; i < next.size(); ++i) {
      if (next[i] != kNone) waiting_[next[i]].push_back(i);
    }
  }

  void run() {
    for (GraphNode& node : layout_.nodes)
      node.size = size_of(node);
    std::vector<std::vector<std::size_t>> rings = find_rings();
    std::vector<Part> parts;
    for (const auto& ring : rings)
      parts.push_back(place_ring(ring));
    for (std::size_t i = 0; i < next_.size(); ++i) {
      if (next_[i] == kNone) parts.push_back(place_tree(i));
    }
    layout_.has_cycle = !rings.empty();
    arrange(parts);
    for (GraphArrow& arrow : layout_.arrows)
      bend(arrow);
  }

 private:
  GraphNode& node(std::size_t i) { return layout_.nodes[i]; }

  GraphPoint size_of(const GraphNode& node) const {
    if (node.kind == GraphNode::Kind::object) return sizes_.object_size(node);
    if (node.kind == GraphNode::Kind::worker) {
      return {std::max(sizes_.circle, sizes_.label_width(node.workers[0])), sizes_.circle + sizes_.label};
    }
    const auto count = static_cast<float>(node.workers.size());
    const float rows = std::clamp(std::floor((sizes_.height - 40) / sizes_.badge), 1.0F, count);
    const float wanted = std::ceil(std::sqrt(count / 2));  // twice as wide as high, if there is room
    const float used = std::min(rows, std::max(1.0F, wanted));
    return {std::ceil(count / used) * sizes_.badge + 12, used * sizes_.badge + 12};
  }

  std::vector<std::vector<std::size_t>> find_rings() {
    std::vector<std::vector<std::size_t>> rings;
    std::vector<std::size_t> seen_by(next_.size(), kNone);
    for (std::size_t start = 0; start < next_.size(); ++start) {
      std::size_t at = start;
      while (at != kNone && seen_by[at] == kNone) {
        seen_by[at] = start;
        at = next_[at];
      }
      if (at == kNone || seen_by[at] != start) continue;
      std::vector<std::size_t> ring;
      std::size_t member = at;
      do {
        ring.push_back(member);
        node(member).in_cycle = true;
        member = next_[member];
      } while (member != at);
      rings.push_back(std::move(ring));
    }
    return rings;
  }

  /// Places `root` with its near edge at `edge` and its top at `top`, and beyond it those who wait for it: to
  /// the left (side -1) or to the right (side 1). Returns the height used.
  float place_subtree(std::size_t root, float edge, float side, float top, std::vector<std::size_t>& placed) {
    const GraphPoint size = node(root).size;
    float below = 0;
    for (const std::size_t child : waiting_[root]) {
      if (node(child).in_cycle) continue;
      if (below > 0) below += sizes_.gap_y;
      below += place_subtree(child, edge + side * (size.x + sizes_.gap_x), side, top + below, placed);
    }
    const float height = std::max(size.y, below);
    if (below > 0 && below < size.y) shift_subtrees(root, (size.y - below) / 2);
    node(root).centre = {edge + side * size.x / 2, top + height / 2};
    placed.push_back(root);
    return height;
  }

  void shift_subtrees(std::size_t root, float by) {
    for (const std::size_t child : waiting_[root]) {
      if (node(child).in_cycle) continue;
      node(child).centre.y += by;
      shift_subtrees(child, by);
    }
  }

  Part place_tree(std::size_t root) {
    Part part;
    part.size.y = place_subtree(root, 0, -1, 0, part.nodes);
    push_to_corner(part);
    return part;
  }

  std::size_t outsiders(std::size_t ring_node) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        waiting_[ring_node], [&](std::size_t child) { return !layout_.nodes[child].in_cycle; }));
  }

  /// Half the width of a ring: as wide as its nodes need to stand apart, wider if there is room for labels on
  /// the arrows. `beside` is what stands next to the ring.
  float ring_radius(const std::vector<std::size_t>& ring, float ry, float widest, float beside) {
    float least = 0, wanted = 0;
    for (const std::size_t i : ring) {
      const float extent = std::max(node(i).size.x, node(i).size.y);
      least += extent + sizes_.gap_y * 2;
      wanted += extent + sizes_.gap_x * 0.8F;
    }
    // An ellipse is about pi * (rx + ry) long; it should not be narrower than it is high.
    const auto radius = [&](float around) {
      return std::max({around / std::numbers::pi_v<float> - ry, ry, widest * 1.1F});
    };
    return std::clamp((sizes_.width - widest - beside) / 2, radius(least), radius(wanted));
  }

  /// The ring clockwise on an ellipse, at equal distances along it; those who wait outside it, on the side of
  /// what they wait for. The node that most outsiders wait for is at the left.
  Part place_ring(std::vector<std::size_t> ring) {
    std::ranges::rotate(ring,
                        std::ranges::max_element(ring, {}, [&](std::size_t i) { return outsiders(i); }));
    Part part{.nodes = ring, .size = {}};
    float widest = 0, highest = 0, beside = 0;
    for (const std::size_t i : ring) {
      widest = std::max(widest, node(i).size.x);
      highest = std::max(highest, node(i).size.y);
      if (outsiders(i) > 0) beside = sizes_.gap_x + sizes_.circle * 2;
    }
    const float ry = std::max((sizes_.height - highest) / 2, highest * 0.75F);
    const float rx = ring_radius(ring, ry, widest, beside);
    place_on_ellipse(ring, rx, ry);
    const float edge = rx + widest / 2 + sizes_.gap_x;
    GraphPoint top{-ry / 2, -ry / 2};  // x: of those at the left, y: of those at the right
    for (const std::size_t i : ring) {
      for (const std::size_t child : waiting_[i]) {
        if (node(child).in_cycle) continue;
        const float side = node(i).centre.x > 1 ? 1.0F : -1.0F;
        float& y = side < 0 ? top.x : top.y;
        y += place_subtree(child, side * edge, side, y, part.nodes) + sizes_.gap_y;
      }
    }
    push_to_corner(part);
    return part;
  }

  void place_on_ellipse(const std::vector<std::size_t>& ring, float rx, float ry) {
    constexpr int kSteps = 720;
    std::vector<float> along(kSteps + 1, 0);
    const auto point = [&](int step) {
      // Begins at the left, goes over the top.
      const float angle =
          static_cast<float>(step) * 2 * std::numbers::pi_v<float> / kSteps + std::numbers::pi_v<float>;
      return GraphPoint{rx * std::cos(angle), ry * std::sin(angle)};
    };
    for (int step = 1; step <= kSteps; ++step) {
      along[static_cast<std::size_t>(step)] =
          along[static_cast<std::size_t>(step) - 1] + length(point(step) - point(step - 1));
    }
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const float wanted = along.back() * static_cast<float>(i) / static_cast<float>(ring.size());
      const auto step = std::ranges::lower_bound(along, wanted) - along.begin();
      node(ring[i]).centre = point(static_cast<int>(step));
    }
  }

  void push_to_corner(Part& part) {
    GraphPoint low{1e9F, 1e9F}, high{-1e9F, -1e9F};
    for (const std::size_t i : part.nodes) {
      const GraphPoint half = node(i).size * 0.5F;
      low = {std::min(low.x, node(i).centre.x - half.x), std::min(low.y, node(i).centre.y - half.y)};
      high = {std::max(high.x, node(i).centre.x + half.x), std::max(high.y, node(i).centre.y + half.y)};
    }
    for (const std::size_t i : part.nodes)
      node(i).centre = node(i).centre - low;
    part.size = high - low;
  }

  /// Parts side by side, in as many rows as it takes, each in the middle of its row.
  void arrange(std::vector<Part>& parts) {
    GraphPoint at{0, 0};
    std::size_t first_of_row = 0;
    float row_height = 0;
    const float gap = sizes_.gap_x;
    const auto end_row = [&](std::size_t end) {
      for (std::size_t i = first_of_row; i < end; ++i)
        move(parts[i], {0, (row_height - parts[i].size.y) / 2});
      layout_.size.y = at.y + row_height;
      at = {0, at.y + row_height + sizes_.gap_y * 2};
      row_height = 0;
      first_of_row = end;
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (at.x > 0 && at.x + parts[i].size.x > sizes_.width) end_row(i);
      move(parts[i], at);
      layout_.size.x = std::max(layout_.size.x, at.x + parts[i].size.x);
      row_height = std::max(row_height, parts[i].size.y);
      at.x += parts[i].size.x + gap;
    }
    end_row(parts.size());
  }

  void move(const Part& part, GraphPoint by) {
    for (const std::size_t i : part.nodes)
      node(i).centre = node(i).centre + by;
  }

  /// The middle of the circle of a worker; the centre of anything else.
  GraphPoint anchor(const GraphNode& n) const {
    if (n.kind != GraphNode::Kind::worker) return n.centre;
    return {n.centre.x, n.centre.y - sizes_.label / 2};
  }

  /// Where the line from the anchor to `target` leaves the node, and a little further.
  GraphPoint border(const GraphNode& n, GraphPoint target) const {
    constexpr float kAir = 3;
    const GraphPoint from = anchor(n);
    const GraphPoint way = target - from;
    const float distance = std::max(length(way), 1.0F);
    if (n.kind == GraphNode::Kind::worker) return from + way * ((sizes_.circle / 2 + kAir) / distance);
    const float tx = n.size.x / 2 / std::max(std::abs(way.x), 0.01F);
    const float ty = n.size.y / 2 / std::max(std::abs(way.y), 0.01F);
    return from + way * std::min(tx, ty) + way * (kAir / distance);
  }

  void bend(GraphArrow& arrow) {
    const GraphNode& from = node(arrow.from);
    const GraphNode& to = node(arrow.to);
    arrow.in_cycle = from.in_cycle && to.in_cycle;
    const GraphPoint a = anchor(from), b = anchor(to);
    const GraphPoint way = b - a;
    arrow.bend = (a + b) * 0.5F;
    // Clockwise on a screen: outwards is to the left of the way.
    if (arrow.in_cycle) arrow.bend = arrow.bend + GraphPoint{way.y, -way.x} * 0.16F;
    arrow.begin = border(from, arrow.bend);
    arrow.end = border(to, arrow.bend);
  }

  GraphLayout& layout_;
  const std::vector<std::size_t>& next_;
  const GraphSizes& sizes_;
  std::vector<std::vector<std::size_t>> waiting_;  ///< who points at a node
};

}  // namespace

GraphLayout layout_graph(std::span<const WaitEdge> edges, std::span<const ObjectInfo> objects,
                         const GraphSizes& sizes) {
  Builder builder(edges, objects);
  Placer(builder.layout, builder.next, sizes).run();
  return std::move(builder.layout);
}

}  // namespace lockstep
