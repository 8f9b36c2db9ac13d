// Step mode as commands, with real runs: choose, back, another way, run to a synchronization, on to a
// finding.
#include <algorithm>
#include <chrono>
#include <thread>

#include "app/model/app_model.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {

using std::chrono::steady_clock;

class Stepping {
 public:
  Stepping(const std::string& id, const std::string& variant) {
    model.apply(ChooseScenario{id});
    model.apply(ChooseVariant{variant});
    model.apply(SetMode{RunMode::step});
    settle();
  }

  AppModel model;

  /// Until the run stands still. False if it never does.
  bool settle() {
    const auto deadline = steady_clock::now() + std::chrono::seconds(40);
    do {
      if (steady_clock::now() > deadline) return false;
      model.update(0.01);
      std::this_thread::yield();
    } while (!model.step.ready());
    return true;
  }
  void go(WorkerId worker) {
    model.apply(LetGo{worker, false});
    REQUIRE(settle());
  }
  void run_on(WorkerId worker) {
    model.apply(LetGo{worker, true});
    REQUIRE(settle());
  }
  void act(Action action) {
    model.apply(action);
    REQUIRE(settle());
  }
  const StepCard& card(WorkerId worker) {
    const auto& cards = model.cards();
    const auto it = std::ranges::find(cards, worker, &StepCard::worker);
    REQUIRE(it != cards.end());
    return *it;
  }
  std::uint32_t position() const { return model.step.position(); }
  bool found(FindingKind kind) const {
    return std::ranges::any_of(model.run.findings(), [&](const Finding& f) { return f.kind == kind; });
  }
};

}  // namespace

TEST_CASE("step mode opens where everybody has begun, and restart returns there") {
  Stepping s("ticket-lock", "no-lock");
  REQUIRE(s.model.step.ready());
  CHECK(s.model.cards().size() == 4);
  const std::uint32_t home = s.position();
  CHECK(home > 0);
  CHECK(s.card(1).hindrance == Hindrance::none);
  CHECK(s.card(0).hindrance == Hindrance::by_hand);  // main waits for the first to end
  s.go(1);
  s.go(2);
  CHECK(s.position() == home + 2);
  s.act(Action::restart);
  CHECK(s.position() == home);
  CHECK(s.model.step.planned() == Choice{1, false, 0});
}

TEST_CASE("back returns to the step before, and another choice opens another branch") {
  Stepping s("ticket-lock", "no-lock");
  const std::uint32_t home = s.position();
  s.go(1);
  s.go(1);
  const std::size_t tried = s.model.run.stepped()->tree().size();
  s.act(Action::step_back);
  CHECK(s.position() == home + 1);
  CHECK(s.model.step.length() == home + 2);
  s.go(2);
  CHECK(s.position() == home + 2);
  CHECK(s.model.step.length() == home + 2);
  CHECK(s.model.run.stepped()->tree().size() == tried + 1);
  s.act(Action::step_back);
  s.act(Action::step_forward);
  CHECK(s.model.run.stepped()->choices().back() == Choice{2, false, 0});
}

TEST_CASE("a chosen seed goes on the same way each time, by every policy") {
  Stepping s("ticket-lock", "no-lock");
  s.model.apply(ChooseSeed{5});
  for (const PolicyKind kind : {PolicyKind::random, PolicyKind::pct, PolicyKind::pos}) {
    INFO(name_of(kind));
    s.model.apply(ChoosePolicy{kind});
    s.act(Action::restart);
    s.act(Action::run_or_pause);
    const std::vector<Choice> first = s.model.run.stepped()->choices();
    REQUIRE(s.position() == first.size());
    s.act(Action::restart);
    s.act(Action::run_or_pause);
    CHECK(s.model.run.stepped()->choices() == first);
  }
}

TEST_CASE("a worker that would wait is told apart, and by its key begins to wait") {
  Stepping s("ticket-lock", "lock");
  s.run_on(1);  // before the lock
  s.go(1);
  s.run_on(2);
  REQUIRE(s.card(2).hindrance == Hindrance::by_hand);
  const std::uint32_t before = s.position();
  s.go(2);
  CHECK(s.position() == before + 1);
  CHECK(s.card(2).hindrance == Hindrance::waits);
  s.go(2);  // only says why
  CHECK(s.position() == before + 1);
  CHECK(s.model.notices.size() == 1);
}

TEST_CASE("who can never move again is named while others go on, and no card looks for a failure then") {
  Stepping s("with-statement", "exception-without-with");
  const std::uint32_t home = s.position();
  while (s.card(1).hindrance != Hindrance::has_ended) {
    CHECK_FALSE(s.found(FindingKind::stuck));
    CHECK(s.card(1).mark != CardMark::none);
    s.go(1);  // takes the lock and ends without releasing it
  }
  REQUIRE(s.found(FindingKind::stuck));
  CHECK(s.position() > home);
  CHECK(s.model.run.stepped()->phase() == RunPhase::paused);
  CHECK(s.card(0).hindrance == Hindrance::none);
  CHECK(s.card(0).mark == CardMark::none);
  CHECK(s.card(2).hindrance == Hindrance::waits);
  // Its evidence, of which the wait lies in the step where the run stands.
  const std::vector<EventIndex> evidence = s.model.run.findings().back().events;
  s.model.apply(SelectEvent{evidence.front()});
  CHECK_FALSE(s.model.at_newest());
  s.model.apply(SelectEvent{evidence.back()});
  CHECK(s.model.at_newest());
  CHECK(s.model.selection.event == evidence.back());
}

