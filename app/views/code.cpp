// The tab "C++ that runs": the scenario's own source, with a badge per worker at its line.
#include "app/views/code_pane.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

struct CodeState {
  CodeText text;
  CodeScroll scroll;
};

void draw(AppModel& model, Ui& ui) {
  if (model.scenario() == nullptr) {
    return empty_state(ui, ui.tr("code.no_scenario"), ui.tr("code.no_scenario.text"));
  }
  auto& state = ui.state<CodeState>();
  load_code(ui, state.text, model.scenario()->id, "scenario.cpp", Syntax::cpp);
  draw_code(model, ui, "code", state.text, present_marks(model, ui), state.scroll);
}

std::string status(const AppModel&, const Ui& ui) { return ui.tr("code.status"); }

}  // namespace

const View code_view{"code", "code.title", ViewPlace::right_tab, draw, "code.help", nullptr, status};

}  // namespace lockstep
