// Step plots: the grid with its numbers, the limit, the line.
#include <cmath>
#include <vector>

#include "app/shell/imgui_compat.hpp"
#include "app/views/timeline_canvas.hpp"

namespace lockstep {
namespace {

void draw_grid(const TimelineCanvas& canvas, const LanePlot& plot, float x0, float x1) {
  const Theme& theme = canvas.ui.theme();
  ImFont* font = canvas.ui.fonts().mono_small;
  for (const std::int64_t level : plot.levels) {
    const float y = std::floor(canvas.at(0, plot.y_of(level)).y);
    canvas.draw->AddRectFilled({x0, y}, {x1, y + 1}, theme.grid);
    const std::string text = std::to_string(level);
    const float width = canvas.ui.text_width(font, text);
    const float left = canvas.at(canvas.layout.gutter, 0).x - canvas.px(9) - width;
    if (width > canvas.px(60)) continue;
    canvas.draw->PushClipRect(canvas.at(0, 0), canvas.at(canvas.size.x, canvas.size.y));
    canvas.ui.text_at(canvas.draw, font, {left, std::floor(y - compat::font_size(font) / 2)}, theme.text_dim,
                      text, width + 1);
    canvas.draw->PopClipRect();
  }
}

/// The area under the line, one rectangle for each level stretch.
void draw_area(const TimelineCanvas& canvas, const LanePlot& plot) {
  const float base = canvas.at(0, plot.y_of(std::max<std::int64_t>(plot.low, 0))).y;
  for (const PlotStep& step : plot.steps) {
    const float y = canvas.at(0, step.y_last).y;
    if (std::abs(base - y) < 1) continue;
    canvas.draw->AddRectFilled({canvas.at(step.x0, 0).x, std::min(y, base)},
                               {canvas.at(step.x1, 0).x, std::max(y, base)}, canvas.ui.theme().plot_fill);
  }
}

/// Axis-parallel lines as rectangles: cheaper than a polyline, and sharp.
void draw_line(const TimelineCanvas& canvas, const LanePlot& plot) {
  const Color color = canvas.ui.theme().plot;
  const float half = std::max(1.0F, canvas.px(1.1F));
  const auto horizontal = [&](float x0, float x1, float y) {
    canvas.draw->AddRectFilled({x0, y - half}, {x1, y + half}, color);
  };
  const auto vertical = [&](float x, float y0, float y1) {
    canvas.draw->AddRectFilled({x - half, std::min(y0, y1) - half}, {x + half, std::max(y0, y1) + half},
                               color);
  };
  float last_y = -1;
  for (const PlotStep& step : plot.steps) {
    const float x0 = canvas.at(step.x0, 0).x;
    const float x1 = canvas.at(step.x1, 0).x;
    const float y = std::floor(canvas.at(0, step.y_last).y) + 0.5F;
    if (last_y >= 0 && std::abs(last_y - y) > 0.5F) vertical(x0, last_y, y);
    if (step.y_min - step.y_max > 1)
      vertical((x0 + x1) / 2, canvas.at(0, step.y_min).y, canvas.at(0, step.y_max).y);
    horizontal(x0, x1, y);
    last_y = y;
  }
}

}  // namespace

void draw_plot(const TimelineCanvas& canvas, const LanePlot& plot) {
  if (plot.steps.empty()) return;
  const float x0 = canvas.at(canvas.layout.gutter, 0).x;
  const float x1 = canvas.at(canvas.layout.axis.x1, 0).x;
  draw_grid(canvas, plot, x0, x1);
  draw_area(canvas, plot);
  if (plot.limit > 0) {
    const float y = std::floor(canvas.at(0, plot.y_of(plot.limit)).y) + 0.5F;
    canvas.ui.dashed(canvas.draw, {x0, y}, {x1, y}, canvas.ui.theme().limit, 1.4F);
  }
  draw_line(canvas, plot);
}

}  // namespace lockstep
