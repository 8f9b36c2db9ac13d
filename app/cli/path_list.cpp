#include "app/cli/path_list.hpp"

#include <fmt/format.h>

#include "app/cli/language.hpp"
#include "app/cli/run_json.hpp"
#include "app/model/settings.hpp"
#include "core/scenario/lesson.hpp"

namespace lockstep::cli {
namespace {

using Json = nlohmann::ordered_json;

const std::string& title_of(const PathStep& step, Language language) {
  return lesson(step.scenario, name_of(language)).title;
}

Text text_of_task(Task task) {
  switch (task) {
    case Task::predict: return Text::task_predict;
    case Task::break_it: return Text::task_break;
    case Task::understand: return Text::task_explain;
    case Task::prove: return Text::task_prove;
  }
  return Text::task_predict;
}

std::string tasks_of(const PathStep& step, Language language) {
  std::string tasks;
  for (const Task task : step.tasks)
    tasks += (tasks.empty() ? "" : " · ") + std::string(text_of(text_of_task(task), language));
  return tasks;
}

/// Number, title, id and minutes; under it what to do.
std::string entry(const PathStep& step, int number, const Output& out, Language language) {
  const std::string title = out.ink(Ink::strong, title_of(step, language));
  return fmt::format(fmt::runtime(text_of(Text::path_step, language)), number, title, step.scenario,
                     step.minutes) +
         "\n     " + out.ink(Ink::dim, tasks_of(step, language)) + "\n     " + step.text + '\n';
}

Json step_json(const PathStep& step, Language language) {
  Json tasks = Json::array();
  for (const Task task : step.tasks)
    tasks.push_back(name_of(task));
  return {{"scenario", step.scenario},
          {"title", title_of(step, language)},
          {"minutes", step.minutes},
          {"tasks", tasks},
          {"text", step.text}};
}

}  // namespace

std::string path_text(const LearningPath& path, const Output& out, Language language) {
  const auto timed = [&](const std::string& title, int minutes) {
    return out.ink(Ink::strong,
                   fmt::format(fmt::runtime(text_of(Text::path_title, language)), title, minutes)) +
           '\n';
  };
  std::string text = timed(path.title, path.minutes()) + path.intro + '\n';
  int number = 0;
  for (const PathPart& part : path.parts) {
    text += '\n' + timed(part.title, part.minutes()) + part.goal + "\n\n";
    for (const PathStep& step : part.steps)
      text += entry(step, ++number, out, language);
  }
  return text;
}

std::string path_json(const LearningPath& path, Language language) {
  Json parts = Json::array();
  for (const PathPart& part : path.parts) {
    Json steps = Json::array();
    for (const PathStep& step : part.steps)
      steps.push_back(step_json(step, language));
    parts.push_back(
        {{"title", part.title}, {"goal", part.goal}, {"minutes", part.minutes()}, {"steps", steps}});
  }
  return to_text(Json{{"path", path.id},
                      {"title", path.title},
                      {"intro", path.intro},
                      {"minutes", path.minutes()},
                      {"parts", parts}});
}

}  // namespace lockstep::cli
