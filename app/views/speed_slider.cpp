#include "app/views/speed_slider.hpp"

#include <algorithm>
#include <cmath>

namespace lockstep {
namespace {

constexpr double kLeast = -2;  // 2^-2 = ¼
constexpr double kMost = 6;    // 2^6 = 64

}  // namespace

std::string speed_text(double speed) {
  if (speed < 0.375) return "¼×";
  if (speed < 0.75) return "½×";
  return fmt::format("{:.3g}×", speed);
}

void speed_slider(AppModel& model, Ui& ui, float width) {
  const Theme& theme = ui.theme();
  const float height = ImGui::GetFrameHeight();
  const float knob = ui.px(7);
  ImGui::InvisibleButton("speed", {width, height});
  const ImVec2 min = ImGui::GetItemRectMin();
  ui.mark("transport.speed", speed_text(model.settings.speed));
  const float x0 = min.x + knob, x1 = min.x + width - knob;
  const float y = std::floor(min.y + height / 2);

  if (ImGui::IsItemActive()) {
    const double share = std::clamp((ImGui::GetIO().MousePos.x - x0) / (x1 - x0), 0.0F, 1.0F);
    const double speed = std::exp2(std::round(kLeast + share * (kMost - kLeast)));
    if (speed != model.settings.speed) model.send(SetSpeed{speed});
  }
  const double share = (std::log2(model.settings.speed) - kLeast) / (kMost - kLeast);
  const float x = x0 + static_cast<float>(std::clamp(share, 0.0, 1.0)) * (x1 - x0);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float half = ui.px(2);
  draw->AddRectFilled({x0, y - half}, {x1, y + half}, theme.border_strong, half);
  draw->AddRectFilled({x0, y - half}, {x, y + half}, theme.accent, half);
  const bool lively = ImGui::IsItemHovered() || ImGui::IsItemActive();
  draw->AddCircleFilled({x, y}, knob + (lively ? ui.px(1) : 0),
                        lively ? theme.text : mixed(theme.text, theme.panel, 0.1F));
  if (ImGui::IsItemHovered() && !ImGui::IsItemActive()) ui.tip(ui.tr("transport.speed.tip"));
}

}  // namespace lockstep
