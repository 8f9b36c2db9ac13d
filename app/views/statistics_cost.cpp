#include "app/views/statistics_cost.hpp"

#include <algorithm>
#include <cmath>

#include "app/views/view_tools.hpp"
#include "core/analysis/creation_cost.hpp"

namespace lockstep {
namespace {

constexpr float kRow = 26;
constexpr double kOften = 0.25;  // seconds: how often a run that goes on is counted anew

struct CostState {
  CreationCost cost;
  int generation = -1;
  EventIndex moment = 0;
  double counted_at = 0;
};

const CreationCost& cost_of(AppModel& model, Ui& ui) {
  auto& state = ui.state<CostState>();
  const bool other_run = state.generation != model.run.generation();
  const bool soon = model.run.is_going() && model.at_newest() && ImGui::GetTime() - state.counted_at < kOften;
  if (other_run || (state.moment != model.moment() && !soon)) {
    state = {creation_cost(model.run.store(), model.moment()), model.run.generation(), model.moment(),
             ImGui::GetTime()};
  }
  return state.cost;
}

/// A name, a bar of `share` of the room with a thin line on to `reach`, and a number in words behind it.
void draw_row(Ui& ui, const std::string& id, const std::string& name, double share, double reach,
              const std::string& number, const std::string& tip) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float bottom = at.y + ui.px(kRow);
  const float name_end = at.x + std::min(ui.px(120), width * 0.28F);
  const float number_width = std::min(ui.px(200), width * 0.46F);
  const float room = width - (name_end - at.x) - number_width - ui.px(12);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  cell(ui, {at.x, at.y}, {name_end - ui.px(4), bottom}, name);
  const auto length = [&](double part) { return std::max(room * static_cast<float>(part), ui.px(2)); };
  const float middle = std::floor((at.y + bottom) / 2);
  if (reach > share) {
    const float end = name_end + length(reach);
    draw->AddLine({name_end, middle}, {end, middle}, ui.theme().text_faint, ui.px(1.5F));
    draw->AddLine({end, middle - ui.px(4)}, {end, middle + ui.px(4)}, ui.theme().text_faint, ui.px(1.5F));
  }
  draw->AddRectFilled({name_end, at.y + ui.px(6)}, {name_end + length(share), bottom - ui.px(6)},
                      ui.theme().plot, ui.px(2));
  cell(ui, {at.x + width - number_width, at.y}, {at.x + width, bottom}, number, 0, ui.fonts().small, true);
  ImGui::Dummy({width, ui.px(kRow) - ImGui::GetStyle().ItemSpacing.y});
  ui.mark(id, name + ": " + number);
  tip_over(ui, at, {at.x + width, bottom}, tip);
}

std::string number_of(const Ui& ui, const MeasuredCost& cost) {
  const std::string each = ui.duration(cost.each());
  const std::string count = Ui::grouped(cost.count);
  switch (cost.unit) {
    case MeasuredCost::Unit::whole: return ui.duration(cost.took);
    case MeasuredCost::Unit::thread: return ui.tr("statistics.cost.per_thread", each, count);
    case MeasuredCost::Unit::process: return ui.tr("statistics.cost.per_process", each, count);
    case MeasuredCost::Unit::task: return ui.tr("statistics.cost.per_task", each, count);
  }
  return {};
}

double share_of(RunTime part, RunTime whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

void draw_measured(AppModel& model, Ui& ui, const std::vector<MeasuredCost>& all) {
  RunTime most = 0;
  for (const MeasuredCost& cost : all)
    most = std::max(most, cost.each());
  ui.text_wrapped(ui.tr("statistics.cost.measured"), ui.theme().text_dim, ui.fonts().small);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string whole = ui.tr("statistics.cost.whole", ui.duration(all[i].took));
    draw_row(ui, "statistics.cost.measured." + std::to_string(i),
             std::string(model.run.store().text(all[i].what)), share_of(all[i].each(), most), 0,
             number_of(ui, all[i]), whole);
  }
}

void draw_startups(Ui& ui, const std::vector<StartupCost>& all) {
  RunTime most = 0;
  for (const StartupCost& cost : all)
    most = std::max(most, cost.most);
  ui.text_wrapped(ui.tr("statistics.cost.startup"), ui.theme().text_dim, ui.fonts().small);
  for (const StartupCost& cost : all) {
    const bool process = cost.kind == WorkerKind::process;
    const char* key = process ? "statistics.cost.processes" : "statistics.cost.threads";
    const std::string number =
        cost.count == 1 ? ui.duration(cost.median)
                        : ui.tr("statistics.cost.median", ui.duration(cost.median), ui.duration(cost.most));
    const std::string tip = ui.tr("statistics.cost.range", ui.duration(cost.least), ui.duration(cost.most));
    draw_row(ui, process ? "statistics.cost.startup.process" : "statistics.cost.startup.thread",
             ui.tr_count(key, cost.count), share_of(cost.median, most), share_of(cost.most, most), number,
             tip);
  }
}

}  // namespace

CostInterest interest_of_cost(AppModel& model, Ui& ui) {
  const CreationCost& cost = cost_of(model, ui);
  if (!cost.measured.empty()) return CostInterest::measured;
  return cost.startups.empty() || model.run.in_steps() ? CostInterest::none : CostInterest::by_the_way;
}

void draw_creation_cost(AppModel& model, Ui& ui) {
  const CreationCost& cost = cost_of(model, ui);
  ui.text(ui.tr("statistics.cost"), 0, ui.fonts().semi);
  ImGui::Dummy(ui.px(1, 2));
  if (model.run.in_steps()) {
    ui.text_wrapped(ui.tr("statistics.cost.in_steps"), ui.theme().text_dim, ui.fonts().small);
    return;
  }
  if (!cost.measured.empty()) draw_measured(model, ui, cost.measured);
  if (!cost.startups.empty()) draw_startups(ui, cost.startups);
}

}  // namespace lockstep
