// The tree of what was tried and the panel that shares a schedule, on a run in steps of real processes.
#include <chrono>

#include "core/schedule/schedule.hpp"
#include "tests/catch.hpp"
#include "tests/ui/driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// Frames until the run stands still. False if it never does.
bool settle(Driver& driver) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  do {
    if (std::chrono::steady_clock::now() > deadline) return false;
    driver.frames();
  } while (!driver.model.step.ready());
  driver.frames(2);
  return true;
}

void go(Driver& driver, WorkerId worker) {
  driver.model.apply(LetGo{worker, false});
  REQUIRE(settle(driver));
}

/// Ticket lock without a lock, in steps, all customers started.
void start(Driver& driver) {
  driver.model.apply(ChooseScenario{"ticket-lock"});
  driver.model.apply(ChooseVariant{"no-lock"});
  driver.model.apply(SetMode{RunMode::step});
  REQUIRE(settle(driver));
}

const SteppedRun& run_of(const Driver& driver) { return *driver.model.run.stepped(); }

std::string node_id(std::uint32_t node) { return "tried.node." + std::to_string(node); }

/// Types into the field that has the keyboard.
void paste(Driver& driver, const std::string& text) {
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
  driver.frames(3);
}

}  // namespace

TEST_CASE("a click in the tree of what was tried goes there, and the other way stays") {
  Driver driver;
  start(driver);
  const std::uint32_t fork = run_of(driver).tree_position();
  go(driver, 1);
  const std::uint32_t one = run_of(driver).tree_position();
  driver.model.apply(GoToNode{fork});
  REQUIRE(settle(driver));
  go(driver, 2);
  const std::uint32_t other = run_of(driver).tree_position();
  REQUIRE(one != other);

  driver.model.apply(OpenTab{"tried"});
  driver.frames(4);
  const WidgetBox first = driver.widget(node_id(one));
  const WidgetBox second = driver.widget(node_id(other));
  CHECK(second.y0 > first.y1);  // a row of its own
  CHECK(std::abs(second.x0 - first.x0) < 1);
  driver.click(node_id(one));
  REQUIRE(settle(driver));
  CHECK(run_of(driver).tree_position() == one);
  CHECK(run_of(driver).choices().back() == Choice{1, false, 0});
  CHECK(run_of(driver).tree().size() == other + 1);
  CHECK(driver.widgets().find(node_id(other)) != nullptr);
}

TEST_CASE("the tree of what was tried says in live mode what it is for") {
  Driver driver;
  driver.model.apply(OpenTab{"tried"});
  driver.frames(4);
  CHECK(driver.widgets().find("tab.tried") != nullptr);
  CHECK(driver.widgets().find(node_id(0)) == nullptr);
}

TEST_CASE("a schedule that is pasted is named in words and leads to the same step") {
  Driver driver;
  start(driver);
  go(driver, 1);
  go(driver, 2);
  const std::string text = to_text(*driver.model.schedule());
  const std::uint32_t position = run_of(driver).position();
  go(driver, 3);

  driver.model.apply(Action::paste_schedule);
  driver.frames(4);
  CHECK(driver.widget("share.mine").label == to_text(*driver.model.schedule()));
  CHECK_FALSE(driver.widget("share.load").enabled);
  paste(driver, text);
  REQUIRE(driver.widget("share.field").label == text);
  CHECK(driver.widget("share.load").enabled);
  CHECK_THAT(driver.widget("share.verdict").label, ContainsSubstring(std::to_string(position)));
  driver.click("share.load");
  REQUIRE(settle(driver));
  CHECK(run_of(driver).position() == position);
  CHECK_FALSE(driver.model.overlays.share);
}

TEST_CASE("a pasted text that is no schedule is told why, in the language of the window") {
  Driver driver;
  start(driver);
  go(driver, 1);
  std::string text = to_text(*driver.model.schedule());
  SECTION("cut") { text.resize(text.size() - 2); }
  SECTION("edited") { text.insert(text.find(':') + 2, "1 "); }
  SECTION("something else") { text = "print(1)"; }
  SECTION("another version") { text.replace(0, 3, "LS9"); }
  driver.model.apply(Action::paste_schedule);
  driver.frames(4);
  paste(driver, text);
  const ScheduleError error = std::get<ScheduleError>(parse_schedule(text));
  CHECK(driver.widget("share.verdict").label == in_english(error));
  CHECK_FALSE(driver.widget("share.load").enabled);
  driver.model.apply(SetLanguage{Language::zh});
  driver.frames(3);
  if (driver.gui.ui().language() == Language::zh)
    CHECK(driver.widget("share.verdict").label == in_chinese(error));
}
