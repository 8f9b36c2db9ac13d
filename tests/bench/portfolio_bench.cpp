// How soon each way of drawing schedules finds a failure: the executions that it takes on each variant that
// can fail, at its step params. The search for a quick failure (core/explore/members.cpp) draws at random,
// then by POS: one of the two is there within a hundred executions everywhere. PCT is not among them: it is
// sooner on pool-tcp-server alone, and with d = 2 it never finds what takes two changes
// (condition-buffer/if).
#include <algorithm>
#include <array>

#include "core/explore/board.hpp"
#include "core/explore/fiber_run.hpp"
#include "core/explore/sampler.hpp"
#include "tests/bench/bench.hpp"
#include "tests/explore/programs.hpp"

using namespace lockstep;
using namespace lockstep::bench;

namespace {

constexpr std::uint64_t kSeeds = 11;
constexpr std::uint64_t kMost = 5'000;  // executions; more count as this
constexpr std::uint32_t kMaxSteps = 5'000;

struct Way {
  const char* name;
  PolicyKind kind;
  std::uint32_t depth = 2;
};
constexpr std::array kWays{Way{"random", PolicyKind::random}, Way{"pos", PolicyKind::pos},
                           Way{"pct d=2", PolicyKind::pct, 2}, Way{"pct d=3", PolicyKind::pct, 3}};

/// Executions to the first failure.
std::uint64_t to_failure(FiberRun& run, const Way& way, std::uint64_t seed) {
  Board board;
  Sampler sampler(run, board, 1 + seed * kMost, kMaxSteps);
  while (!board.has_failure() && sampler.executions() < kMost)
    sampler.advance(way.kind, way.depth);
  return sampler.executions();
}

std::uint64_t median_to_failure(FiberRun& run, const Way& way) {
  std::array<std::uint64_t, kSeeds> counts{};
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed)
    counts.at(seed) = to_failure(run, way, seed);
  std::ranges::nth_element(counts, counts.begin() + kSeeds / 2);
  return counts.at(kSeeds / 2);
}

}  // namespace

TEST_CASE("executions to the first failure", "[bench]") {
  test::each_variant([](const Scenario& scenario, const Variant& variant) {
    if (variant.verdict != Verdict::can_fail) return;
    FiberRun run(test::program_of(scenario, variant.name), 1);
    for (const Way& way : kWays) {
      const std::string what = std::string(scenario.id) + "/" + std::string(variant.name) + ": " + way.name;
      report(what.c_str(), static_cast<double>(median_to_failure(run, way)), "executions");
    }
  });
}
