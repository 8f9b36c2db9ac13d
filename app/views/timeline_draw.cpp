// Turns the boxes and arrows of the layout into draw calls.
#include <array>
#include <cmath>

#include "app/model/code_marks.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/timeline_canvas.hpp"

namespace lockstep {
namespace {

constexpr float kHatchRoom = 9;   // unscaled: a narrower wait is too small for hatching
constexpr float kLabelRoom = 34;  // unscaled: a narrower box gets no label

class LanePainter {
 public:
  explicit LanePainter(const TimelineCanvas& canvas) : c_(canvas), theme_(canvas.ui.theme()) {}

  void box(const LaneBox& box) {
    const ImVec2 min = c_.at(box.x0, box.y0);
    const ImVec2 max = c_.at(box.x1, box.y1);
    const Color hue = theme_.worker(box.worker);
    switch (box.look) {
      case BoxLook::running: c_.draw->AddRectFilled(min, max, hue, rounding(box, 3)); break;
      case BoxLook::sleeping: sleeping(box, min, max); break;
      case BoxLook::waiting: waiting(box, min, max); break;
      case BoxLook::mark: c_.draw->AddRectFilled(min, max, hue, rounding(box, 2)); break;
      case BoxLook::notch: c_.draw->AddRectFilled(min, max, faded(theme_.background, 0.75F)); break;
      case BoxLook::held: c_.draw->AddRectFilled(min, max, hue, rounding(box, 2)); break;
      case BoxLook::waiter: strip(min, max, hue); break;
      case BoxLook::content: content(box, min, max); break;
      case BoxLook::end_mark:
        c_.draw->AddRectFilled(end_min(min, max), end_max(min, max), hue, c_.px(1.5F));
        break;
      case BoxLook::cut_mark: cross(min, max, hue); break;
      case BoxLook::step: step(box, min, max, hue); break;
      case BoxLook::planned: dashed(min, max, faded(hue, 0.55F)); break;
      case BoxLook::next: next(box, min, max, hue); break;
    }
    if (c_.model.selection.event == box.event && box.event != kNoEvent) outline(min, max);
  }

 private:
  /// Rounded corners cost vertices: only where one can see them.
  float rounding(const LaneBox& box, float radius) const {
    return box.width() > c_.px(6) ? c_.px(radius) : 0;
  }

  void outline(ImVec2 min, ImVec2 max) const {
    const float out = c_.px(2);
    compat::rect(c_.draw, {min.x - out, min.y - out}, {max.x + out, max.y + out}, theme_.text, c_.px(3),
                 c_.px(1.5F));
  }

  /// The part of a box that can be seen.
  float left(ImVec2 min) const { return std::max(min.x, c_.at(c_.layout.gutter, 0).x); }
  float right(ImVec2 max) const { return std::min(max.x, c_.at(c_.size.x, 0).x); }

  void sleeping(const LaneBox& box, ImVec2 min, ImVec2 max) const {
    const float radius = box.width() > c_.px(10) ? (max.y - min.y) / 2 : 0;
    c_.draw->AddRectFilled(min, max, theme_.worker_dim(box.worker), radius);
    const LaneRow& row = c_.layout.rows[box.row];
    const float x = left(min) + c_.px(10);
    const float room = right(max) - x - c_.px(4);
    if (row.low || room < c_.px(kLabelRoom)) return;
    ImFont* font = c_.ui.fonts().small;
    c_.ui.text_at(c_.draw, font, {std::floor(x), std::floor(min.y - compat::font_size(font) - c_.px(2))},
                  theme_.text_dim, label_of(c_, box), room);
  }

  void waiting(const LaneBox& box, ImVec2 min, ImVec2 max) const {
    const Color border = mixed(theme_.hatch, theme_.text, 0.15F);
    if (box.width() < c_.px(kHatchRoom)) {
      c_.draw->AddRectFilled(min, max, mixed(theme_.hatch, theme_.hatch_back, 0.3F));
      return;
    }
    const ImVec2 seen_min{std::max(min.x, left(min) - c_.px(20)), min.y};
    const ImVec2 seen_max{std::min(max.x, right(max) + c_.px(20)), max.y};
    c_.draw->AddRectFilled(seen_min, seen_max, theme_.hatch_back, c_.px(3));
    c_.ui.hatch(c_.draw, seen_min, seen_max, theme_.hatch, 8, 2.5F);
    compat::rect(c_.draw, seen_min, seen_max, border, c_.px(3), 1);
    waiting_label(box, min, max);
  }