TEST_CASE("a looked-at step is where the next choice goes on from") {
  Stepping s("ticket-lock", "no-lock");
  const std::uint32_t home = s.position();
  for (int i = 0; i < 3; ++i)
    s.go(1);
  s.model.apply(MovePlayhead{static_cast<RunTime>(home + 1) * kStepTime});
  CHECK(s.model.looked_step() == home + 1);
  CHECK(s.position() == home + 3);
  s.go(2);
  CHECK(s.position() == home + 2);
  CHECK(s.model.at_newest());
  CHECK(s.model.run.stepped()->choices().back() == Choice{2, false, 0});
}

TEST_CASE("a place of the branch that lies ahead is run to") {
  Stepping s("ticket-lock", "no-lock");
  const std::uint32_t home = s.position();
  for (int i = 0; i < 4; ++i)
    s.go(1);
  s.act(Action::restart);
  s.model.apply(MovePlayhead{static_cast<RunTime>(home + 3) * kStepTime});
  REQUIRE(s.settle());
  CHECK(s.position() == home + 3);
  CHECK(s.model.at_newest());
}

TEST_CASE("a stepped run draws what the explorer draws") {
  Stepping s("ticket-lock", "no-lock");
  CHECK(s.model.run.stepped()->request().seed == s.model.explore_request(ExploreGoal::find).options.seed);
  CHECK(s.model.explore_request(ExploreGoal::find).options.seed == ExploreOptions{}.seed);
}

TEST_CASE("running until a finding ends with one, and its schedule leads there again") {
  Stepping s("deadlock", "opposite-order");
  for (int i = 0; i < 60 && !s.found(FindingKind::deadlock_cycle); ++i) {
    s.act(Action::to_finding);
    if (!s.model.step.can_move() && !s.found(FindingKind::deadlock_cycle)) s.act(Action::restart);
    if (s.model.step.planned()) s.act(Action::run_or_pause);
  }
  REQUIRE(s.found(FindingKind::deadlock_cycle));
  const auto schedule = s.model.schedule();
  REQUIRE(schedule);
  AppModel other;
  other.apply(LoadSchedule{to_text(*schedule)});
  const auto deadline = steady_clock::now() + std::chrono::seconds(40);
  while (!other.step.ready() && steady_clock::now() < deadline)
    other.update(0.01);
  CHECK(other.mode() == RunMode::step);
  CHECK(other.step.position() == schedule->choices.size());
  CHECK(outcome_of(other.run.findings()) == Outcome::deadlock);
}

TEST_CASE("to the cursor: the marked line, from where the learner looks, or the step looked at") {
  Stepping s("ticket-lock", "lock");
  const std::uint32_t home = s.position();
  const auto last_notice = [&] { return s.model.notices.empty() ? "" : s.model.notices.back().text; };
  s.act(Action::to_cursor);
  CHECK(last_notice() == "Click a line number in the code, or a moment on the timeline; U then goes there.");
  CHECK(s.position() == home);

  const int line = s.card(1).line;  // they stand there already: the next one to come is past its first read
  s.go(1);
  const int next = s.card(1).line;
  REQUIRE(next != line);
  s.model.apply(MarkLine{next});
  s.act(Action::to_cursor);
  CHECK((s.card(2).line == next || s.card(3).line == next));
  CHECK(last_notice().starts_with("Line " + std::to_string(next) + ": Customer "));

  // Looking back, it goes on from there: to where the first came.
  s.model.apply(MovePlayhead{static_cast<RunTime>(home) * kStepTime});
  s.act(Action::to_cursor);
  CHECK(s.position() == home + 1);
  CHECK(s.model.at_newest());

  s.model.apply(MarkLine{1});
  s.act(Action::to_cursor);
  CHECK(last_notice() == "The run has ended. On this way nobody came to line 1.");
  s.act(Action::to_cursor);
  CHECK(last_notice().starts_with("Nobody can go on any more."));

  s.model.apply(MarkLine{0});
  s.model.apply(MovePlayhead{static_cast<RunTime>(home + 2) * kStepTime});
  s.act(Action::to_cursor);
  CHECK(s.position() == home + 2);
}

TEST_CASE("a run to a line stops where something is found, and says what") {
  Stepping s("ticket-lock", "no-lock");
  s.model.apply(MarkLine{1});
  for (int i = 0; i < 60 && outcome_of(s.model.run.findings()) == Outcome::ok; ++i) {
    s.act(Action::restart);
    if (s.model.step.planned()) s.act(Action::run_or_pause);
    s.act(Action::restart);
    s.act(Action::to_cursor);
  }
  REQUIRE(outcome_of(s.model.run.findings()) != Outcome::ok);
  CHECK(s.model.notices.back().text.find("because something was found") != std::string::npos);
  CHECK(s.model.run.phase() != RunPhase::ended);
}

TEST_CASE("a schedule's text that is cut gets a sentence and changes nothing") {
  Stepping s("ticket-lock", "no-lock");
  s.go(1);
  const std::uint32_t before = s.position();
  const std::string text = to_text(*s.model.schedule());
  s.model.apply(LoadSchedule{text.substr(0, text.size() - 3)});
  CHECK(s.model.notices.size() == 1);
  CHECK(s.model.notices.front().error);
  CHECK(s.position() == before);
}

TEST_CASE("step mode has numbers of its own, and live mode gets its back") {
  AppModel model;
  model.apply(ChooseScenario{"ticket-lock"});
  const auto live = model.params();
  model.apply(SetMode{RunMode::step});
  CHECK(model.params() != live);
  model.apply(ChooseParam{"customers", "2"});
  CHECK(model.params().at("customers") == "2");
  model.apply(SetMode{RunMode::live});
  CHECK(model.params() == live);
  CHECK_FALSE(model.step.active());
  CHECK_FALSE(model.run.has_run());
}
