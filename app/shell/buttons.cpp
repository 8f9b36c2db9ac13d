// The buttons of Ui.
#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {
namespace {

constexpr float kIcon = 12;  // unscaled
constexpr float kIconGap = 7;

}  // namespace

Color Ui::push_button(ButtonLook look) const {
  const Theme& t = *theme_;
  Color back = t.button, hovered = t.button_hovered, active = t.button_active, border = 0, text = t.text;
  const auto filled = [&](Color color) {
    back = color;
    hovered = mixed(color, t.text, 0.12F);
    active = mixed(color, t.text, 0.22F);
    text = readable_on(color);
  };
  switch (look) {
    case ButtonLook::plain: break;
    case ButtonLook::outlined:
      back = faded(t.button, 0);
      border = t.border_strong;
      break;
    case ButtonLook::primary: filled(t.accent); break;
    case ButtonLook::danger: filled(t.danger); break;
    case ButtonLook::good: filled(t.good); break;
  }
  ImGui::PushStyleColor(ImGuiCol_Button, back);
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, hovered);
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, active);
  ImGui::PushStyleColor(ImGuiCol_Border, border);
  ImGui::PushStyleColor(ImGuiCol_Text, text);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, border ? 1.0F : 0.0F);
  return text;
}

void Ui::pop_button() {
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(5);
}

bool Ui::button(std::string_view id, const char* label, ButtonLook look, bool enabled, const char* tip_text) {
  return icon_button(id, Icon::none, label, label, look, enabled, tip_text);
}

float Ui::button_width(const char* label, bool with_icon) const {
  const float text = label[0] != '\0' ? text_width(fonts_.text, label) : 0;
  const float icon = with_icon ? px(kIcon) + (text > 0 ? px(kIconGap) : 0) : 0;
  return std::ceil(text + icon + 2 * ImGui::GetStyle().FramePadding.x);
}

bool Ui::icon_button(std::string_view id, Icon icon, const char* label, const char* name, ButtonLook look,
                     bool enabled, const char* tip_text, float width) {
  const Color text = push_button(look);
  ImGui::BeginDisabled(!enabled);
  const std::string imgui_id = "###" + std::string(id);
  const float own_width = button_width(label, icon != Icon::none);
  const ImVec2 size{std::max(width, own_width), ImGui::GetFrameHeight()};
  const bool pressed = ImGui::Button(imgui_id.c_str(), size);
  const Color color = faded(text, enabled ? 1 : ImGui::GetStyle().DisabledAlpha);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  float x =
      ImGui::GetItemRectMin().x + ImGui::GetStyle().FramePadding.x + std::floor((size.x - own_width) / 2);
  const float middle = (ImGui::GetItemRectMin().y + ImGui::GetItemRectMax().y) / 2;
  if (icon != Icon::none) {
    draw_icon(draw, icon, {std::floor(x + px(kIcon) / 2) + 0.5F, std::floor(middle) + 0.5F}, px(kIcon),
              color);
    x += px(kIcon) + px(kIconGap);
  }
  if (label[0] != '\0') {
    text_at(draw, fonts_.text, {std::floor(x), std::floor(middle - compat::font_size(fonts_.text) / 2)},
            color, label, size.x);
  }
  ImGui::EndDisabled();
  pop_button();
  mark(id, name, enabled);
  if (tip_text && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) tip(tip_text);
  return pressed;
}

}  // namespace lockstep
