#include "core/scenario/learning_path.hpp"

#include <algorithm>
#include <map>

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

constexpr std::string_view kSmall = R"(# A path

For whom
it is.

## Part one

Its goal.

- deadlock, 8 min, predict, break: Close
  the ring.
- hotdog, 12 min, explain：吃
  热狗。
)";

/// Calls `test` with each path in each language.
template <class Test>
void for_each_path(Test test) {
  for (const std::string_view id : kPaths) {
    for (const std::string_view language : {"en", "zh"}) {
      INFO(id << " " << language << ": " << learning_path(id, language).intro);  // says why it does not parse
      test(learning_path(id, language));
    }
  }
}

bool has_variant(const Scenario& scenario, bool failing) {
  return std::ranges::any_of(scenario.variants,
                             [&](const Variant& v) { return (v.verdict != Verdict::ok) == failing; });
}

}  // namespace

TEST_CASE("a path is read with its parts, minutes, tasks and texts") {
  std::string error;
  const auto path = parse_path(kSmall, error);
  REQUIRE(error.empty());
  REQUIRE(path);
  CHECK(path->title == "A path");
  CHECK(path->intro == "For whom it is.");
  REQUIRE(path->parts.size() == 1);
  CHECK(path->parts[0].title == "Part one");
  CHECK(path->parts[0].goal == "Its goal.");
  REQUIRE(path->steps().size() == 2);
  const PathStep& first = *path->steps()[0];
  CHECK(first.scenario == "deadlock");
  CHECK(first.minutes == 8);
  CHECK(first.tasks == std::vector{Task::predict, Task::break_it});
  CHECK(first.text == "Close the ring.");
  CHECK(path->steps()[1]->text == "吃热狗。");
  CHECK(path->minutes() == 20);
}

TEST_CASE("a malformed path is told by its line") {
  const std::map<std::string, std::string> wrong{
      {"text", "line 1: a path begins"},
      {"# A\n# B", "line 2: a path has one title"},
      {"# A\n### x", "line 2: a heading is"},
      {"# A\n- x, 5 min, predict: y", "line 2: a step before"},
      {"# A\nx\n## P\nq\n- x, 5 min, predict", "line 5: \"- id, 8 min"},
      {"# A\nx\n## P\nq\n- x, 0 min, predict: y", "line 5: a step takes 1 min to 60 min"},
      {"# A\nx\n## P\nq\n- x, five, predict: y", "line 5: a step takes"},
      {"# A\nx\n## P\nq\n- x, 5 min, guess: y", "line 5: \"guess\" is not"},
      {"# A\nx\n## P\nq\n- x, 5 min, prove, break: y", "line 5: the order is"},
      {"# A\nx\n## P\nq\n- x, 5 min, prove, prove: y", "line 5: the order is"},
      {"# A\nx\n## P\nq\n- x, 5 min: y", "line 5: a step has a task"},
      {"# A\nx\n## P\n## Q", "line 4: a part without a goal"},
      {"# A\nx\n## P\nq\n## Q", "line 5: a part without steps"},
      {"# A\nx", "line 2: a path has at least one part"},
  };
  for (const auto& [text, sentence] : wrong) {
    std::string error;
    INFO(text);
    CHECK_FALSE(parse_path(text, error));
    CHECK(error.starts_with(sentence));
  }
}

TEST_CASE("both languages of a path have the same steps") {
  for (const std::string_view id : kPaths) {
    const LearningPath& en = learning_path(id, "en");
    const LearningPath& zh = learning_path(id, "zh");
    REQUIRE(en.parts.size() == zh.parts.size());
    for (std::size_t i = 0; i < en.parts.size(); ++i) {
      REQUIRE(en.parts[i].steps.size() == zh.parts[i].steps.size());
      for (std::size_t k = 0; k < en.parts[i].steps.size(); ++k) {
        const PathStep& a = en.parts[i].steps[k];
        const PathStep& b = zh.parts[i].steps[k];
        INFO(id << " " << a.scenario);
        CHECK(a.scenario == b.scenario);
        CHECK(a.minutes == b.minutes);
        CHECK(a.tasks == b.tasks);
      }
    }
  }
}

TEST_CASE("the steps of a path exist, each once, with tasks that can be done") {
  for_each_path([](const LearningPath& path) {
    REQUIRE_FALSE(path.parts.empty());
    std::map<std::string, int> seen;
    for (const PathStep* step : path.steps()) {
      INFO(step->scenario);
      const Scenario* scenario = find_scenario(step->scenario);
      REQUIRE(scenario != nullptr);
      CHECK(++seen[step->scenario] == 1);
      for (const Task task : step->tasks) {
        if (task == Task::break_it) CHECK(has_variant(*scenario, true));
        if (task == Task::prove) CHECK(has_variant(*scenario, false));
      }
      CHECK(std::ranges::count(step->tasks, Task::predict) == 1);
    }
  });
}

TEST_CASE("the lecture has six scenarios in 45 minutes") {
  const LearningPath& lecture = learning_path("lecture", "en");
  CHECK(lecture.steps().size() == 6);
  CHECK(lecture.minutes() == 45);
}

TEST_CASE("the week has seven days of three to seven scenarios, and at most two hours a day") {
  const LearningPath& week = learning_path("week", "en");
  CHECK(week.parts.size() == 7);
  for (const PathPart& day : week.parts) {
    INFO(day.title);
    CHECK(day.steps.size() >= 3);
    CHECK(day.steps.size() <= 7);
    CHECK(day.minutes() <= 120);
  }
}

TEST_CASE("the week covers every scenario, and breaks what can fail") {
  const auto steps = learning_path("week", "en").steps();
  for (const Scenario* scenario : all_scenarios()) {
    INFO(scenario->id << ": add it to assets/paths/week.en.md and week.zh.md");
    const auto step = std::ranges::find(steps, scenario->id, &PathStep::scenario);
    REQUIRE(step != steps.end());
    CHECK(std::ranges::count((*step)->tasks, Task::break_it) == (has_variant(*scenario, true) ? 1 : 0));
    CHECK(std::ranges::count((*step)->tasks, Task::understand) == 1);
  }
}

TEST_CASE("there is no path of another name") {
  CHECK(is_path("week"));
  CHECK_FALSE(is_path(""));
  CHECK_FALSE(is_path("month"));
  CHECK(learning_path("month", "en").parts.empty());
}
