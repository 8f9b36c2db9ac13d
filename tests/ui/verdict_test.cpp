// What a search has settled, and what the tab Findings then says of a run that went well.
#include <chrono>

#include "tests/catch.hpp"
#include "tests/ui/driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// Frames until the condition holds. False if it never does.
template <class Condition>
bool come_to(Driver& driver, Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    driver.frames();
  }
  driver.frames(2);
  return true;
}

/// Searches and closes the panel.
void search(Driver& driver, Action action) {
  driver.model.apply(action);
  REQUIRE(come_to(driver, [&] { return driver.model.search.report() != nullptr; }));
  REQUIRE(come_to(driver, [&] { return driver.model.mode() == RunMode::live || driver.model.step.ready(); }));
  driver.model.apply(Action::close_search);
}

/// Ticket lock, a variant in steps, the tab Findings.
void start(Driver& driver, const char* variant) {
  driver.model.apply(ChooseScenario{"ticket-lock"});
  driver.model.apply(ChooseVariant{variant});
  driver.model.apply(SetMode{RunMode::step});
  driver.model.apply(OpenTab{"findings"});
  REQUIRE(come_to(driver, [&] { return driver.model.step.ready(); }));
}

/// What the tab says after a run in which each worker goes on as long as it can.
std::string said_after_a_good_run(Driver& driver) {
  REQUIRE(come_to(driver, [&] { return driver.model.step.ready(); }));
  driver.model.apply(ChoosePolicy{PolicyKind::first});
  driver.model.apply(Action::run_or_pause);
  REQUIRE(come_to(driver, [&] { return driver.model.run.end() != nullptr; }));
  REQUIRE(driver.model.run.end()->outcome == Outcome::ok);
  return driver.widget("findings.good").label;
}

}  // namespace

TEST_CASE("beside a proof no run is said to have been luck") {
  Driver driver;
  start(driver, "lock");
  CHECK(driver.model.verdict() == nullptr);
  search(driver, Action::prove);
  REQUIRE(driver.model.verdict() != nullptr);
  const SearchVerdict proof = *driver.model.verdict();
  CHECK_FALSE(proof.fails);
  CHECK(said_after_a_good_run(driver) ==
        driver.gui.ui().tr_count("findings.good.proven", static_cast<std::int64_t>(proof.schedules)));
}

TEST_CASE("a proof holds for its variant and its numbers only") {
  Driver driver;
  start(driver, "lock");
  search(driver, Action::prove);
  driver.model.apply(ChooseParam{"customers", "2"});
  CHECK(driver.model.verdict() == nullptr);
  CHECK(said_after_a_good_run(driver) == driver.gui.ui().tr("findings.good.text"));
  driver.model.apply(ChooseParam{"customers", "3"});
  CHECK(driver.model.verdict() != nullptr);
  driver.model.apply(ChooseVariant{"no-lock"});
  CHECK(driver.model.verdict() == nullptr);
}

TEST_CASE("after a failure was found, a run that goes well is said to be one of several ways") {
  Driver driver;
  start(driver, "no-lock");
  search(driver, Action::find_bug);
  REQUIRE(driver.model.verdict() != nullptr);
  CHECK(driver.model.verdict()->fails);
  driver.model.apply(Action::restart);
  const std::string said = said_after_a_good_run(driver);
  CHECK(said == driver.gui.ui().tr("findings.good.fails"));
}

TEST_CASE("a proof with other numbers than a live run's says with which it holds") {
  Driver driver;
  start(driver, "lock");
  search(driver, Action::prove);
  driver.model.apply(SetMode{RunMode::live});
  driver.model.apply(SetSpeed{kMaxSpeed});
  driver.model.apply(Action::run_or_pause);
  REQUIRE(come_to(driver, [&] { return driver.model.run.end() != nullptr; }));
  CHECK(says(driver.widget("findings.good").label, "customers 3 · tickets 1"));
}
