#include "app/model/next_lesson.hpp"

#include <algorithm>

namespace lockstep {
namespace {

const ScenarioProgress& progress_of(std::string_view id, const ProgressBook& book) {
  static const ScenarioProgress kNone;
  const auto found = book.find(id);
  return found == book.end() ? kNone : found->second;
}

const Scenario* next_in_chapters(const Scenario& scenario) {
  const auto all = all_scenarios();
  const auto here = std::ranges::find(all, &scenario);
  return here == all.end() || here + 1 == all.end() ? nullptr : here[1];
}

}  // namespace

const Scenario* next_lesson(const Scenario& scenario, std::string_view path, const ProgressBook& book) {
  if (!is_path(path)) return next_in_chapters(scenario);
  const auto steps = learning_path(path, "en").steps();  // the same scenarios in every language
  const auto here = std::ranges::find(steps, scenario.id, &PathStep::scenario);
  const auto open = [&](const PathStep* step) { return !is_done(*step, book); };
  const auto next = here != steps.end() ? here + 1 : std::ranges::find_if(steps, open);
  return next == steps.end() ? nullptr : find_scenario((*next)->scenario);
}

std::vector<const Scenario*> related_to(const Scenario& scenario) {
  std::vector<const Scenario*> found;
  for (const std::string_view id : scenario.related) {
    if (const Scenario* other = find_scenario(id)) found.push_back(other);
  }
  return found;
}

PathPlace place_on(const LearningPath& path, std::string_view scenario_id) {
  PathPlace place;
  int number = 0;
  for (const PathPart& part : path.parts) {
    for (const PathStep& step : part.steps) {
      ++number;
      if (step.scenario == scenario_id) place = {&part, &step, number, 0};
    }
  }
  place.of = number;
  return place;
}

bool is_done(Task task, const ScenarioProgress& progress) noexcept {
  switch (task) {
    case Task::predict: return !progress.predictions.empty();
    case Task::break_it: return progress.broken;
    case Task::understand: return progress.understood;
    case Task::prove: return progress.proven;
  }
  return false;
}

bool is_done(const PathStep& step, const ProgressBook& book) { return next_task(step, book) == nullptr; }

const Task* next_task(const PathStep& step, const ProgressBook& book) {
  const ScenarioProgress& progress = progress_of(step.scenario, book);
  const auto found = std::ranges::find_if(step.tasks, [&](Task task) { return !is_done(task, progress); });
  return found == step.tasks.end() ? nullptr : &*found;
}

}  // namespace lockstep
