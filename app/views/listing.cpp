// The tab "Python listing": the same program in Python, with the same badges at the lines that match.
#include <algorithm>

#include "app/views/code_pane.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"
#include "core/scenario/lesson.hpp"

namespace lockstep {
namespace {

struct ListingState {
  CodeText text;
  CodeScroll scroll;
};

/// The marks at the lines of the listing that match those of the C++; what has no match is left out.
CodeMarks to_listing(const CodeMarks& marks, std::string_view scenario) {
  CodeMarks result;
  const auto match = [&](int line) { return matching_line(scenario, line).value_or(0); };
  for (LineWorker worker : marks.workers) {
    worker.line = match(worker.line);
    if (worker.line > 0) result.workers.push_back(worker);
  }
  for (LineValue value : marks.values) {
    value.line = match(value.line);
    if (value.line > 0) result.values.push_back(value);
  }
  std::ranges::stable_sort(result.workers, {}, &LineWorker::line);
  std::ranges::stable_sort(result.values, {}, &LineValue::line);
  if (marks.last_line > 0) result.last_line = match(marks.last_line);
  result.last_worker = marks.last_worker;
  return result;
}

void draw(AppModel& model, Ui& ui) {
  if (model.scenario() == nullptr) {
    return empty_state(ui, ui.tr("code.no_scenario"), ui.tr("code.no_scenario.text"));
  }
  auto& state = ui.state<ListingState>();
  load_code(ui, state.text, model.scenario()->id, "listing.py", Syntax::python);
  if (state.text.lines.empty()) return empty_state(ui, ui.tr("listing.empty"), ui.tr("listing.empty.text"));
  draw_code(model, ui, "listing", state.text, to_listing(present_marks(model, ui), model.scenario()->id),
            state.scroll);
}

std::string status(const AppModel&, const Ui& ui) { return ui.tr("code.status"); }

}  // namespace

const View listing_view{"listing", "listing.title", ViewPlace::right_tab, draw, "listing.help",
                        nullptr,   status};

}  // namespace lockstep
