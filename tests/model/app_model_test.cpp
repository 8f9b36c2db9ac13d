#include "app/model/app_model.hpp"

#include "app/model/lesson_names.hpp"
#include "app/model/lesson_state.hpp"
#include "core/scenario/availability.hpp"
#include "tests/catch.hpp"
#include "tests/model/second.hpp"
#include "tests/trace/random_trace.hpp"

using namespace lockstep;
using test::kSecond;
using test::RandomTrace;
using test::TraceBuilder;

namespace {

TraceStore random_store(std::uint32_t seed, EventIndex events) {
  RandomTrace random(seed, 5);
  random.grow(events);
  return random.builder().take();
}

/// The events among which next and previous go, the slow way.
std::vector<EventIndex> chosen(const AppModel& model) {
  std::vector<EventIndex> result;
  const TraceStore& store = model.run.store();
  for (EventIndex i = 0; i < store.size(); ++i) {
    const bool by_worker = model.selection.worker == kNoWorker || store[i].worker == model.selection.worker;
    const bool by_object = model.selection.object == kNoObject || store[i].object == model.selection.object;
    if (by_worker && by_object) result.push_back(i);
  }
  return result;
}

}  // namespace

TEST_CASE("without a run there is a moment, and nothing to step through") {
  AppModel model;
  CHECK(model.moment() == 0);
  CHECK(model.at_newest());
  CHECK(model.state().workers.empty());
  CHECK(model.worker(3).state == WorkerState::created);
  for (const Action action : {Action::restart, Action::stop, Action::next_event, Action::previous_event,
                              Action::step_forward, Action::to_waker, Action::to_woken, Action::go_back}) {
    CHECK_FALSE(model.can(action));
    model.apply(action);
  }
  CHECK_FALSE(model.run.has_run());
}

TEST_CASE("the moment is the newest until a playhead is set, and again after following") {
  AppModel model;
  model.run.show(random_store(1, 500));
  model.update(0);
  CHECK(model.moment() == 500);
  const RunTime middle = model.run.now() / 2;
  model.apply(MovePlayhead{middle});
  CHECK(model.moment() == model.run.store().index_at(middle));
  CHECK(model.moment_time() == middle);
  CHECK_FALSE(model.at_newest());
  model.apply(Action::follow_newest);
  CHECK(model.moment() == 500);
  model.apply(MovePlayhead{model.run.now() + kSecond});  // beyond the end is the newest
  CHECK(model.at_newest());
  model.apply(MovePlayhead{-5});
  CHECK(model.moment_time() == 0);
}

TEST_CASE("the state follows the moment") {
  AppModel model;
  model.run.show(random_store(2, 400));
  for (const EventIndex event : {EventIndex{0}, EventIndex{17}, EventIndex{399}, EventIndex{200}}) {
    model.apply(SelectEvent{event});
    REQUIRE(model.moment() == event + 1);
    Moment expected;
    model.run.store().moment_after(event + 1, expected);
    for (WorkerId w = 0; w < expected.workers.size(); ++w) {
      CHECK(model.worker(w).state == expected.workers[w].state);
      CHECK(model.worker(w).last_event == expected.workers[w].last_event);
    }
  }
}

TEST_CASE("next and previous visit exactly the events of what is selected") {
  for (std::uint32_t seed = 0; seed < 12; ++seed) {
    AppModel model;
    model.run.show(random_store(seed, 300));
    if (seed % 3 == 1) model.apply(SelectWorker{2});
    if (seed % 3 == 2) model.apply(SelectObject{7});
    const std::vector<EventIndex> expected = chosen(model);

    model.apply(Action::first_moment);
    model.timeline.set_playhead({0, 0});
    std::vector<EventIndex> visited;
    while (model.can(Action::next_event)) {
      model.apply(Action::next_event);
      visited.push_back(model.selection.event);
      REQUIRE(visited.size() <= expected.size());
    }
    CHECK(visited == expected);

    std::vector<EventIndex> back;
    while (model.can(Action::previous_event)) {
      model.apply(Action::previous_event);
      back.insert(back.begin(), model.selection.event);
      REQUIRE(back.size() <= expected.size());
    }
    if (!expected.empty()) back.push_back(expected.back());
    CHECK(back == expected);
  }
}

TEST_CASE("stepping goes through all events whatever is selected") {
  AppModel model;
  model.run.show(random_store(3, 50));
  model.apply(SelectWorker{1});
  model.timeline.set_playhead({0, 0});
  for (EventIndex i = 0; i < 50; ++i) {
    model.apply(Action::step_forward);
    CHECK(model.selection.event == i);
  }
  CHECK_FALSE(model.can(Action::step_forward));
}

TEST_CASE("from a woken worker to its waker and back") {
  TraceBuilder t;
  const WorkerId a = t.running("A"), b = t.running("B");
  const ObjectId lock = t.lock();
  t.acquire(a, lock);
  t.block(b, lock, EventKind::acquire);
  const EventIndex release = t.release(a, lock);
  const EventIndex acquire = t.acquire(b, lock);
  AppModel model;
  model.run.show(t.take());
  model.apply(SelectEvent{acquire});
  model.apply(Action::to_waker);
  CHECK(model.selection.event == release);
  CHECK(model.selection.worker == a);
  model.apply(Action::to_woken);
  CHECK(model.selection.event == acquire);
  CHECK(model.selection.worker == b);
}

