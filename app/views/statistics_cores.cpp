#include "app/views/statistics_cores.hpp"

#include <algorithm>
#include <cmath>

#include "app/model/core_lanes.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/batch_button.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kLane = 24;  // unscaled
constexpr std::size_t kMostCores = 16;
constexpr std::size_t kMostReady = 6;
constexpr double kOften = 0.25;  // seconds: how often a run that goes on is looked through anew

struct CoresState {
  ComputeLanes lanes;
  int generation = -1;
  EventIndex moment = 0;
  double looked_at = 0;
  int columns = -1;  ///< of the fills; -1: they are to be made
  std::vector<LaneFill> computing, ready;
};

CoresState& state_of(AppModel& model, Ui& ui) {
  auto& state = ui.state<CoresState>();
  const bool other_run = state.generation != model.run.generation();
  const bool soon = model.run.is_going() && model.at_newest() && ImGui::GetTime() - state.looked_at < kOften;
  if (other_run || (state.moment != model.moment() && !soon)) {
    state = {compute_lanes(model.run.store(), model.moment()),
             model.run.generation(),
             model.moment(),
             ImGui::GetTime(),
             -1,
             {},
             {}};
  }
  return state;
}

/// In a word what it was, and why.
std::string verdict(const Ui& ui, const ComputeLanes& lanes) {
  const std::string share = percentage(lanes.parallel_share());
  switch (lanes.verdict) {
    case ComputeVerdict::none: return {};
    case ComputeVerdict::begun: return ui.tr("statistics.cores.begun");
    case ComputeVerdict::serial: return ui.tr("statistics.cores.serial");
    case ComputeVerdict::concurrent:
      return lanes.at_once > 1 ? ui.tr("statistics.cores.crowded", lanes.at_once, share)
                               : ui.tr("statistics.cores.concurrent", lanes.in_progress);
    case ComputeVerdict::parallel: return ui.tr("statistics.cores.parallel", lanes.cores_at_once, share);
  }
  return {};
}

class Lanes {
 public:
  Lanes(AppModel& model, Ui& ui, CoresState& state) : model_(model), ui_(ui), state_(state) {
    const ComputeLanes& lanes = state.lanes;
    cores_ = std::min(lanes.cores.size(), kMostCores);
    ready_ = std::min(lanes.ready_lanes, kMostReady);
    at_ = ImGui::GetCursorScreenPos();
    lane_ = ui.px(kLane);
    for (std::size_t i = 0; i < cores_; ++i)
      names_ = std::max(names_, ui.text_width(ui.fonts().small, core_name(i)));
    if (ready_ > 0)
      names_ = std::max(names_, ui.text_width(ui.fonts().small, ui.tr("statistics.cores.ready")));
    names_ += ui.px(10);
    columns_ = static_cast<int>(ImGui::GetContentRegionAvail().x - names_);
    if (state.columns != columns_) {
      state.columns = columns_;
      state.computing = lane_fills(lanes.computing, lanes.until, columns_);
      state.ready = lane_fills(lanes.ready, lanes.until, columns_);
    }
  }

  void draw() {
    for (std::size_t i = 0; i < cores_; ++i)
      draw_back(i, core_name(i));
    for (std::size_t i = 0; i < ready_; ++i)
      draw_back(cores_ + i, i == 0 ? ui_.tr("statistics.cores.ready") : "");
    for (const LaneFill& fill : state_.computing) {
      if (fill.lane < cores_) draw_fill(fill, fill.lane, ui_.worker_color(fill.worker));
    }
    for (const LaneFill& fill : state_.ready) {
      if (fill.lane < ready_) draw_fill(fill, cores_ + fill.lane, ui_.theme().worker_dim(fill.worker));
    }
    tell_under_mouse();
    ImGui::Dummy({names_ + static_cast<float>(columns_), lane_ * static_cast<float>(cores_ + ready_)});
  }

 private:
  std::string core_name(std::size_t place) const {
    return ui_.tr("statistics.cores.core", state_.lanes.cores[place]);
  }
  float x_of(int column) const { return std::floor(at_.x + names_) + static_cast<float>(column); }
  float top_of(std::size_t lane) const { return at_.y + lane_ * static_cast<float>(lane) + ui_.px(2); }
  float bottom_of(std::size_t lane) const { return at_.y + lane_ * static_cast<float>(lane + 1) - ui_.px(2); }

