// What the C++ and the Python tab draw: the text, and who stands where in it.
#include <algorithm>
#include <numeric>

#include "app/views/code_pane.hpp"
#include "core/scenario/lesson.hpp"

namespace lockstep {
namespace {

/// Without the registration, what was written for it, and what comes after it.
std::vector<std::string_view> program_lines(std::vector<std::string_view> lines) {
  const auto end = std::ranges::find_if(lines, [](std::string_view line) {
    return line.starts_with("const Registration ") ||
           line.starts_with("std::vector<lockstep::OutcomeRow> ") ||
           line.starts_with("const lockstep::Requirement ");
  });
  lines.erase(end, lines.end());
  while (!lines.empty() && lines.back().empty())
    lines.pop_back();
  return lines;
}

/// CodeText::program_lines. Of several lines of the C++ that match one of the listing the first.
std::vector<int> lines_of_program(std::string_view scenario, std::size_t count, Syntax syntax) {
  std::vector<int> result(count);
  if (syntax == Syntax::cpp) {
    std::iota(result.begin(), result.end(), 1);
    return result;
  }
  const auto program = static_cast<int>(source_lines(scenario, "scenario.cpp").size());
  for (int line = program; line >= 1; --line) {
    const auto match = static_cast<std::size_t>(matching_line(scenario, line).value_or(0));
    if (match >= 1 && match <= count) result[match - 1] = line;
  }
  return result;
}

struct MarksCache {
  CodeMarks marks;
  std::string scenario;
  int generation = -1;
  EventIndex size = 0, moment = 0;
};

}  // namespace

void load_code(const Ui& ui, CodeText& text, std::string_view scenario, std::string_view file,
               Syntax syntax) {
  if (text.scenario != scenario) {
    text.scenario = scenario;
    text.lines = program_lines(source_lines(scenario, file));
    text.tokens = tokenize(text.lines, syntax);
    text.program_lines = lines_of_program(scenario, text.lines.size(), syntax);
    text.scale = 0;
  }
  if (text.scale == ui.scale()) return;
  text.scale = ui.scale();
  text.widest = 0;
  for (const std::string_view line : text.lines)
    text.widest = std::max(text.widest, ui.text_width(ui.fonts().mono, line));
}

const CodeMarks& present_marks(AppModel& model, Ui& ui) {
  auto& cache = ui.state<MarksCache>();
  const TraceStore& store = model.run.store();
  const std::string scenario(model.scenario() ? model.scenario()->id : "");
  if (cache.scenario != scenario || cache.generation != model.run.generation() ||
      cache.size != store.size() || cache.moment != model.moment()) {
    cache = {code_marks(store, model.moment(), "scenarios/" + scenario + "/scenario.cpp"), scenario,
             model.run.generation(), store.size(), model.moment()};
  }
  return cache.marks;
}

}  // namespace lockstep
