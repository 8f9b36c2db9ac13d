// What holds for every scenario of the catalogue, whoever writes it.
#include <fmt/format.h>
#include <algorithm>
#include <set>

#include "core/scenario/lesson.hpp"
#include "core/scenario/scenario.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

namespace {

bool is_failing(Outcome outcome) { return outcome != Outcome::ok && outcome != Outcome::stopped; }

const OutcomeRow* row(const Variant& variant, Outcome outcome) {
  const auto found = std::ranges::find(variant.outcomes, outcome, &OutcomeRow::outcome);
  return found == variant.outcomes.end() ? nullptr : &*found;
}

Expectation expectation(const Variant& variant, Outcome outcome) {
  const OutcomeRow* found = row(variant, outcome);
  return found == nullptr ? Expectation::forbidden : found->expect;
}

template <class Range>
std::set<std::string> names(const Range& range) {
  std::set<std::string> result;
  for (const auto& element : range)
    result.emplace(element.name);
  return result;
}

template <class Map>
std::set<std::string> keys(const Map& map) {
  std::set<std::string> result;
  for (const auto& [key, value] : map)
    result.insert(key);
  return result;
}

/// Calls `test` for each scenario.
template <class Test>
void for_each_scenario(Test test) {
  REQUIRE_FALSE(all_scenarios().empty());
  for (const Scenario* scenario : all_scenarios()) {
    INFO(scenario->id);
    test(*scenario);
  }
}

template <class Test>
void for_each_variant(Test test) {
  for_each_scenario([&](const Scenario& scenario) {
    for (const Variant& variant : scenario.variants) {
      INFO(variant.name);
      test(scenario, variant);
    }
  });
}

template <class Test>
void for_each_lesson(Test test) {
  for_each_scenario([&](const Scenario& scenario) {
    for (const std::string_view language : {"en", "zh"}) {
      INFO(language);
      test(scenario, lesson(scenario.id, language));
    }
  });
}

}  // namespace

TEST_CASE("scenarios_come_by_chapter_and_position_without_a_clash") {
  std::set<std::pair<Chapter, int>> places;
  for_each_scenario([&](const Scenario& scenario) {
    REQUIRE(scenario.position >= 1);
    REQUIRE(places.emplace(scenario.chapter, scenario.position).second);
    REQUIRE(find_scenario(scenario.id) == &scenario);
    REQUIRE(scenario.main != nullptr);
  });
  REQUIRE(std::ranges::is_sorted(all_scenarios(), {},
                                 [](const Scenario* s) { return std::pair(s->chapter, s->position); }));
}

TEST_CASE("related_scenarios_exist_and_are_others") {
  for_each_scenario([](const Scenario& scenario) {
    REQUIRE((1 <= scenario.difficulty && scenario.difficulty <= 3));
    REQUIRE_FALSE(scenario.related.empty());
    std::set<std::string_view> seen{scenario.id};
    for (const std::string_view id : scenario.related) {
      INFO(id);
      REQUIRE(find_scenario(id) != nullptr);
      REQUIRE(seen.insert(id).second);
    }
  });
}

TEST_CASE("every_scenario_is_linked_from_another") {
  std::set<std::string_view> linked;
  for_each_scenario(
      [&](const Scenario& scenario) { linked.insert(scenario.related.begin(), scenario.related.end()); });
  for_each_scenario([&](const Scenario& scenario) { REQUIRE(linked.contains(scenario.id)); });
}

TEST_CASE("params_have_sane_ranges") {
  for_each_scenario([](const Scenario& scenario) {
    REQUIRE(names(scenario.params).size() == scenario.params.size());
    for (const Param& param : scenario.params) {
      INFO(param.name);
      REQUIRE(param.min >= 0);
      REQUIRE(param.min < param.max);
      REQUIRE(param.max <= 1'000'000);
      REQUIRE((param.min <= param.value && param.value <= param.max));
      REQUIRE((param.min <= param.step_value && param.step_value <= param.max));
      // Smaller than live; but some failures take two workers.
      REQUIRE(param.step_value <= std::max<std::int64_t>(param.value, 2));
    }
  });
}

