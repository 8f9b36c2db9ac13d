#include "app/model/progress.hpp"

#include <random>

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

Scenario scenario_with(std::vector<Verdict> verdicts) {
  Scenario scenario;
  for (const Verdict verdict : verdicts) {
    scenario.variants.emplace_back();
    scenario.variants.back().verdict = verdict;
  }
  return scenario;
}

ProgressBook some() {
  ProgressBook book;
  book["hotdog"] = {.tried = true,
                    .broken = true,
                    .understood = true,
                    .proven = false,
                    .hints = 2,
                    .predictions = {{"joinable", 1}, {"no-ending", 0}}};
  book["of another version"] = {.proven = true, .predictions = {}};
  return book;
}

}  // namespace

TEST_CASE("progress survives being written and read, that of unknown scenarios too") {
  for (const ProgressBook& book : {ProgressBook{}, some()}) {
    const ReadProgress read = progress_from_json(to_json(book));
    CHECK_FALSE(read.damaged);
    CHECK(read.book == book);
  }
}

TEST_CASE("what is no progress at all is damaged") {
  for (const char* text : {"", "{", "[]", "42", "null", "{}", R"({"progress": 3})", R"({"progress": [1]})"}) {
    const ReadProgress read = progress_from_json(text);
    CHECK(read.damaged);
    CHECK(read.book.empty());
  }
}

TEST_CASE("one wrong member spoils nothing else") {
  for (const char* wrong : {R"("broken": 1)", R"("hints": -1)", R"("hints": 1e300)", R"("hints": "2")",
                            R"("predictions": [])", R"("predictions": {"a": 2, "b": 1.5})"}) {
    const ReadProgress read = progress_from_json(std::string(R"({"progress": {"x": {"tried": true, )") +
                                                 wrong + R"(}, "y": {"proven": true}}})");
    CHECK(read.damaged);
    CHECK(read.book.at("x").tried);
    CHECK(read.book.at("x").hints == 0);
    CHECK(read.book.at("y").proven);
  }
}

TEST_CASE("a progress text with any byte changed or cut is read without harm") {
  const std::string text = to_json(some());
  std::mt19937 random(4);
  for (int i = 0; i < 3000; ++i) {
    std::string broken = text;
    broken[std::uniform_int_distribution<std::size_t>(0, text.size() - 1)(random)] =
        static_cast<char>(std::uniform_int_distribution<int>(0, 255)(random));
    if (i % 3 == 0) broken.resize(std::uniform_int_distribution<std::size_t>(0, text.size())(random));
    for (const auto& [id, progress] : progress_from_json(broken).book) {
      CHECK(progress.hints >= 0);
      CHECK(progress.hints < 1000);
    }
  }
}

TEST_CASE("an explanation counts only after a prediction for the same variant") {
  ScenarioProgress progress;
  note_explanation(progress, "no-lock");
  CHECK_FALSE(progress.understood);
  note_prediction(progress, "with-lock", 1);
  note_explanation(progress, "no-lock");
  CHECK_FALSE(progress.understood);
  note_explanation(progress, "with-lock");
  CHECK(progress.understood);
}

TEST_CASE("the first prediction stays") {
  ScenarioProgress progress;
  note_prediction(progress, "no-lock", 2);
  note_prediction(progress, "no-lock", 0);
  CHECK(progress.predictions.at("no-lock") == 2);
}

TEST_CASE("only a variant that is right can be proven") {
  ScenarioProgress progress;
  Variant variant;
  for (const Verdict verdict : {Verdict::can_fail, Verdict::always_fails}) {
    variant.verdict = verdict;
    note_proof(progress, variant);
    CHECK_FALSE(progress.proven);
  }
  variant.verdict = Verdict::ok;
  note_proof(progress, variant);
  CHECK(progress.proven);
}

TEST_CASE("the stations follow each other up to the proof") {
  const Scenario scenario = scenario_with({Verdict::can_fail, Verdict::ok});
  ScenarioProgress progress;
  CHECK(furthest(progress) == Station::none);
  CHECK(next_station(progress, scenario) == Station::predicted);
  note_prediction(progress, "", 0);
  CHECK(furthest(progress) == Station::predicted);
  CHECK(next_station(progress, scenario) == Station::broken);
  note_failure(progress);
  CHECK(furthest(progress) == Station::broken);
  CHECK(next_station(progress, scenario) == Station::understood);
  note_explanation(progress, "");
  CHECK(furthest(progress) == Station::understood);
  CHECK(next_station(progress, scenario) == Station::proven);
  note_proof(progress, scenario.variants[1]);
  CHECK(furthest(progress) == Station::proven);
  CHECK(next_station(progress, scenario) == Station::none);
}

TEST_CASE("what a scenario does not offer is no station of it") {
  ScenarioProgress progress{.understood = true, .predictions = {{"", 0}}};
  CHECK(next_station(progress, scenario_with({Verdict::ok})) == Station::proven);
  progress.broken = true;
  CHECK(next_station(progress, scenario_with({Verdict::always_fails})) == Station::none);
}

TEST_CASE("merging loses no mark of either side") {
  ProgressBook book, other;
  book["x"] = {.tried = true, .hints = 3, .predictions = {{"a", 1}}};
  other["x"] = {
      .broken = true, .understood = true, .proven = true, .hints = 1, .predictions = {{"a", 2}, {"b", 0}}};
  other["y"].tried = true;
  merge(book, other);
  const ScenarioProgress expected{.tried = true,
                                  .broken = true,
                                  .understood = true,
                                  .proven = true,
                                  .hints = 3,
                                  .predictions = {{"a", 1}, {"b", 0}}};
  CHECK(book.at("x") == expected);
  CHECK(book.at("y").tried);
}
