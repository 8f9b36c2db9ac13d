#include "app/shell/style.hpp"

#include <imgui.h>

namespace lockstep {
namespace {

struct StyleColor {
  ImGuiCol_ which;
  Color Theme::*color;
};

constexpr StyleColor kColors[] = {
    {ImGuiCol_Text, &Theme::text},
    {ImGuiCol_TextDisabled, &Theme::text_faint},
    {ImGuiCol_WindowBg, &Theme::background},
    {ImGuiCol_PopupBg, &Theme::popup},
    {ImGuiCol_Border, &Theme::border},
    {ImGuiCol_FrameBg, &Theme::field},
    {ImGuiCol_FrameBgHovered, &Theme::button},
    {ImGuiCol_FrameBgActive, &Theme::button},
    {ImGuiCol_TitleBg, &Theme::header},
    {ImGuiCol_TitleBgActive, &Theme::header},
    {ImGuiCol_ScrollbarGrab, &Theme::button},
    {ImGuiCol_ScrollbarGrabHovered, &Theme::button_hovered},
    {ImGuiCol_ScrollbarGrabActive, &Theme::button_active},
    {ImGuiCol_CheckMark, &Theme::accent_text},
    {ImGuiCol_SliderGrab, &Theme::text_dim},
    {ImGuiCol_SliderGrabActive, &Theme::text},
    {ImGuiCol_Button, &Theme::button},
    {ImGuiCol_ButtonHovered, &Theme::button_hovered},
    {ImGuiCol_ButtonActive, &Theme::button_active},
    {ImGuiCol_Header, &Theme::selection},
    {ImGuiCol_HeaderHovered, &Theme::button_hovered},
    {ImGuiCol_HeaderActive, &Theme::button_active},
    {ImGuiCol_Separator, &Theme::border},
    {ImGuiCol_TableHeaderBg, &Theme::header},
    {ImGuiCol_TableBorderStrong, &Theme::border},
    {ImGuiCol_TableBorderLight, &Theme::border},
    {ImGuiCol_PlotLines, &Theme::plot},
};

void set_color(ImGuiStyle& style, ImGuiCol which, Color color) {
  style.Colors[which] = ImGui::ColorConvertU32ToFloat4(color);
}

}  // namespace

void apply_style(const Theme& theme, float scale) {
  ImGuiStyle style;
  style.WindowPadding = {0, 0};
  style.FramePadding = {10, 6};
  style.ItemSpacing = {8, 6};
  style.ItemInnerSpacing = {6, 4};
  style.WindowRounding = 0;
  style.ChildRounding = 0;
  style.FrameRounding = 5;
  style.PopupRounding = 6;
  style.GrabRounding = 7;
  style.ScrollbarRounding = 6;
  style.ScrollbarSize = 11;
  style.GrabMinSize = 14;
  style.WindowBorderSize = 1;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 0;
  style.DisabledAlpha = 0.45F;
  style.CellPadding = {8, 4};
  style.CircleTessellationMaxError = 0.2F;
  style.ScaleAllSizes(scale);
  for (const StyleColor& entry : kColors)
    set_color(style, entry.which, theme.*entry.color);
  set_color(style, ImGuiCol_ChildBg, faded(theme.background, 0));
  set_color(style, ImGuiCol_ScrollbarBg, faded(theme.background, 0));
  set_color(style, ImGuiCol_TableRowBgAlt, faded(theme.lane_odd, 0.6F));
  set_color(style, ImGuiCol_TextSelectedBg, faded(theme.accent, 0.45F));
  set_color(style, ImGuiCol_ModalWindowDimBg, faded(theme.background, 0.6F));
  ImGui::GetStyle() = style;
}

}  // namespace lockstep