  void draw_back(std::size_t lane, std::string_view name) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({x_of(0), top_of(lane)}, {x_of(columns_), bottom_of(lane)}, ui_.theme().lane_odd,
                        ui_.px(2));
    ImFont* font = ui_.fonts().small;
    const float y = (top_of(lane) + bottom_of(lane) - compat::font_size(font)) / 2;
    ui_.text_at(draw, font, {at_.x, std::floor(y)}, ui_.theme().text_dim, name, names_);
    if (lane < cores_) {
      ui_.mark("statistics.cores.lane." + std::to_string(state_.lanes.cores[lane]), {x_of(0), top_of(lane)},
               {x_of(columns_), bottom_of(lane)}, name);
    }
  }

  void draw_fill(const LaneFill& fill, std::size_t lane, Color color) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float foot = bottom_of(lane), height = foot - top_of(lane);
    const ImVec2 min{x_of(fill.from), foot - height * fill.high},
        max{x_of(fill.to), foot - height * fill.low};
    draw->AddRectFilled(min, max, color);
    const std::string& badge = ui_.badge_of(fill.worker);
    ImFont* font = ui_.fonts().small_semi;
    const float width = ui_.text_width(font, badge), size = compat::font_size(font);
    if (max.x - min.x < width + ui_.px(6) || max.y - min.y < size) return;
    ui_.text_at(draw, font, {std::floor((min.x + max.x - width) / 2), std::floor((min.y + max.y - size) / 2)},
                readable_on(color), badge, width + 1);
  }

  void tell_under_mouse() {
    if (!ImGui::IsWindowHovered()) return;
    const ImVec2 mouse = ImGui::GetMousePos();
    const float column = mouse.x - x_of(0);
    if (column < 0 || column >= static_cast<float>(columns_)) return;
    for (std::size_t lane = 0; lane < cores_ + ready_; ++lane) {
      if (mouse.y < top_of(lane) || mouse.y >= bottom_of(lane)) continue;
      const bool on_core = lane < cores_;
      tell(on_core ? state_.lanes.computing : state_.lanes.ready, on_core ? lane : lane - cores_, column,
           on_core);
    }
  }

  /// The longest piece that touches the column.
  void tell(const std::vector<LanePiece>& pieces, std::size_t lane, float column, bool on_core) {
    const double per_column = static_cast<double>(state_.lanes.until) / columns_;
    const auto from = static_cast<RunTime>(std::floor(column) * per_column);
    const auto to = static_cast<RunTime>((std::floor(column) + 1) * per_column);
    const LanePiece* found = nullptr;
    for (const LanePiece& piece : pieces) {
      if (piece.lane != lane || piece.begin >= to || piece.end <= from) continue;
      if (found == nullptr || piece.end - piece.begin > found->end - found->begin) found = &piece;
    }
    if (found == nullptr) return;
    const std::string name = ui_.name_of(found->worker), length = ui_.duration(found->end - found->begin);
    const ImVec2 mouse = ImGui::GetMousePos();
    const std::string text = !on_core
                                 ? ui_.tr("statistics.cores.waits", name, length)
                                 : ui_.tr(found->open ? "statistics.cores.open" : "statistics.cores.piece",
                                          name, core_name(lane), length);
    tip_over(ui_, {mouse.x - 1, mouse.y - 1}, {mouse.x + 1, mouse.y + 1}, text);
    if (ImGui::IsMouseClicked(0)) model_.send(SelectWorker{found->worker});
  }

  AppModel& model_;
  Ui& ui_;
  CoresState& state_;
  ImVec2 at_;
  std::size_t cores_ = 0, ready_ = 0;  // lanes shown
  float lane_ = 0, names_ = 0;
  int columns_ = 0;
};

}  // namespace

bool has_compute_lanes(AppModel& model, Ui& ui) {
  return !model.run.in_steps() && state_of(model, ui).lanes.verdict != ComputeVerdict::none;
}

void draw_compute_lanes(AppModel& model, Ui& ui) {
  CoresState& state = state_of(model, ui);
  ui.text(ui.tr("statistics.cores"), 0, ui.fonts().semi);
  const std::string told = verdict(ui, state.lanes);
  ui.text_wrapped(told, 0, ui.fonts().text);
  ui.mark("statistics.cores.verdict", told);
  Lanes(model, ui, state).draw();
  if (state.lanes.cores.size() > kMostCores)
    ui.text(ui.tr("statistics.cores.more", state.lanes.cores.size() - kMostCores), ui.theme().text_dim,
            ui.fonts().small);
  ui.text_wrapped(ui.tr("statistics.cores.note"), ui.theme().text_dim, ui.fonts().small);
}

}  // namespace lockstep