TEST_CASE("each_outcome_has_one_row_with_a_sentence_in_both_languages") {
  for_each_variant([](const Scenario& scenario, const Variant& variant) {
    REQUIRE(names(scenario.variants).size() == scenario.variants.size());
    std::set<Outcome> seen;
    for (const OutcomeRow& each : variant.outcomes) {
      INFO(name_of(each.outcome));
      REQUIRE(seen.insert(each.outcome).second);
      REQUIRE(each.why_en.ends_with("."));
      REQUIRE(each.why_zh.ends_with("。"));
    }
  });
}

TEST_CASE("outcome_tables_agree_with_their_verdicts") {
  for_each_variant([](const Scenario&, const Variant& variant) {
    bool may_fail = false;
    bool must_fail = false;
    for (const OutcomeRow& each : variant.outcomes) {
      if (!is_failing(each.outcome)) continue;
      may_fail = may_fail || each.expect != Expectation::forbidden;
      must_fail = must_fail || each.expect == Expectation::required;
    }
    const Expectation ok = expectation(variant, Outcome::ok);
    switch (variant.verdict) {
      case Verdict::ok:
        REQUIRE_FALSE(may_fail);
        REQUIRE(ok == Expectation::required);
        break;
      case Verdict::can_fail:
        REQUIRE(must_fail);
        REQUIRE(ok != Expectation::forbidden);
        break;
      case Verdict::always_fails:
        REQUIRE(must_fail);
        REQUIRE(ok == Expectation::forbidden);
        break;
    }
  });
}

TEST_CASE("each_scenario_has_all_its_texts_in_both_languages") {
  for_each_lesson([](const Scenario& scenario, const Lesson& text) {
    INFO(text.goal);  // says why, if the text does not parse
    REQUIRE(text.title != scenario.id);
    REQUIRE(keys(text.variants) == names(scenario.variants));
    REQUIRE(keys(text.params) == names(scenario.params));
    REQUIRE(text.hints.size() == 3);
    REQUIRE(text.watch.size() >= 2);
    for (const Variant& variant : scenario.variants) {
      INFO(variant.name);
      const Prediction* question = text.prediction(variant.name);
      REQUIRE(question != nullptr);
      REQUIRE(question->choices.size() == 3);
      REQUIRE(question->right < question->choices.size());
      REQUIRE(text.explanation(variant.name) != nullptr);
    }
  });
}

TEST_CASE("questions_and_explanations_are_about_variants_that_exist") {
  for_each_lesson([](const Scenario& scenario, const Lesson& text) {
    for (const auto& name : keys(text.predictions))
      REQUIRE((name.empty() || scenario.variant(name) != nullptr));
    for (const auto& name : keys(text.explanations))
      REQUIRE((name.empty() || scenario.variant(name) != nullptr));
    for (const auto& name : keys(text.step_goals))
      REQUIRE((name.empty() || scenario.variant(name) != nullptr));
  });
}

TEST_CASE("both_languages_tell_the_same_story") {
  for_each_scenario([](const Scenario& scenario) {
    const Lesson& en = lesson(scenario.id, "en");
    const Lesson& zh = lesson(scenario.id, "zh");
    REQUIRE(keys(en.predictions) == keys(zh.predictions));
    REQUIRE(keys(en.explanations) == keys(zh.explanations));
    REQUIRE(keys(en.step_goals) == keys(zh.step_goals));
    REQUIRE(en.hints.size() == zh.hints.size());
    REQUIRE(en.watch.size() == zh.watch.size());
    for (const auto& [variant, question] : en.predictions) {
      INFO(variant);
      REQUIRE(question.choices.size() == zh.predictions.at(variant).choices.size());
      REQUIRE(question.right == zh.predictions.at(variant).right);
    }
  });
}

TEST_CASE("the_right_choice_does_not_give_itself_away_by_its_place") {
  std::set<std::size_t> places;
  for_each_scenario([&](const Scenario& scenario) {
    for (const auto& [variant, question] : lesson(scenario.id, "en").predictions)
      places.insert(question.right);
  });
  REQUIRE(places.size() == 3);
}
