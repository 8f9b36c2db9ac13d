#include "app/model/timeline_layout.hpp"

#include <algorithm>
#include <cmath>

#include "app/model/timeline_arrows.hpp"
#include "app/model/timeline_lanes.hpp"
#include "app/model/timeline_messages.hpp"

namespace lockstep {
namespace {

constexpr float kGutter = 188;        // unscaled width of the names
constexpr float kGutterShare = 0.4F;  // of the width, at most
constexpr float kTickSpacing = 96;    // unscaled
constexpr float kStepSpacing = 30;
constexpr float kRightMargin = 14;

}  // namespace

float LanePlot::y_of(std::int64_t value) const {
  if (high <= low) return y_low;
  const double share = static_cast<double>(value - low) / static_cast<double>(high - low);
  return static_cast<float>(y_low + (y_high - y_low) * share);
}

TimelineLayout lay_out_timeline(const TimelineInput& input) {
  TimelineLayout layout;
  layout.gutter = std::floor(std::min(kGutter * input.scale, input.width * kGutterShare));
  layout.axis = {input.visible, layout.gutter,
                 std::max(input.width - kRightMargin * input.scale, layout.gutter + 1)};
  layout.ticks = input.steps ? step_ticks(layout.axis, kStepSpacing * input.scale)
                             : nice_ticks(layout.axis, kTickSpacing * input.scale);

  TimelineRows rows = timeline_rows(*input.store, input.height, input.scale, input.compact);
  layout.rows = std::move(rows.rows);
  layout.content_height = rows.height;
  const float scroll = std::clamp(input.scroll, 0.0F, most_scroll(layout, input.height));
  for (LaneRow& row : layout.rows)
    row.y -= std::floor(scroll);

  lay_out_lanes(input, layout);
  lay_out_arrows(input, layout);
  lay_out_messages(input, layout);
  if (input.steps) lay_out_conflicts(input, layout);
  return layout;
}

float most_scroll(const TimelineLayout& layout, float height) {
  return std::max(0.0F, layout.content_height - height);
}

TimelineHit hit_test(const TimelineLayout& layout, float x, float y) {
  TimelineHit hit;
  hit.time = layout.axis.time_of(x);
  hit.on_name = x < layout.gutter;
  const auto row =
      std::ranges::find_if(layout.rows, [&](const LaneRow& r) { return y >= r.y && y < r.bottom(); });
  if (row == layout.rows.end()) return hit;
  hit.row = &*row;
  if (hit.on_name) return hit;
  const auto index = static_cast<std::uint32_t>(row - layout.rows.begin());
  constexpr float kSlack = 3;  // narrow marks can still be pointed at
  for (const LaneBox& box : layout.boxes) {
    const bool narrow = box.width() < 2 * kSlack;
    const float slack = narrow ? kSlack : 0;
    if (box.row != index || x < box.x0 - slack || x > box.x1 + slack) continue;
    const bool strip = box.look == BoxLook::waiter || box.look == BoxLook::held;
    if (strip && (y < box.y0 || y > box.y1)) continue;
    hit.box = &box;  // later ones are drawn over earlier ones
  }
  return hit;
}

}  // namespace lockstep
