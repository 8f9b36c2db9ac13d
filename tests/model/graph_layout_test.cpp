#include "app/model/graph_layout.hpp"

#include <algorithm>
#include <cmath>

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

std::vector<ObjectInfo> objects(std::initializer_list<ObjectKind> kinds) {
  std::vector<ObjectInfo> result(1);
  for (const ObjectKind kind : kinds) {
    ObjectInfo info;
    info.id = static_cast<ObjectId>(result.size());
    info.kind = kind;
    result.push_back(info);
  }
  return result;
}

WaitEdge edge(WorkerId worker, ObjectId object, std::vector<WorkerId> owners, bool in_cycle = false) {
  return {.worker = worker,
          .object = object,
          .owners = std::move(owners),
          .hopeless = in_cycle,
          .in_cycle = in_cycle};
}

GraphSizes sizes(float width = 800, float height = 160) {
  GraphSizes result;
  result.width = width;
  result.height = height;
  result.label_width = [](WorkerId) { return 60.0F; };
  result.object_size = [](const GraphNode&) { return GraphPoint{90, 44}; };
  return result;
}

const GraphNode* worker_node(const GraphLayout& layout, WorkerId id) {
  const auto it = std::ranges::find_if(layout.nodes, [&](const GraphNode& node) {
    return node.kind == GraphNode::Kind::worker && node.workers[0] == id;
  });
  return it == layout.nodes.end() ? nullptr : &*it;
}

bool overlap(const GraphNode& a, const GraphNode& b) {
  return std::abs(a.centre.x - b.centre.x) * 2 < a.size.x + b.size.x - 1 &&
         std::abs(a.centre.y - b.centre.y) * 2 < a.size.y + b.size.y - 1;
}

void require_apart_and_inside(const GraphLayout& layout) {
  for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
    const GraphNode& node = layout.nodes[i];
    INFO("node " << i << " of " << layout.nodes.size());
    REQUIRE(node.centre.x - node.size.x / 2 >= -0.6F);
    REQUIRE(node.centre.y - node.size.y / 2 >= -0.6F);
    REQUIRE(node.centre.x + node.size.x / 2 <= layout.size.x + 0.6F);
    REQUIRE(node.centre.y + node.size.y / 2 <= layout.size.y + 0.6F);
    for (std::size_t j = i + 1; j < layout.nodes.size(); ++j)
      REQUIRE_FALSE(overlap(node, layout.nodes[j]));
  }
}

}  // namespace

TEST_CASE("wait_graph_of_nobody_is_empty") {
  const GraphLayout layout = layout_graph({}, {}, sizes());
  REQUIRE(layout.nodes.empty());
  REQUIRE(layout.arrows.empty());
}

TEST_CASE("wait_graph_leads_from_the_waiter_over_the_lock_to_its_owner") {
  const std::vector<WaitEdge> edges{edge(2, 1, {1})};
  const GraphLayout layout = layout_graph(edges, objects({ObjectKind::lock}), sizes());
  REQUIRE(layout.nodes.size() == 3);
  REQUIRE(layout.arrows.size() == 2);
  REQUIRE_FALSE(layout.has_cycle);
  REQUIRE(worker_node(layout, 2)->centre.x < worker_node(layout, 1)->centre.x);
  REQUIRE(std::ranges::count_if(layout.arrows, &GraphArrow::held_by) == 1);
  require_apart_and_inside(layout);
}

TEST_CASE("wait_graph_draws_a_cycle_of_two_to_seven_as_a_ring") {
  const int n = GENERATE(2, 3, 5, 7);
  const float height = GENERATE(110.0F, 160.0F, 400.0F);
  std::vector<ObjectKind> kinds(static_cast<std::size_t>(n), ObjectKind::lock);
  std::vector<ObjectInfo> infos(1);
  std::vector<WaitEdge> edges;
  for (int i = 0; i < n; ++i) {
    ObjectInfo info;
    info.kind = ObjectKind::lock;
    infos.push_back(info);
    const auto next = static_cast<WorkerId>((i + 1) % n + 1);
    edges.push_back(edge(static_cast<WorkerId>(i + 1), static_cast<ObjectId>(i + 1), {next}, true));
  }
  const GraphLayout layout = layout_graph(edges, infos, sizes(800, height));
  REQUIRE(layout.has_cycle);
  REQUIRE(layout.nodes.size() == 2 * static_cast<std::size_t>(n));
  REQUIRE(std::ranges::all_of(layout.nodes, &GraphNode::in_cycle));
  REQUIRE(std::ranges::all_of(layout.arrows, &GraphArrow::in_cycle));
  require_apart_and_inside(layout);
}

