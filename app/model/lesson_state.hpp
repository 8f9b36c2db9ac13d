// Where the learner stands in the lesson of the chosen scenario and variant.
#pragma once

#include <string>

#include "app/model/app_model.hpp"

namespace lockstep {

enum class PredictionStage {
  none,   ///< there is no question
  open,   ///< no choice made yet
  made,   ///< a choice was made, no run has shown the answer yet
  right,  ///< the run has ended and the choice was right
  wrong,
  unanswered  ///< the run has ended and no choice was made before
};

struct LessonState {
  const Prediction* prediction = nullptr;
  PredictionStage stage = PredictionStage::none;
  int choice = -1;  ///< index into prediction->choices; -1: none made
  /// The numbers that the question speaks of, where the chosen ones are others: "tasks 4 · cores to use 2".
  std::string asked_for;
  /// The explanation, once a run of this variant has ended; else nullptr.
  const std::string* explanation = nullptr;
  int hints_shown = 0;
  int hints = 0;
};

/// The pointers are good until the scenario or the language changes.
LessonState lesson_state(const AppModel& model);

/// True if the run on the screen is one of the chosen scenario and variant and can show nothing more.
bool run_has_answered(const AppModel& model);

}  // namespace lockstep
