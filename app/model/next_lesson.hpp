// Where a learner may go from a lesson, and what is done of a path.
#pragma once

#include <string_view>
#include <vector>

#include "app/model/progress.hpp"
#include "core/scenario/learning_path.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep {

/// What comes after a scenario in the order of the library: the next step of the path, or of the chapters if
/// `path` is "". Off the path it is the first step that is not done. nullptr if nothing is left.
const Scenario* next_lesson(const Scenario& scenario, std::string_view path, const ProgressBook& book);

/// The scenarios that it names as related, in its order. One that this program does not have is left out.
std::vector<const Scenario*> related_to(const Scenario& scenario);

/// The step of a path that is about a scenario, and its place from 1; nullptr if there is none.
struct PathPlace {
  const PathPart* part = nullptr;
  const PathStep* step = nullptr;
  int number = 0;
  int of = 0;  ///< steps of the whole path
};
PathPlace place_on(const LearningPath& path, std::string_view scenario_id);

bool is_done(Task task, const ScenarioProgress& progress) noexcept;
/// All its tasks are.
bool is_done(const PathStep& step, const ProgressBook& book);
/// The first task that is not done; nullptr if all are.
const Task* next_task(const PathStep& step, const ProgressBook& book);

}  // namespace lockstep
