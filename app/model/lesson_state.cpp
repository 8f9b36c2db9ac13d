#include "app/model/lesson_state.hpp"

#include <algorithm>

#include "app/model/lesson_names.hpp"

namespace lockstep {
namespace {

PredictionStage stage_of(const LessonState& state, bool answered) {
  if (state.prediction == nullptr) return PredictionStage::none;
  if (!answered) return state.choice < 0 ? PredictionStage::open : PredictionStage::made;
  if (state.choice < 0) return PredictionStage::unanswered;
  return static_cast<std::size_t>(state.choice) == state.prediction->right ? PredictionStage::right
                                                                           : PredictionStage::wrong;
}

bool is_ascii_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// True if the word stands in the text: an English one by itself, not in "often".
bool has_word(std::string_view text, std::string_view word) {
  const auto within = [&](std::size_t i) {
    return i < text.size() && is_ascii_word(text[i]) && is_ascii_word(word[0]);
  };
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if (!within(at - 1) && !within(at + word.size())) return true;
  }
  return false;
}

/// True if the text has the number, in figures or as a word of English or Chinese.
bool has_number(std::string text, std::int64_t number) {
  struct Word {
    std::int64_t number;
    std::string_view en, zh;
  };
  constexpr Word kWords[] = {{1, "one", "一"},       {2, "two", "两"},       {3, "three", "三"},
                             {4, "four", "四"},      {5, "five", "五"},      {6, "six", "六"},
                             {7, "seven", "七"},     {8, "eight", "八"},     {9, "nine", "九"},
                             {10, "ten", "十"},      {11, "eleven", "十一"}, {12, "twelve", "十二"},
                             {20, "twenty", "二十"}, {30, "thirty", "三十"}, {100, "hundred", "一百"}};
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (has_word(text, std::to_string(number))) return true;
  const auto* word = std::ranges::find(kWords, number, &Word::number);
  return word != std::end(kWords) && (has_word(text, word->en) || has_word(text, word->zh));
}

/// A number that the question does not name makes no difference to it.
bool is_asked(const Prediction& prediction, std::int64_t number) {
  const auto has = [&](const std::string& text) { return has_number(text, number); };
  return has(prediction.question) || std::ranges::any_of(prediction.choices, has);
}

/// True if the question itself says for which number it is asked: "consumers 2".
bool is_settled(const Prediction& prediction, const std::string& param) {
  const std::size_t at = prediction.question.find(param + " ");
  if (at == std::string::npos) return false;
  const char next = prediction.question[at + param.size() + 1];
  return next >= '0' && next <= '9';
}

std::string asked_for(const AppModel& model, const Prediction& prediction) {
  std::string text;
  for (const Param& param : model.scenario()->params) {
    const std::string asked = std::to_string(param.value);
    const auto chosen = model.params().find(std::string(param.name));
    if (chosen == model.params().end() || chosen->second == asked || !is_asked(prediction, param.value))
      continue;
    const std::string name = param_name(model.lesson(), param.name);
    if (is_settled(prediction, name)) continue;
    if (!text.empty()) text += " · ";
    text += name + " " + asked;
  }
  return text;
}

}  // namespace

bool run_has_answered(const AppModel& model) {
  const RunEnd* end = model.run.end();
  if (end == nullptr || model.scenario() == nullptr || model.variant() == nullptr) return false;
  if (end->outcome == Outcome::stopped) return false;  // by the learner, before it could show anything
  const RunInfo& run = model.run.store().run();
  return run.scenario == model.scenario()->id && run.variant == model.variant()->name;
}

LessonState lesson_state(const AppModel& model) {
  LessonState state;
  if (model.scenario() == nullptr || model.variant() == nullptr) return state;
  const std::string variant(model.variant()->name);
  const Lesson& lesson = model.lesson();
  const ScenarioProgress& progress = model.progress(model.scenario()->id);
  const bool answered = run_has_answered(model);

  state.prediction = lesson.prediction(variant);
  if (const auto it = progress.predictions.find(variant);
      state.prediction && it != progress.predictions.end()) {
    const bool exists =
        it->second >= 0 && static_cast<std::size_t>(it->second) < state.prediction->choices.size();
    state.choice = exists ? it->second : -1;
  }
  if (state.prediction) state.asked_for = asked_for(model, *state.prediction);
  state.stage = stage_of(state, answered);
  if (answered) state.explanation = lesson.explanation(variant);
  state.hints = static_cast<int>(lesson.hints.size());
  state.hints_shown = std::clamp(progress.hints, 0, state.hints);
  return state;
}

}  // namespace lockstep
