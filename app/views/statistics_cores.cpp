#include "app/views/statistics_cores.hpp"

#include <algorithm>
#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/views/view_tools.hpp"
#include "core/analysis/compute_lanes.hpp"

namespace lockstep {
namespace {

constexpr float kLane = 24;             // unscaled
constexpr double kParallelFrom = 1.25;  // busy cores on average: one that is shared measures up to 1.1
constexpr std::size_t kMostLanes = 16;

constexpr double kOften = 0.25;  // seconds: how often a run that goes on is looked through anew

struct CoresState {
  ComputeLanes lanes;
  int generation = -1;
  EventIndex moment = 0;
  double looked_at = 0;
};

const ComputeLanes& lanes_of(AppModel& model, Ui& ui) {
  auto& state = ui.state<CoresState>();
  const bool other_run = state.generation != model.run.generation();
  const bool soon = model.run.is_going() && model.at_newest() && ImGui::GetTime() - state.looked_at < kOften;
  if (other_run || (state.moment != model.moment() && !soon)) {
    state = {compute_lanes(model.run.store(), model.moment()), model.run.generation(), model.moment(),
             ImGui::GetTime()};
  }
  return state.lanes;
}

/// In a word what it was, and why.
std::string verdict(const Ui& ui, const ComputeLanes& lanes) {
  const std::string busy = fmt::format("{:.1f}", lanes.cores_busy);
  if (lanes.cores_busy == 0) return ui.tr("statistics.cores.begun");
  if (lanes.lanes > 1) {
    return lanes.cores_busy >= kParallelFrom ? ui.tr("statistics.cores.parallel", lanes.lanes, busy)
                                             : ui.tr("statistics.cores.crowded", lanes.lanes, busy);
  }
  return lanes.in_progress > 1 ? ui.tr("statistics.cores.concurrent", lanes.in_progress)
                               : std::string(ui.tr("statistics.cores.serial"));
}

/// Filled as high as the share of a core that it had.
void draw_stretch(AppModel& model, Ui& ui, const ComputeStretch& one, ImVec2 min, ImVec2 max) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Color hue = ui.worker_color(one.worker);
  draw->AddRectFilled(min, max, ui.theme().worker_dim(one.worker), ui.px(2));
  if (!one.open) {
    const float top = max.y - (max.y - min.y) * static_cast<float>(one.share());
    draw->AddRectFilled({min.x, top}, max, hue, ui.px(2));
  }
  const std::string& badge = ui.badge_of(one.worker);
  ImFont* font = ui.fonts().small_semi;
  const float width = ui.text_width(font, badge);
  if (max.x - min.x > width + ui.px(6)) {
    const bool full = one.share() > 0.5;
    ui.text_at(
        draw, font,
        {std::floor((min.x + max.x - width) / 2), std::floor((min.y + max.y - compat::font_size(font)) / 2)},
        readable_on(full ? hue : ui.theme().worker_dim(one.worker)), badge, width + 1);
  }
  const std::string length = ui.duration(one.end - one.begin);
  tip_over(ui, min, max,
           one.open ? ui.tr("statistics.cores.open", ui.name_of(one.worker), length)
                    : ui.tr("statistics.cores.stretch", ui.name_of(one.worker), length,
                            ui.duration(one.core_time)));
  if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max) && ImGui::IsMouseClicked(0))
    model.send(SelectWorker{one.worker});
}

}  // namespace

bool has_compute_lanes(AppModel& model, Ui& ui) {
  return !model.run.in_steps() && !lanes_of(model, ui).stretches.empty();
}

void draw_compute_lanes(AppModel& model, Ui& ui) {
  const ComputeLanes& lanes = lanes_of(model, ui);
  ui.text(ui.tr("statistics.cores"), 0, ui.fonts().semi);
  const std::string told = verdict(ui, lanes);
  ui.text_wrapped(told, 0, ui.fonts().text);
  ui.mark("statistics.cores.verdict", told);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const std::size_t shown = std::min(lanes.lanes, kMostLanes);
  const float lane = ui.px(kLane);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < shown; ++i) {
    const float y = at.y + lane * static_cast<float>(i);
    draw->AddRectFilled({at.x, y + ui.px(2)}, {at.x + width, y + lane - ui.px(2)}, ui.theme().lane_odd,
                        ui.px(3));
  }
  const double scale = lanes.until > 0 ? static_cast<double>(width) / static_cast<double>(lanes.until) : 0;
  for (const ComputeStretch& one : lanes.stretches) {
    if (one.lane >= shown) continue;
    const float y = at.y + lane * static_cast<float>(one.lane);
    const float x0 = at.x + static_cast<float>(static_cast<double>(one.begin) * scale);
    const float x1 = at.x + static_cast<float>(static_cast<double>(one.end) * scale);
    draw_stretch(model, ui, one, {std::floor(x0), y + ui.px(2)},
                 {std::max(std::floor(x1) - 1, std::floor(x0) + 1), y + lane - ui.px(2)});
  }
  ImGui::Dummy({width, lane * static_cast<float>(shown)});
  ui.text_wrapped(ui.tr("statistics.cores.note"), ui.theme().text_dim, ui.fonts().small);
}

}  // namespace lockstep