  /// The reason, on a plain ground so that it can be read over the hatching.
  void waiting_label(const LaneBox& box, ImVec2 min, ImVec2 max) const {
    const float pad = c_.px(6);
    const float x = std::floor(left(min) + c_.px(8));
    const float room = right(max) - x - c_.px(8) - 2 * pad;
    if (room < c_.px(kLabelRoom)) return;
    const std::string text = label_of(c_, box);
    ImFont* font = c_.ui.fonts().small;
    const float height = compat::font_size(font) + c_.px(6);
    const float y = std::floor((min.y + max.y - height) / 2);
    const float width = std::min(c_.ui.text_width(font, text), room);
    c_.draw->AddRectFilled({x, y}, {x + width + 2 * pad, y + height}, theme_.background, c_.px(2));
    c_.ui.text_at(c_.draw, font, {x + pad, y + std::floor(c_.px(2.5F))}, theme_.text, text, room);
  }

  void step(const LaneBox& box, ImVec2 min, ImVec2 max, Color hue) const {
    c_.draw->AddRectFilled(min, max, hue, rounding(box, 4));
    step_label(box, min, max, readable_on(hue));
  }

  void next(const LaneBox& box, ImVec2 min, ImVec2 max, Color hue) const {
    c_.draw->AddRectFilled(min, max, faded(hue, 0.12F), rounding(box, 4));
    dashed(min, max, hue);
    step_label(box, min, max, is_stale(c_.model, box) ? theme_.warning : mixed(theme_.text, hue, 0.35F));
  }

  void dashed(ImVec2 min, ImVec2 max, Color color) const {
    const float line = c_.px(1.5F);
    c_.ui.dashed(c_.draw, min, {max.x, min.y}, color, line);
    c_.ui.dashed(c_.draw, {max.x, min.y}, max, color, line);
    c_.ui.dashed(c_.draw, {min.x, max.y}, max, color, line);
    c_.ui.dashed(c_.draw, min, {min.x, max.y}, color, line);
  }

  /// In one line, or in two where the words do not fit beside each other.
  void step_label(const LaneBox& box, ImVec2 min, ImVec2 max, Color color) const {
    const float room = max.x - min.x - c_.px(6);
    if (room < c_.px(14)) return;
    const std::string text = label_of(c_, box);
    ImFont* font = c_.ui.fonts().small;
    const float height = compat::font_size(font);
    auto lines = c_.ui.lines(text, room, font);
    const bool two = lines.size() > 1 && max.y - min.y >= 2 * height + c_.px(2);
    if (!two) lines = {text};
    float y = std::floor((min.y + max.y - static_cast<float>(two ? 2 : 1) * height) / 2);
    for (std::size_t i = 0; i < (two ? 2U : 1U); ++i) {
      const bool rest = two && i == 1 && lines.size() > 2;
      const std::string_view line =
          rest ? std::string_view(text).substr(static_cast<std::size_t>(lines[1].data() - text.data()))
               : lines[i];
      const float width = std::min(c_.ui.text_width(font, line), room);
      c_.ui.text_at(c_.draw, font, {std::floor((min.x + max.x - width) / 2), y}, color, line, room);
      y += height;
    }
  }

  void strip(ImVec2 min, ImVec2 max, Color hue) const {
    c_.draw->AddRectFilled(min, max, faded(hue, 0.25F));
    c_.ui.hatch(c_.draw, min, max, hue, 5, 1.5F);
  }

