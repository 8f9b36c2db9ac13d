#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

TEST_CASE("the wait-for graph names the owner of a lock and marks the cycle", "[analysis]") {
  Crossed x;
  const WorkerId behind = x.t.running("behind");
  x.t.block(behind, x.first, EventKind::acquire, true);
  x.t.block_join(kMainWorker, x.a);
  const EventIndex before = x.t.size();
  x.t.block(x.b, x.first, EventKind::acquire);

  const auto then = wait_for_graph(x.t.store(), before);
  REQUIRE(then.size() == 3);
  for (const WaitEdge& edge : then) {
    CHECK_FALSE(edge.hopeless);
    CHECK_FALSE(edge.in_cycle);
  }

  const auto now = wait_for_graph(x.t.store(), x.t.size());
  REQUIRE(now.size() == 4);
  const WaitEdge& main = now[0];
  CHECK(main.worker == kMainWorker);
  CHECK(main.owners == std::vector{x.a});
  CHECK(main.hopeless);
  CHECK_FALSE(main.in_cycle);
  CHECK(now[1].owners == std::vector{x.b});
  CHECK(now[1].wants == EventKind::acquire);
  CHECK(now[1].object == x.second);
  CHECK(now[1].in_cycle);
  CHECK(now[2].owners == std::vector{x.a});
  CHECK(now[2].in_cycle);
  CHECK(now[3].worker == behind);
  CHECK(now[3].timed);
  CHECK_FALSE(now[3].hopeless);
}

TEST_CASE("a wait for a queue hangs on every worker that can still move", "[analysis]") {
  TraceBuilder t;
  const WorkerId eater = t.running();
  const WorkerId shop = t.running();
  const WorkerId ended = t.running();
  t.worker("never started");
  t.end(ended);
  t.block(eater, t.queue(), EventKind::queue_get);
  t.sleep(shop, 1000);
  auto graph = wait_for_graph(t.store(), t.size());
  REQUIRE(graph.size() == 1);
  CHECK(graph[0].owners == std::vector{kMainWorker, shop});
  CHECK_FALSE(graph[0].hopeless);

  t.wake(shop);
  t.end(shop);
  t.block_join(kMainWorker, eater);
  graph = wait_for_graph(t.store(), t.size());
  REQUIRE(graph.size() == 2);
  CHECK(graph[1].owners.empty());
  CHECK(graph[1].hopeless);
  CHECK(graph[0].hopeless);
}

TEST_CASE("a run without waits has an empty wait-for graph", "[analysis]") {
  TraceBuilder t;
  CHECK(wait_for_graph(t.store(), t.size()).empty());
  CHECK(wait_for_graph(t.store(), 0).empty());
}