TEST_CASE("a command that is sent is carried out between frames, in order") {
  AppModel model;
  model.send(SetFontScale{2});
  model.send(Action::language);
  CHECK(model.settings.font_scale == 1);
  model.apply_sent();
  CHECK(model.settings.font_scale == 2);
  CHECK(model.settings.language == Language::zh);
}

TEST_CASE("values from outside are brought into their range") {
  AppModel model;
  model.apply(SetSpeed{1e9});
  CHECK(model.settings.speed == kMaxSpeed);
  model.apply(SetSpeed{0});
  CHECK(model.settings.speed == kMinSpeed);
  model.apply(SetSpeed{std::nan("")});
  CHECK(model.settings.speed == kMinSpeed);
  model.apply(SetFontScale{100});
  CHECK(model.settings.font_scale == kMaxFontScale);
  model.apply(SetOperationPause{-3});
  CHECK_FALSE(model.slow_motion());
  model.apply(SelectEvent{12345});
  CHECK(model.selection.event == kNoEvent);
  model.apply(ChooseScenario{"no-such-thing"});
  CHECK(model.notices.size() == 1);
  CHECK(model.notices[0].error);
}

TEST_CASE("closing goes from the top: overlay, notice, measure, selection") {
  AppModel model;
  model.overlays.help = true;
  model.notify("x");
  model.timeline.measure = TimeRange{1, 2};
  model.selection.worker = 1;
  model.apply(Action::close);
  CHECK_FALSE(model.overlays.help);
  CHECK(model.notices.size() == 1);
  model.apply(Action::close);
  CHECK(model.notices.empty());
  model.apply(Action::close);
  CHECK_FALSE(model.timeline.measure);
  CHECK(model.selection.worker == 1);
  model.apply(Action::close);
  CHECK(model.selection == Selection{});
}

TEST_CASE("notices go away by themselves") {
  AppModel model;
  model.notify("same");
  model.notify("same");
  CHECK(model.notices.size() == 1);
  CHECK_FALSE(model.update(1));
  CHECK(model.update(20));
  CHECK(model.notices.empty());
}

TEST_CASE("a prediction is made once, for its variant") {
  AppModel model;
  if (!model.scenario()) return;  // built without scenarios
  model.apply(Predict{1});
  model.apply(Predict{0});
  const auto& predictions = model.progress(model.scenario()->id).predictions;
  CHECK(predictions.at(std::string(model.variant()->name)) == 1);
}

TEST_CASE("what was chosen for a scenario is there again after another one") {
  const auto all = all_scenarios();
  if (all.size() < 2) return;  // built without scenarios
  AppModel model;
  for (const Scenario* scenario : all) {
    model.apply(ChooseScenario{std::string(scenario->id)});
    model.apply(ChooseVariant{std::string(scenario->variants.back().name)});
    for (const Param& param : scenario->params) {
      model.apply(ChooseParam{std::string(param.name), std::to_string(param.max)});
    }
  }
  AppModel again(settings_from_json(to_json(model.settings)).settings);
  for (const Scenario* scenario : all) {
    again.apply(ChooseScenario{std::string(scenario->id)});
    CHECK(again.variant() == &scenario->variants.back());
    CHECK(again.params_error().empty() == (reason_unavailable(scenario->id) == nullptr));
    for (const Param& param : scenario->params) {
      CHECK(again.params().at(std::string(param.name)) == std::to_string(param.max));
    }
  }
}

TEST_CASE("numbers that a question names are told where others are chosen, and no other ones") {
  const auto asked = [](const char* scenario, const char* variant, const char* param, const char* value) {
    AppModel model;
    model.apply(ChooseScenario{scenario});
    model.apply(ChooseVariant{variant});
    CHECK(lesson_state(model).asked_for.empty());
    model.apply(ChooseParam{param, value});
    return lesson_state(model).asked_for;
  };
  CHECK(asked("pool-apply-async", "apply-async", "tasks", "3") == "tasks 5");
  CHECK(asked("manager-dict", "no-lock", "processes", "2") == "processes and count 100");
  CHECK(asked("pipe", "recv-on-closed", "numbers", "2").empty());
  CHECK(asked("pipe", "close-unused-ends", "numbers", "2").empty());
}

TEST_CASE("a number that a question names is not named a second time") {
  AppModel model;
  if (!find_scenario("condition-buffer")) return;  // built without it
  model.apply(ChooseScenario{"condition-buffer"});
  model.apply(ChooseVariant{"if"});
  model.apply(ChooseParam{"consumers", "2"});
  for (const Language language : {Language::en, Language::zh}) {
    model.apply(SetLanguage{language});
    const LessonState state = lesson_state(model);
    const std::string consumers = param_name(model.lesson(), "consumers");
    CHECK(state.prediction->question.find(consumers + " 2") != std::string::npos);
    CHECK(state.asked_for.empty());  // though a choice says "one consumer", and one is the param's own
  }
}

TEST_CASE("a param out of range gives a sentence, and nothing can be run") {
  AppModel model;
  for (const Scenario* scenario : all_scenarios()) {
    if (scenario->params.empty() || reason_unavailable(scenario->id)) continue;
    const Param& param = scenario->params.front();
    model.apply(ChooseScenario{std::string(scenario->id)});
    for (const std::string& value :
         {std::to_string(param.max + 1), std::to_string(param.min - 1), std::string("x")}) {
      model.apply(ChooseParam{std::string(param.name), value});
      CHECK_FALSE(model.params_error().empty());
      CHECK_FALSE(model.can(Action::run_or_pause));
    }
    model.apply(ChooseParam{std::string(param.name), std::to_string(param.min)});
    CHECK(model.params_error().empty());
  }
}
