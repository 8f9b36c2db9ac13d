// What follows from three of the four states around two steps that commute.
#include "core/explore/state_table.hpp"

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

NextStep at(std::uint32_t worker, std::uint32_t location, bool possible = true) {
  return {.worker = worker, .location = location, .possible = possible, .writes = true};
}

/// A state, and behind it the two to which the steps of workers 1 and 2 lead. Digests are sums.
struct Square {
  StateTable table;
  NodeId from, left, right;

  Square(std::vector<NextStep> here, std::vector<NextStep> after_first, std::vector<NextStep> after_second)
      : from(table.add(100, here, Outcome::ok, false)),
        left(table.add(110, after_first, Outcome::ok, false)),
        right(table.add(103, after_second, Outcome::ok, false)) {
    table.connect(table.edge_of(from, 1), left);
    table.connect(table.edge_of(from, 2), right);
  }
  bool complete() { return table.complete(table.edge_of(left, 2)); }
  NodeId last() const { return table.edge(table.edge_of(left, 2)).target; }
};

}  // namespace

TEST_CASE("steps at different places lead to one state in either order") {
  Square square({at(1, 7), at(2, 8), at(3, 7, false)}, {at(1, 9), at(2, 8), at(3, 7)},
                {at(1, 7), at(2, 5), at(3, 7, false)});
  REQUIRE(square.complete());
  REQUIRE(square.last() == square.table.find(113));
  const auto next = square.table.edges_of(square.last());
  REQUIRE(next.size() == 3);
  CHECK(next[0].location == 9);
  CHECK(next[1].location == 5);
  CHECK(next[2].possible);  // the first step has made it so
  CHECK(square.table.edge(square.table.edge_of(square.right, 1)).target == square.last());
}

TEST_CASE("steps at one place have to be taken") {
  Square square({at(1, 7), at(2, 7)}, {at(1, 9), at(2, 7)}, {at(1, 7), at(2, 9)});
  CHECK(!square.complete());
}

TEST_CASE("a step that stands alone has to be taken") {
  Square square({at(1, 7), at(2, 8)}, {at(1, 9), at(2, 8)}, {at(1, 7), at(2, 9)});
  square.table.set_alone(square.table.edge_of(square.from, 1));
  CHECK(!square.complete());
}

TEST_CASE("a worker that comes to where the other one has written has to be looked at") {
  Square square({at(1, 7), at(2, 8)}, {at(1, 8), at(2, 8)}, {at(1, 7), at(2, 9)});
  CHECK(!square.complete());
}

TEST_CASE("where nobody could go the run has to be ended to know how it ends") {
  Square square({at(1, 7), at(2, 8)}, {at(2, 8)}, {at(1, 7)});
  CHECK(!square.complete());
}

TEST_CASE("what fails beside a step fails behind it") {
  StateTable table;
  std::vector<NextStep> here{at(1, 7), at(2, 8)};
  std::vector<NextStep> after{at(1, 9), at(2, 8)};
  std::vector<NextStep> none;
  const NodeId from = table.add(100, here, Outcome::ok, false);
  const NodeId left = table.add(110, after, Outcome::ok, false);
  const NodeId failed = table.add(0, none, Outcome::failed_check, true);
  table.connect(table.edge_of(from, 1), left);
  table.connect(table.edge_of(from, 2), failed);
  REQUIRE(table.complete(table.edge_of(left, 2)));
  CHECK(table.edge(table.edge_of(left, 2)).target == failed);
}
