// How many executions reduction needs, how fast they are, and what they hold of memory: beside a bare loop
// over fibers that switches as often, and beside plain runs of the same program without any search.
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "core/explore/dpor/search.hpp"
#include "core/explore/explorer.hpp"
#include "core/explore/sampler.hpp"
#include "tests/bench/bare_switch.hpp"
#include "tests/bench/bench.hpp"
#include "tests/explore/dpor_programs.hpp"
#include "tests/explore/schedulers.hpp"

using namespace lockstep;
using namespace lockstep::bench;
using namespace lockstep::test;

namespace {

constexpr std::uint32_t kLongest = 20'000;

/// Bytes that the process holds of physical memory.
std::size_t resident() {
  std::size_t pages = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  if (std::fscanf(file, "%*u %zu", &pages) != 1) pages = 0;
  std::fclose(file);
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

double mebibytes(std::size_t bytes) { return static_cast<double>(bytes) / (1 << 20); }

/// Seconds of one plain run of the program, and how many steps it takes.
std::pair<double, std::uint32_t> plain_run(const Main& main) {
  constexpr int kRuns = 2000;
  FiberRun run(main);
  ListScheduler first({});
  std::uint32_t steps = run.run(first).steps;
  const double took = cpu_seconds([&] {
    for (int i = 0; i < kRuns; ++i)
      steps = run.run(first).steps;
  });
  return {took / kRuns, steps};
}

struct Row {
  const char* name;
  Main main;
  std::uint64_t optimal;
};

std::vector<Row> rows() {
  return {{"lockinc 2x4", lockinc(2, 4), 70},
          {"lockinc 3x3", lockinc(3, 3), 1680},
          {"incs 2x3", incs(2, 3), 328},
          {"incs 2x4", incs(2, 4), 3334},
          {"incs 3x2", incs(3, 2), 7134},
          {"diners 6 in order", diners(6, true), 62},
          {"diners 7 left first", diners(7, false), 127},
          {"lastzero 10", lastzero(10), 3328},
          {"lastzero 12", lastzero(12), 15360},
          {"indexer 14", indexer(14), 512},
          {"filesystem 20", filesystem(20), 128},
          {"fib_bench 4", fib_bench(4), 19605},
          {"fib_bench 5", fib_bench(5), 218243}};
}

}  // namespace

TEST_CASE("explore: reduced searches to the end", "[bench]") {
  const double switch_ns = BareSwitch().ns();
  fmt::print("bare fiber switch {:.1f} ns\n", switch_ns);
  fmt::print("{:<22} {:>10} {:>10} {:>6} {:>9} {:>9} {:>12} {:>12} {:>8}\n", "program", "executions",
             "optimal", "vain", "s", "k exec/s", "plain k/s", "bare k/s", "MiB");
  for (const Row& row : rows()) {
    const auto [plain, steps] = plain_run(row.main);
    FiberRun run(row.main);
    dpor::Search search(run, kLongest, {});
    const double took = cpu_seconds([&] {
      while (search.advance()) {
      }
    });
    const dpor::SearchCounts& counts = search.counts();
    fmt::print("{:<22} {:>10} {:>10} {:>6} {:>9.3f} {:>9.1f} {:>12.1f} {:>12.1f} {:>8.1f}\n", row.name,
               counts.complete, row.optimal, counts.redundant, took,
               static_cast<double>(counts.complete) / took / 1e3, 1e-3 / plain, 1e6 / (switch_ns * steps),
               mebibytes(resident()));
    std::fflush(stdout);
    CHECK(counts.complete == row.optimal);
  }
}

TEST_CASE("explore: at random, ten million executions", "[bench]") {
  constexpr std::uint64_t kFirst = 100'000;
  constexpr std::uint64_t kAll = 10'000'000;
  const Main main = lockinc(2, 4);
  FiberRun run(main);
  Board board;
  Sampler sampler(run, board, 1, kLongest);
  const auto until = [&](std::uint64_t n) {
    while (sampler.executions() < n)
      sampler.advance(PolicyKind::random);
  };
  until(kFirst);
  const std::size_t before = resident();
  const double took = cpu_seconds([&] { until(kAll); });
  const std::size_t after = resident();
  const auto [plain, steps] = plain_run(main);
  report("explore: random, lockinc 2x4", static_cast<double>(kAll - kFirst) / took / 1e6, "M exec/s",
         "plain runs", 1e-6 / plain);
  report("explore: memory after 1e7 executions", mebibytes(after), "MiB", "after 1e5", mebibytes(before));
}

TEST_CASE("explore: at random on one thread and on two", "[bench]") {
  constexpr std::uint64_t kEach = 1'000'000;
  const Main main = lockinc(2, 4);
  const auto [plain, steps] = plain_run(main);
  const double bare = 1e3 / (BareSwitch().ns() * steps);
  for (const unsigned threads : {1U, 2U}) {
    Board board;
    const auto sample = [&](unsigned thread) {
      FiberRun run(main);
      Sampler sampler(run, board, 1 + thread * kEach, kLongest);
      while (sampler.executions() < kEach)
        sampler.advance(PolicyKind::random);
    };
    const double took = median_seconds(5, [&] {
      std::vector<std::thread> workers;
      for (unsigned i = 0; i < threads; ++i)
        workers.emplace_back(sample, i);
      for (std::thread& worker : workers)
        worker.join();
    });
    const double all = static_cast<double>(kEach * threads) / 1e6;
    report(fmt::format("explore: random, {} thread(s) in all, wall clock", threads), all / took, "M exec/s",
           "bare switches", bare * threads);
  }
}

TEST_CASE("explore: one thread and two", "[bench]") {
  for (const unsigned threads : {1U, 2U}) {
    for (const ExploreGoal goal : {ExploreGoal::find, ExploreGoal::portfolio}) {
      ExploreReport result;
      const double took =
          seconds([&] { result = explore({.main = diners(7, false)}, {.goal = goal, .threads = threads}); });
      report(fmt::format("explore: diners 7, {}, {} thread(s)",
                         goal == ExploreGoal::find ? "find" : "portfolio", threads),
             took * 1e3, "ms", "executions", static_cast<double>(result.schedules + result.sampled));
    }
  }
}
