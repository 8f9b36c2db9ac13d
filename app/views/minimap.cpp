// The whole run in a strip under the lanes, with the visible range; drag to move it.
#include <algorithm>
#include <cmath>

#include "app/views/timeline_canvas.hpp"

namespace lockstep {
namespace {

constexpr double kRefresh = 0.5;       // seconds between two looks at a run that goes on
constexpr std::size_t kMostRows = 24;  // more workers share rows

struct MinimapBox {
  float x0, x1, y0, y1;  // shares of the strip
  SpanClass cls;
  WorkerId worker;
};

/// The boxes are kept: looking through a whole trace in every frame would cost too much.
struct MinimapState {
  std::vector<MinimapBox> boxes;
  RunTime end = 0;
  EventIndex events = 0;
  int generation = -1;
  double made = -10;
};

void rebuild(MinimapState& state, const AppModel& model, float width) {
  const TraceStore& store = model.run.store();
  const RunTime end = std::max(model.drawn_until(), RunTime{1});
  const auto workers = static_cast<WorkerId>(store.workers().size());
  const std::size_t rows = std::min<std::size_t>(std::max<std::size_t>(workers, 1), kMostRows);
  const RunTime resolution = std::max<RunTime>(1, static_cast<RunTime>(static_cast<float>(end) / width * 2));
  const LaneIndex index(store);
  std::vector<Span> spans;
  state.boxes.clear();
  for (WorkerId worker = 0; worker < workers; ++worker) {
    spans.clear();
    index.worker_spans(worker, 0, end, resolution, end, spans);
    const auto row = static_cast<float>(worker % rows);
    for (const Span& span : spans) {
      const bool shown =
          span.cls == SpanClass::running || span.cls == SpanClass::sleeping || span.cls == SpanClass::waiting;
      if (!shown) continue;
      state.boxes.push_back({static_cast<float>(static_cast<double>(span.begin) / static_cast<double>(end)),
                             static_cast<float>(static_cast<double>(span.end) / static_cast<double>(end)),
                             row / static_cast<float>(rows), (row + 1) / static_cast<float>(rows), span.cls,
                             worker});
    }
  }
  state.end = end;
  state.events = store.size();
  state.generation = model.run.generation();
}

const MinimapState& current(AppModel& model, Ui& ui, float width) {
  MinimapState& state = ui.state<MinimapState>();
  const bool new_run = state.generation != model.run.generation();
  const bool grown = state.events != model.run.store().size() || state.end < model.drawn_until();
  const double now = ImGui::GetTime();
  if (new_run || (grown && (now - state.made > kRefresh || !model.run.is_going()))) {
    rebuild(state, model, width);
    state.made = now;
  }
  return state;
}

Color color_of(const MinimapBox& box, const Theme& theme) {
  switch (box.cls) {
    case SpanClass::running: return theme.worker(box.worker);
    case SpanClass::waiting: return theme.hatch;
    default: return theme.worker_dim(box.worker);
  }
}

}  // namespace

void draw_minimap(AppModel& model, Ui& ui, ImVec2 min, ImVec2 max, float gutter) {
  const Theme& theme = ui.theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(min, max, theme.header);
  draw->AddRectFilled(min, {max.x, min.y + 1}, theme.border);
  const ImVec2 from{min.x + gutter, min.y + ui.px(5)};
  const ImVec2 to{max.x - ui.px(14), max.y - ui.px(5)};
  const float width = to.x - from.x;
  const float height = to.y - from.y;
  ui.text_at(draw, ui.fonts().small, {min.x + ui.px(26), std::floor((min.y + max.y - ui.px(14)) / 2)},
             theme.text_faint, ui.tr("timeline.minimap"), gutter - ui.px(34));
  ImGui::SetCursorScreenPos({from.x, min.y});
  ImGui::InvisibleButton("minimap", {std::max(width, 1.0F), max.y - min.y});
  ui.mark("timeline.minimap", ui.tr("timeline.minimap"));
  if (!model.run.has_run() || width < 10) return;

  const MinimapState& state = current(model, ui, width);
  for (const MinimapBox& box : state.boxes) {
    const float x0 = from.x + box.x0 * width;
    const bool gap = box.y1 - box.y0 > 0.1F;
    draw->AddRectFilled(
        {x0, from.y + box.y0 * height},
        {std::max(from.x + box.x1 * width, x0 + 1), from.y + box.y1 * height - (gap ? 1.0F : 0.0F)},
        color_of(box, theme));
  }
  const auto x_of = [&](RunTime t) {
    return from.x + std::clamp(static_cast<float>(static_cast<double>(t) / static_cast<double>(state.end)),
                               0.0F, 1.0F) *
                        width;
  };
  const TimeRange visible = model.timeline.visible();
  const float x0 = x_of(visible.from), x1 = std::max(x_of(visible.to), x0 + ui.px(3));
  const Color veil = faded(theme.background, 0.62F);
  draw->AddRectFilled({from.x, from.y}, {x0, to.y}, veil);
  draw->AddRectFilled({x1, from.y}, {to.x, to.y}, veil);
  draw->AddRect({x0, from.y - 1}, {x1, to.y + 1}, theme.text_dim, ui.px(2));
  const float moment = std::floor(x_of(model.moment_time()));
  draw->AddRectFilled({moment, from.y - 1}, {moment + ui.px(1.5F), to.y + 1}, theme.playhead);

  if (ImGui::IsItemActivated()) model.timeline.remember();
  if (ImGui::IsItemActive()) {
    const double share = std::clamp((ImGui::GetIO().MousePos.x - from.x) / width, 0.0F, 1.0F);
    const auto centre = static_cast<RunTime>(share * static_cast<double>(state.end));
    model.timeline.pan(centre - visible.length() / 2 - visible.from);
  }
  if (ImGui::IsItemHovered() && !ImGui::IsItemActive()) ui.tip(ui.tr("timeline.minimap.tip"));
}

}  // namespace lockstep
