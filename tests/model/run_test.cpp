// The run controller and Run x100 with real runs.
#include <chrono>
#include <thread>

#include "app/model/app_model.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {

using std::chrono::steady_clock;

template <class Condition>
bool wait_for(AppModel& model, Condition&& condition) {
  const auto deadline = steady_clock::now() + std::chrono::seconds(40);
  while (!condition()) {
    if (steady_clock::now() > deadline) return false;
    model.update(0.01);
    std::this_thread::yield();
  }
  return true;
}

/// False if there is no such scenario or variant.
bool choose(AppModel& model, const std::string& id, const std::string& variant) {
  const Scenario* scenario = find_scenario(id);
  if (!scenario || !scenario->variant(variant)) return false;
  model.apply(ChooseScenario{id});
  model.apply(ChooseVariant{variant});
  model.apply(SetSpeed{kMaxSpeed});
  return true;
}

}  // namespace

TEST_CASE("a run starts, pauses, goes on and ends, and its end is noted") {
  AppModel model;
  REQUIRE(choose(model, "hotdog", "joinable"));
  model.apply(SetSpeed{8});
  model.apply(Action::run_or_pause);
  REQUIRE(wait_for(model, [&] { return model.run.phase() == RunPhase::running; }));
  model.apply(Action::run_or_pause);
  REQUIRE(wait_for(model, [&] { return model.run.is_paused(); }));
  const RunTime at = model.run.now();
  for (int i = 0; i < 100; ++i)
    model.update(0.01);
  CHECK(model.run.now() - at < 50'000'000);
  model.apply(SetSpeed{kMaxSpeed});
  model.apply(Action::run_or_pause);
  REQUIRE(wait_for(model, [&] { return model.run.phase() == RunPhase::ended; }));
  model.update(0);
  CHECK(model.run.end()->outcome == Outcome::ok);
  CHECK(model.progress("hotdog").tried);
  CHECK_FALSE(model.progress("hotdog").broken);
  CHECK(model.can(Action::restart));
  CHECK_FALSE(model.can(Action::stop));
}

TEST_CASE("a chosen seed is every run's until another scenario is chosen") {
  AppModel model;
  REQUIRE(choose(model, "hotdog", "joinable"));
  model.apply(ChooseSeed{7});
  model.apply(Action::run_or_pause);
  REQUIRE(model.run.session() != nullptr);
  CHECK(model.run.session()->request().seed == 7);
  CHECK(model.request().seed == 7);
  model.apply(ChooseSeed{kLargestSeed + 1});
  CHECK(model.seed() == kLargestSeed);
  REQUIRE(choose(model, "deadlock", "same-order"));
  CHECK(model.seed() == 0);
}

TEST_CASE("another variant ends the run and forgets it") {
  AppModel model;
  REQUIRE(choose(model, "deadlock", "opposite-order"));
  model.apply(Action::run_or_pause);
  REQUIRE(wait_for(model, [&] { return model.run.store().size() > 5; }));
  const int generation = model.run.generation();
  model.apply(ChooseVariant{"same-order"});
  CHECK_FALSE(model.run.has_run());
  CHECK(model.run.generation() > generation);
  CHECK(model.run.store().size() == 0);
  CHECK(model.moment() == 0);
}

TEST_CASE("a batch counts every run, and failures as failures") {
  AppModel model;
  REQUIRE(choose(model, "hotdog", "no-ending"));
  model.run.start_batch(model.request(), 5);
  REQUIRE(wait_for(model, [&] { return !model.run.batch()->running(); }));
  const RunBatch& batch = *model.run.batch();
  CHECK(batch.error().empty());
  CHECK(batch.done() == 5);
  CHECK(batch.failed() == 5);
  int counted = 0;
  for (const auto& [outcome, count] : batch.outcomes())
    counted += count;
  CHECK(counted == 5);
  CHECK(model.progress("hotdog").broken);
}

TEST_CASE("a batch can be cancelled at once, and its run is gone") {
  AppModel model;
  const Scenario* scenario = find_scenario("semaphore");
  if (!scenario || !choose(model, "semaphore", std::string(scenario->variants.front().name))) return;
  model.apply(Action::run_hundred);
  REQUIRE(wait_for(model, [&] { return model.run.batch()->done() >= 1; }));
  CHECK_FALSE(model.can(Action::run_hundred));
  const auto start = steady_clock::now();
  model.apply(Action::cancel_batch);
  CHECK(steady_clock::now() - start < std::chrono::milliseconds(500));
  CHECK_FALSE(model.run.batch()->running());
  CHECK(model.can(Action::run_hundred));
}
