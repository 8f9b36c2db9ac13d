// The arrows between the lanes: who woke whom, messages, and accesses that a finding is about.
#include <algorithm>
#include <cmath>

#include "app/model/arrow_curve.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/timeline_canvas.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kMostLabels = 3;  // of conflicts: with more the words would hide the lanes

ImVec2 point(const TimelineCanvas& canvas, CurvePoint p) { return canvas.at(p.x, p.y); }

void draw_curve(const TimelineCanvas& canvas, const ArrowCurve& curve, Color color, float thickness,
                float head) {
  const auto& p = curve.points;
  canvas.draw->AddBezierCubic(point(canvas, p[0]), point(canvas, p[1]), point(canvas, p[2]),
                              point(canvas, p[3]), color, canvas.px(thickness));
  const ImVec2 end = point(canvas, p[3]);
  const float half = canvas.px(head), back = end.y - curve.direction() * half * 1.4F;
  canvas.draw->AddTriangleFilled({end.x - half, back}, {end.x + half, back}, end, color);
}

/// True if any of it lies between the gutter and the right edge.
bool in_sight(const TimelineCanvas& canvas, const ConflictArrow& arrow) {
  return std::max(arrow.x0, arrow.x1) > canvas.layout.gutter && std::min(arrow.x0, arrow.x1) < canvas.size.x;
}

/// In the middle of the curve, over whatever lies there.
void draw_words(const TimelineCanvas& canvas, const ArrowCurve& curve, Color color, const char* words) {
  ImFont* font = canvas.ui.fonts().small_semi;
  const ImVec2 middle = point(canvas, curve.at(0.5F));
  const float width = canvas.ui.text_width(font, words), height = compat::font_size(font);
  const float left = canvas.at(canvas.layout.gutter, 0).x,
              right = canvas.at(canvas.size.x, 0).x - canvas.px(6);
  const float x = std::floor(std::max(left, std::min(middle.x - width / 2, right - width)));
  const float y = std::floor(middle.y - height / 2);
  canvas.draw->AddRectFilled({x - canvas.px(5), y - canvas.px(2)},
                             {x + width + canvas.px(5), y + height + canvas.px(2)},
                             faded(canvas.ui.theme().background, 0.9F), canvas.px(3));
  canvas.ui.text_at(canvas.draw, font, {x, y}, color, words, width + 1);
}

}  // namespace

void draw_arrow(const TimelineCanvas& canvas, const WakeArrow& arrow) {
  const Theme& theme = canvas.ui.theme();
  const Color color = arrow.emphasised ? theme.accent_text : theme.arrow;
  draw_curve(canvas, curve_of(arrow, canvas.ui.scale()), color, arrow.emphasised ? 2.4F : 1.6F, 4);
  canvas.draw->AddCircleFilled(canvas.at(arrow.x0, arrow.y0), canvas.px(3.5F), color);
}

/// In the sender's hue, from a letter: a message, as told from who woke whom.
void draw_arrow(const TimelineCanvas& canvas, const MessageArrow& arrow) {
  const Color color = canvas.ui.worker_color(arrow.sender);
  draw_curve(canvas, curve_of(arrow, canvas.ui.scale()), color, arrow.emphasised ? 2.6F : 1.6F, 4);
  const ImVec2 a = canvas.at(arrow.x0, arrow.y0);
  const float half = canvas.px(5), high = canvas.px(3.5F);
  canvas.draw->AddRectFilled({a.x - half, a.y - high}, {a.x + half, a.y + high}, color, canvas.px(1));
  const Color ink = readable_on(color);
  canvas.draw->AddLine({a.x - half + 1, a.y - high + 1}, a, ink, 1);
  canvas.draw->AddLine({a.x + half - 1, a.y - high + 1}, a, ink, 1);
}

/// From the first access to the second.
void draw_arrow(const TimelineCanvas& canvas, const ConflictArrow& arrow, bool with_words) {
  const Color color = canvas.ui.theme().warning;
  const ArrowCurve curve = curve_of(arrow, canvas.ui.scale());
  draw_curve(canvas, curve, color, 2, 4.5F);
  canvas.draw->AddCircleFilled(canvas.at(arrow.x0, arrow.y0), canvas.px(4), color);
  if (with_words && in_sight(canvas, arrow)) draw_words(canvas, curve, color, words_of(canvas, arrow));
}

void draw_arrows(const TimelineCanvas& canvas) {
  const auto& conflicts = canvas.layout.conflicts;
  for (const ConflictArrow& arrow : conflicts)
    draw_arrow(canvas, arrow, conflicts.size() <= kMostLabels);
  for (const WakeArrow& arrow : canvas.layout.arrows)
    draw_arrow(canvas, arrow);
  for (const MessageArrow& arrow : canvas.layout.messages)
    draw_arrow(canvas, arrow);
}

}  // namespace lockstep