TEST_CASE("wait_graph_shows_a_worker_that_waits_for_itself_as_a_ring_of_two") {
  const std::vector<WaitEdge> edges{edge(1, 1, {1}, true)};
  const GraphLayout layout = layout_graph(edges, objects({ObjectKind::lock}), sizes());
  REQUIRE(layout.has_cycle);
  REQUIRE(layout.nodes.size() == 2);
  require_apart_and_inside(layout);
}

TEST_CASE("wait_graph_puts_a_join_between_two_workers_without_a_box") {
  const std::vector<WaitEdge> edges{edge(0, 1, {3})};
  const GraphLayout layout = layout_graph(edges, objects({ObjectKind::process}), sizes());
  REQUIRE(layout.nodes.size() == 2);
  REQUIRE(layout.arrows.size() == 1);
  REQUIRE_FALSE(layout.arrows[0].held_by);
}

TEST_CASE("wait_graph_names_who_could_help_where_nobody_owns_the_object") {
  const std::vector<WaitEdge> edges{edge(1, 1, {2, 3})};
  const GraphLayout layout = layout_graph(edges, objects({ObjectKind::queue}), sizes());
  REQUIRE(layout.nodes.size() == 2);
  const auto box = std::ranges::find(layout.nodes, GraphNode::Kind::object, &GraphNode::kind);
  REQUIRE(box->workers == std::vector<WorkerId>{2, 3});
}

TEST_CASE("wait_graph_gathers_many_waiters_of_one_object_into_a_crowd") {
  std::vector<WaitEdge> edges;
  for (WorkerId id = 2; id < 202; ++id)
    edges.push_back(edge(id, 1, {1}));
  const GraphLayout layout = layout_graph(edges, objects({ObjectKind::lock}), sizes());
  REQUIRE(layout.nodes.size() == 3);
  const auto crowd = std::ranges::find(layout.nodes, GraphNode::Kind::crowd, &GraphNode::kind);
  REQUIRE(crowd->workers.size() == 200);
  require_apart_and_inside(layout);
}

TEST_CASE("wait_graph_keeps_who_waits_for_a_ring_outside_it") {
  const std::vector<WaitEdge> edges{edge(1, 1, {2}, true), edge(2, 2, {1}, true), edge(3, 1, {2}),
                                    edge(4, 2, {1}), edge(0, 3, {1})};
  const GraphLayout layout =
      layout_graph(edges, objects({ObjectKind::lock, ObjectKind::lock, ObjectKind::thread}), sizes());
  REQUIRE(layout.has_cycle);
  REQUIRE_FALSE(worker_node(layout, 3)->in_cycle);
  const float main = worker_node(layout, 0)->centre.x, waited_for = worker_node(layout, 1)->centre.x;
  const float other = worker_node(layout, 2)->centre.x;
  REQUIRE(std::abs(main - waited_for) < std::abs(main - other));  // its arrow does not cross the ring
  require_apart_and_inside(layout);
}

TEST_CASE("wait_graph_wraps_its_parts_into_rows_when_the_pane_is_narrow") {
  std::vector<WaitEdge> edges;
  std::vector<ObjectInfo> infos = objects({});
  for (WorkerId id = 0; id < 6; ++id) {
    ObjectInfo info;
    info.kind = ObjectKind::lock;
    infos.push_back(info);
    edges.push_back(edge(static_cast<WorkerId>(2 * id), static_cast<ObjectId>(id + 1),
                         {static_cast<WorkerId>(2 * id + 1)}));
  }
  const GraphLayout narrow = layout_graph(edges, infos, sizes(500));
  const GraphLayout wide = layout_graph(edges, infos, sizes(5000));
  REQUIRE(narrow.size.y > wide.size.y);
  REQUIRE(narrow.size.x <= 500);
  require_apart_and_inside(narrow);
  require_apart_and_inside(wide);
}
