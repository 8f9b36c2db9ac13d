// What the catalogue promises of each variant, proven: every schedule at its step params is covered.
#include "core/explore/explorer.hpp"
#include "core/explore/outcome.hpp"
#include "tests/catch.hpp"
#include "tests/explore/programs.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

constexpr double kMaxSeconds = 60;

/// What is expected of an outcome; one without a row is forbidden.
Expectation expectation_of(const Variant& variant, Outcome outcome) {
  for (const OutcomeRow& row : variant.outcomes) {
    if (row.outcome == outcome) return row.expect;
  }
  return Expectation::forbidden;
}

Verdict verdict_of(const ExploreReport& report) {
  if (report.failing == 0) return Verdict::ok;
  return report.failing == report.schedules ? Verdict::always_fails : Verdict::can_fail;
}

}  // namespace

TEST_CASE("each variant's declared verdict and outcomes are those of all its schedules", "[verdict]") {
  each_variant([](const Scenario& scenario, const Variant& variant) {
    INFO(scenario.id << " " << variant.name);
    const Program program{.main = program_of(scenario, variant.name)};
    const ExploreReport report = explore(
        program, {.goal = ExploreGoal::prove, .max_seconds = kMaxSeconds, .max_steps = 5'000, .threads = 1});
    INFO(report.schedules << " schedules, " << report.seconds << " s " << report.reason);
    CHECK(report.end == ExploreEnd::exhausted);
    CHECK_FALSE(report.bound_hit);
    CHECK(name_of(verdict_of(report)) == name_of(variant.verdict));
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
      const auto outcome = static_cast<Outcome>(i);
      const Expectation expected = expectation_of(variant, outcome);
      INFO(name_of(outcome) << ": " << report.by_outcome[i]);
      if (expected == Expectation::required) CHECK(report.by_outcome[i] > 0);
      if (expected == Expectation::forbidden) CHECK(report.by_outcome[i] == 0);
    }
    CHECK(report.least.has_value() == (variant.verdict != Verdict::ok));
    if (report.least) CHECK(report.least->is_least);
  });
}
