// Optimal reduction: as many executions as there are traces, and none begun in vain.
#include "tests/catch.hpp"

#include "core/explore/dpor/search.hpp"
#include "tests/explore/dpor_programs.hpp"

using namespace lockstep;
using namespace lockstep::dpor;
using namespace lockstep::test;

namespace {

struct Explored {
  SearchCounts counts;
  std::uint64_t stuck = 0;
};

Explored explore_all(const Main& main) {
  Explored all;
  FiberRun run(main);
  Search search(run, 20'000, [&](const Execution& execution) {
    if (!execution.end.all_ended) ++all.stuck;
  });
  while (search.advance()) {
  }
  all.counts = search.counts();
  return all;
}

struct Row {
  const char* name;
  Main main;
  std::uint64_t executions;
  std::uint64_t stuck = 0;
};

std::vector<Row> rows() {
  return {{"lockinc 2x4", lockinc(2, 4), 70},
          {"lockinc 3x3", lockinc(3, 3), 1680},
          {"incs 2x3", incs(2, 3), 328},
          {"incs 2x4", incs(2, 4), 3334},
          {"incs 3x2", incs(3, 2), 7134},
          {"diners 3 in order", diners(3, true), 6},
          {"diners 4 in order", diners(4, true), 14},
          {"diners 5 in order", diners(5, true), 30},
          {"diners 6 in order", diners(6, true), 62},
          {"diners 3 left first", diners(3, false), 7, 1},
          {"diners 5 left first", diners(5, false), 31, 1},
          {"diners 7 left first", diners(7, false), 127, 1},
          {"lastzero 10", lastzero(10), 3328},
          {"lastzero 12", lastzero(12), 15360},
          {"fib_bench 4", fib_bench(4), 19605},
          {"indexer 12", indexer(12), 8},
          {"indexer 13", indexer(13), 64},
          {"indexer 14", indexer(14), 512},
          {"filesystem 16", filesystem(16), 8},
          {"filesystem 20", filesystem(20), 128}};
}

}  // namespace

TEST_CASE("optimal reduction explores each trace exactly once and begins nothing in vain") {
  for (const Row& row : rows()) {
    INFO(row.name);
    const Explored explored = explore_all(row.main);
    CHECK(explored.counts.complete == row.executions);
    CHECK(explored.counts.redundant == 0);
    CHECK(explored.counts.cut == 0);
    CHECK(explored.stuck == row.stuck);
  }
}