  void content(const LaneBox& box, ImVec2 min, ImVec2 max) const {
    const Color hue = box.worker == kNoWorker ? theme_.border_strong : theme_.worker(box.worker);
    c_.draw->AddRectFilled(min, max, theme_.plot_fill, c_.px(2));
    c_.draw->AddRectFilled(min, {std::min(min.x + c_.px(3), max.x), max.y}, hue, c_.px(1));
    const float x = left(min) + c_.px(9);
    const float room = right(max) - x - c_.px(4);
    if (room < c_.px(14)) return;
    ImFont* font = c_.ui.fonts().mono_small;
    c_.ui.text_at(c_.draw, font, {std::floor(x), std::floor((min.y + max.y - compat::font_size(font)) / 2)},
                  theme_.plot, label_of(c_, box), room);
  }

  ImVec2 end_min(ImVec2 min, ImVec2 max) const {
    const float half = c_.px(4);
    return {(min.x + max.x) / 2 - half, (min.y + max.y) / 2 - half};
  }
  ImVec2 end_max(ImVec2 min, ImVec2 max) const {
    const float half = c_.px(4);
    return {(min.x + max.x) / 2 + half, (min.y + max.y) / 2 + half};
  }

  void cross(ImVec2 min, ImVec2 max, Color hue) const {
    draw_state_icon(c_.draw, WorkerState::killed, {(min.x + max.x) / 2, (min.y + max.y) / 2}, c_.px(13), hue);
  }

