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

std::string asked_for(const AppModel& model) {
  std::string text;
  for (const Param& param : model.scenario()->params) {
    const std::string asked = std::to_string(param.value);
    const auto chosen = model.params().find(std::string(param.name));
    if (chosen == model.params().end() || chosen->second == asked) continue;
    if (!text.empty()) text += " · ";
    text += param_name(model.lesson(), param.name) + " " + asked;
  }
  return text;
}

}  // namespace

bool run_has_answered(const AppModel& model) {
  if (model.run.end() == nullptr || model.scenario() == nullptr || model.variant() == nullptr) return false;
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
  state.asked_for = asked_for(model);
  state.stage = stage_of(state, answered);
  if (answered) state.explanation = lesson.explanation(variant);
  state.hints = static_cast<int>(lesson.hints.size());
  state.hints_shown = std::clamp(progress.hints, 0, state.hints);
  return state;
}

}  // namespace lockstep
