// What an exploration promises, whatever the program: its end, its budgets, its numbers.
#include "core/explore/explorer.hpp"

#include "core/explore/fiber_run.hpp"
#include "core/explore/outcome.hpp"
#include "tests/catch.hpp"
#include "tests/explore/dpor_programs.hpp"
#include "tests/explore/schedulers.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

ExploreReport explore_with(const Main& main, const ExploreOptions& options) {
  return explore({.main = main, .scenario = "program", .variant = "plain"}, options);
}

}  // namespace

TEST_CASE("a program that cannot fail is exhausted, whatever the goal and the number of threads",
          "[threads]") {
  for (const ExploreGoal goal : {ExploreGoal::portfolio, ExploreGoal::find, ExploreGoal::prove}) {
    for (const unsigned threads : {1U, 2U}) {
      const ExploreReport report = explore_with(diners(4, true), {.goal = goal, .threads = threads});
      CHECK(report.end == ExploreEnd::exhausted);
      CHECK(report.failing == 0);
      CHECK_FALSE(report.least);
      CHECK_FALSE(report.bound_hit);
      if (goal == ExploreGoal::prove) CHECK(report.schedules == 14);
    }
  }
}

TEST_CASE("a program that can fail comes with its least failing schedule, which fails when it is replayed",
          "[threads]") {
  for (const ExploreGoal goal : {ExploreGoal::portfolio, ExploreGoal::find, ExploreGoal::prove}) {
    for (const unsigned threads : {1U, 2U}) {
      const ExploreReport report = explore_with(diners(3, false), {.goal = goal, .threads = threads});
      CHECK(report.end == (goal == ExploreGoal::find ? ExploreEnd::found : ExploreEnd::exhausted));
      REQUIRE(report.least);
      CHECK(report.least->is_least);
      CHECK(report.least->outcome == Outcome::deadlock);
      CHECK(report.least->cost.preemptions == 1);
      CHECK(report.least->schedule.choices.size() == report.least->cost.steps);
      CHECK(report.least->schedule.marks.size() == report.least->cost.steps);
      FiberRun run(diners(3, false));
      ListScheduler again(report.least->schedule.choices, true);
      const FiberEnd end = run.run(again);
      CHECK(outcome_of_end(run.arena(), end) == Outcome::deadlock);
      if (goal == ExploreGoal::find) continue;
      CHECK(report.schedules == 7);
      CHECK(report.failing == 1);
      CHECK(report.by_outcome[static_cast<std::size_t>(Outcome::deadlock)] == 1);
    }
  }
}

TEST_CASE("a budget of schedules or of time ends an exploration and is told", "[threads]") {
  const ExploreReport few = explore_with(fib_bench(5), {.max_schedules = 100});
  CHECK(few.end == ExploreEnd::schedules);
  const ExploreReport quick = explore_with(fib_bench(8), {.max_seconds = 0.1});
  CHECK(quick.end == ExploreEnd::seconds);
  CHECK(quick.schedules > 0);
}

TEST_CASE("false from on_progress cancels, and the report tells what was done so far", "[threads]") {
  int calls = 0;
  double fraction = -1;
  const ExploreReport report =
      explore({.main = fib_bench(8)}, {.goal = ExploreGoal::prove}, [&](const ExploreProgress& progress) {
        fraction = progress.fraction;
        CHECK(progress.phase == ExplorePhase::exhaustive);
        return ++calls < 3;
      });
  CHECK(calls == 3);
  CHECK(report.end == ExploreEnd::cancelled);
  CHECK(report.schedules > 0);
  CHECK(fraction >= 0);
  CHECK(fraction < 1);
}

TEST_CASE("a schedule that is longer than the bound is told of and proves nothing", "[threads]") {
  const Main polls = [] {
    const api::Shared<bool> ready("ready", false);
    run_threads({[=] { ready.store(true); },
                 [=] {
                   while (!ready.load()) {
                   }
                 }});
  };
  const ExploreReport report =
      explore_with(polls, {.goal = ExploreGoal::prove, .max_schedules = 50, .max_steps = 200});
  CHECK(report.bound_hit);
}

TEST_CASE("a worker that polls for ever does not keep the others from being explored", "[threads]") {
  const Main polls = [] {
    const api::Shared<bool> ready("ready", false);
    const api::Shared<int> seen("seen");
    run_threads({[=] {
                   while (!ready.load()) {
                   }
                   api::check("nobody was first", seen.load() == 0);
                 },
                 [=] { ready.store(true); }, [=] { seen.store(1); }});
  };
  const ExploreReport report = explore_with(polls, {.goal = ExploreGoal::prove, .max_seconds = 4});
  CHECK(report.bound_hit);
  CHECK(report.by_outcome[static_cast<std::size_t>(Outcome::ok)] > 0);
  CHECK(report.by_outcome[static_cast<std::size_t>(Outcome::failed_check)] > 0);
}