  const TimelineCanvas& c_;
  const Theme& theme_;
};

void draw_row_background(const TimelineCanvas& canvas, const LaneRow& row) {
  const Theme& theme = canvas.ui.theme();
  const ImVec2 min = canvas.at(0, row.y);
  const ImVec2 max = canvas.at(canvas.size.x, row.bottom() - canvas.px(3));
  canvas.draw->AddRectFilled(min, max, row.odd ? theme.lane_odd : theme.lane_even);
  const Selection& selection = canvas.model.selection;
  const bool selected = (row.kind == LaneKind::worker && row.worker == selection.worker) ||
                        (row.object != kNoObject && row.object == selection.object);
  if (selected) canvas.draw->AddRectFilled(min, max, faded(theme.selection, 0.55F));
}

/// In steps: from a worker's start to its end a dotted line, along which its steps lie.
void draw_threads_of_steps(const TimelineCanvas& canvas) {
  const TraceStore& store = canvas.store();
  const float now = canvas.layout.axis.clamped_x(canvas.model.drawn_until());
  for (const LaneRow& row : canvas.layout.rows) {
    if (row.kind != LaneKind::worker || row.bottom() < 0 || row.y > canvas.size.y) continue;
    const EventIndices events = store.events_of_worker(row.worker);
    if (events.empty()) continue;
    const float from = canvas.layout.axis.clamped_x(static_cast<RunTime>(store[events.front()].time));
    const bool ended = !lives(canvas.store().worker_after(row.worker, store.size()).state);
    const float to =
        ended ? canvas.layout.axis.clamped_x(static_cast<RunTime>(store[events.back()].time)) : now;
    const float y = std::floor((row.y + row.bottom() - canvas.px(3)) / 2);
    if (to > from) {
      canvas.ui.dashed(canvas.draw, canvas.at(from, y), canvas.at(to, y),
                       faded(canvas.ui.worker_color(row.worker), 0.7F), canvas.px(1.5F), 2, 5);
    }
  }
}

std::string tick_label(const TimelineCanvas& canvas, const Tick& tick) {
  if (canvas.model.run.in_steps()) return std::to_string(tick.time / kStepTime);
  return canvas.ui.moment(tick.time, std::min<RunTime>(canvas.layout.ticks.step, 1'000'000'000));
}

}  // namespace

void draw_axis(const TimelineCanvas& canvas) {
  const Theme& theme = canvas.ui.theme();
  ImFont* font = canvas.ui.fonts().mono_small;
  const float y = canvas.origin.y - canvas.axis_height;
  for (const Tick& tick : canvas.layout.ticks.ticks) {
    if (tick.time < 0) continue;
    const std::string text = tick_label(canvas, tick);
    const float width = canvas.ui.text_width(font, text);
    const float x = std::floor(canvas.origin.x + tick.x - width / 2);
    if (x < canvas.at(canvas.layout.gutter, 0).x - canvas.px(24) || x + width > canvas.at(canvas.size.x, 0).x)
      continue;
    canvas.ui.text_at(canvas.draw, font, {x, std::floor(y + canvas.px(8))}, theme.text_dim, text, width + 1);
  }
}

void draw_lanes(const TimelineCanvas& canvas) {
  const Theme& theme = canvas.ui.theme();
  // The grid is seen between the lanes, like the marks of a ruler. Without lanes it would cross the
  // invitation.
  for (const Tick& tick : canvas.layout.ticks.ticks) {
    const float x = std::floor(canvas.origin.x + tick.x);
    if (tick.x < canvas.layout.gutter || tick.time < 0 || !canvas.model.run.has_run()) continue;
    canvas.draw->AddRectFilled({x, canvas.origin.y - canvas.px(7)}, {x + 1, canvas.origin.y + canvas.size.y},
                               theme.grid);
  }
  for (const LaneRow& row : canvas.layout.rows) {
    if (row.bottom() >= 0 && row.y <= canvas.size.y) draw_row_background(canvas, row);
  }
  canvas.draw->PushClipRect(canvas.at(canvas.layout.gutter - canvas.px(4), 0),
                            canvas.at(canvas.size.x, canvas.size.y), true);
  for (const LanePlot& plot : canvas.layout.plots)
    draw_plot(canvas, plot);
  if (canvas.model.run.in_steps()) draw_threads_of_steps(canvas);
  LanePainter painter(canvas);
  for (const LaneBox& box : canvas.layout.boxes)
    painter.box(box);
  draw_arrows(canvas);
  canvas.draw->PopClipRect();
}

void draw_measure(const TimelineCanvas& canvas) {
  const auto& measure = canvas.model.timeline.measure;
  if (!measure || measure->length() == 0) return;
  const Theme& theme = canvas.ui.theme();
  const float x0 = canvas.at(canvas.layout.axis.clamped_x(std::min(measure->from, measure->to)), 0).x;
  const float x1 = canvas.at(canvas.layout.axis.clamped_x(std::max(measure->from, measure->to)), 0).x;
  const float top = canvas.origin.y;
  const float bottom = canvas.origin.y + canvas.size.y;
  canvas.draw->AddRectFilled({x0, top}, {x1, bottom}, faded(theme.measure, 0.16F));
  for (const float x : {x0, x1})
    canvas.draw->AddLine({x, top}, {x, bottom}, theme.measure, canvas.px(1.5F));
  const std::string text = canvas.ui.duration(std::abs(measure->length()));
  ImFont* font = canvas.ui.fonts().small_semi;
  const float width = canvas.ui.text_width(font, text);
  const float x = std::floor((x0 + x1 - width) / 2);
  const float y = top + canvas.px(6);
  canvas.draw->AddRectFilled({x - canvas.px(6), y - canvas.px(3)},
                             {x + width + canvas.px(6), y + compat::font_size(font) + canvas.px(3)},
                             theme.measure, canvas.px(3));
  canvas.ui.text_at(canvas.draw, font, {x, y}, readable_on(theme.measure), text, width + 1);
  canvas.ui.mark("timeline.measure", {x0, top}, {x1, bottom}, text);
}

void draw_playhead(const TimelineCanvas& canvas) {
  if (!canvas.model.run.has_run()) return;
  const float x_in = canvas.layout.axis.x_of(canvas.model.moment_time());
  if (x_in < canvas.layout.gutter - 1 || x_in > canvas.size.x) return;
  const Theme& theme = canvas.ui.theme();
  const float x = std::floor(canvas.at(x_in, 0).x);
  const float top = canvas.origin.y - canvas.px(8);
  canvas.draw->AddRectFilled({x - canvas.px(0.75F), top},
                             {x + canvas.px(0.75F) + 0.5F, canvas.origin.y + canvas.size.y}, theme.playhead);
  const float half = canvas.px(7);
  const float handle = top - canvas.px(3);
  canvas.draw->AddTriangleFilled({x - half, handle}, {x + half, handle}, {x, handle + canvas.px(9)},
                                 theme.playhead);
  canvas.ui.mark("timeline.playhead", {x - half, handle}, {x + half, handle + canvas.px(9)},
                 canvas.ui.moment(canvas.model.moment_time()));
}

}  // namespace lockstep
