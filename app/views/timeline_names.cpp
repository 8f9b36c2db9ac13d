// The column at the left of the lanes: who or what it is, and how it stands at the moment.
#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/views/timeline_canvas.hpp"
#include "core/analysis/finding.hpp"

namespace lockstep {
namespace {

constexpr float kTextX = 26;  // unscaled: where names begin
constexpr float kChip = 17;   // unscaled size of the sign of a state

/// The sign of a worker's state at the right end of the column: an icon, with the word as its tooltip.
void draw_state(const TimelineCanvas& canvas, const LaneRow& row, float right) {
  const WorkerState state = canvas.model.worker(row.worker).state;
  const Theme& theme = canvas.ui.theme();
  const float size = canvas.px(kChip);
  const float y = row.low ? row.y + (row.height - canvas.px(3) - size) / 2
                          : row.y + (row.height - canvas.px(3)) / 2 - size - canvas.px(1);
  const ImVec2 min = canvas.at(right - size, std::floor(y));
  const ImVec2 max{min.x + size, min.y + size};
  const bool lively = state == WorkerState::running;
  const bool waits = state == WorkerState::waiting;
  const Color color = lively ? theme.ok : waits ? theme.warning : theme.text_faint;
  draw_state_icon(canvas.draw, state, {(min.x + max.x) / 2, (min.y + max.y) / 2}, size * 0.6F, color);
  const std::string word = label(state, canvas.ui.language());
  canvas.ui.mark("state." + std::to_string(row.worker), min, max, word);
}

void draw_name(const TimelineCanvas& canvas, const LaneRow& row, const std::string& name, float right) {
  const Theme& theme = canvas.ui.theme();
  const Fonts& fonts = canvas.ui.fonts();
  const float x = canvas.px(kTextX);
  const float room = right - x;
  const float middle = row.y + (row.height - canvas.px(3)) / 2;
  if (row.low) {
    canvas.ui.text_at(canvas.draw, fonts.semi,
                      canvas.at(x, std::floor(middle - compat::font_size(fonts.semi) / 2)), theme.text, name,
                      room);
    return;
  }
  const float gap = canvas.px(3);
  canvas.ui.text_at(canvas.draw, fonts.semi,
                    canvas.at(x, std::floor(middle - compat::font_size(fonts.semi) - gap / 2)), theme.text,
                    name, room);
  const float whole = canvas.layout.gutter - canvas.px(8) - x;
  const bool plot = row.kind == LaneKind::plot;  // its numbers stand at the end of the column
  canvas.ui.text_at(canvas.draw, fonts.small, canvas.at(x, std::floor(middle + gap)), theme.text_dim,
                    second_line(canvas, row), plot ? whole - canvas.px(20) : whole);
}

void draw_row(const TimelineCanvas& canvas, const LaneRow& row) {
  const bool worker = row.kind == LaneKind::worker;
  float right = canvas.layout.gutter - canvas.px(10);
  if (worker) {
    const float inset = canvas.px(row.low ? 4 : 11);
    canvas.draw->AddRectFilled(canvas.at(canvas.px(10), row.y + inset),
                               canvas.at(canvas.px(16), row.bottom() - canvas.px(3) - inset),
                               canvas.ui.worker_color(row.worker), canvas.px(3));
    draw_state(canvas, row, right);
    right -= canvas.px(kChip + 4);
  }
  const std::string name = worker ? canvas.ui.name_of(row.worker) : canvas.ui.name_of_object(row.object);
  draw_name(canvas, row, name, right);
  const std::string id =
      worker ? "lane.worker." + std::to_string(row.worker) : "lane.object." + std::to_string(row.object);
  canvas.ui.mark(id, canvas.at(0, row.y), canvas.at(canvas.layout.gutter, row.bottom()), name);
}

}  // namespace

void draw_names(const TimelineCanvas& canvas) {
  canvas.draw->PushClipRect(canvas.at(0, 0), canvas.at(canvas.layout.gutter, canvas.size.y), true);
  for (const LaneRow& row : canvas.layout.rows) {
    if (row.bottom() >= 0 && row.y <= canvas.size.y) draw_row(canvas, row);
  }
  canvas.draw->PopClipRect();
}

}  // namespace lockstep
