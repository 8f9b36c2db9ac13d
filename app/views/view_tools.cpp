#include "app/views/view_tools.hpp"

#include <algorithm>
#include <cmath>

#include "app/shell/imgui_compat.hpp"

namespace lockstep {
namespace {

void centred_lines(Ui& ui, std::string_view text, ImVec2& at, float width, Color color, ImFont* font) {
  for (const std::string_view line : ui.lines(text, width, font)) {
    const float used = ui.text_width(font, line);
    ui.text_at(ImGui::GetWindowDrawList(), font, {std::floor(at.x - used / 2), std::floor(at.y)}, color, line,
               width);
    at.y += compat::font_size(font) + ui.px(4);
  }
}

}  // namespace

void empty_state(Ui& ui, const char* title, const char* text) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float width = std::max(std::min(room.x - ui.px(24), ui.px(460)), ui.px(60));
  const auto lines = static_cast<float>(ui.lines(text, width, ui.fonts().text).size());
  const float height = ui.px(26) + lines * (compat::font_size(ui.fonts().text) + ui.px(4));
  ImVec2 at{min.x + room.x / 2, min.y + std::max((room.y - height) / 2, ui.px(8))};
  centred_lines(ui, title, at, width, ui.theme().text, ui.fonts().semi);
  at.y += ui.px(4);
  centred_lines(ui, text, at, width, ui.theme().text_dim, ui.fonts().text);
  ImGui::Dummy({room.x, std::max(at.y - min.y, 1.0F)});
}

bool link(Ui& ui, std::string_view id, std::string_view label, bool enabled) {
  ImFont* font = ui.fonts().text;
  const float width = std::max(std::min(ui.text_width(font, label), ImGui::GetContentRegionAvail().x), 1.0F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{width, compat::font_size(font) + ui.px(4)};
  ImGui::BeginDisabled(!enabled);
  const bool pressed = ImGui::InvisibleButton(std::string(id).c_str(), size);
  ImGui::EndDisabled();
  ui.mark(id, label, enabled);
  const bool hovered = enabled && ImGui::IsItemHovered();
  const Color color = !enabled ? ui.theme().text_faint : ui.theme().accent_text;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float used = ui.text_at(draw, font, {at.x, at.y + ui.px(2)}, color, label, width);
  if (hovered) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    draw->AddLine({at.x, at.y + size.y}, {at.x + used, at.y + size.y}, color);
    if (ui.text_width(font, label) > width) ui.tip(std::string(label).c_str());
  }
  return pressed;
}

bool toggle(Ui& ui, std::string_view id, const char* label, bool on, const char* tip) {
  ImFont* font = ui.fonts().small;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float text = ui.text_width(font, label);
  const float box = ui.px(14);
  const ImVec2 size{text + box + ui.px(20), ui.px(24)};
  const bool pressed = ImGui::InvisibleButton(std::string(id).c_str(), size);
  ui.mark(id, label);
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = ui.theme();
  if (hovered) draw->AddRectFilled(at, {at.x + size.x, at.y + size.y}, t.button, ui.px(4));
  const ImVec2 min{at.x + ui.px(6), std::floor(at.y + (size.y - box) / 2)};
  const ImVec2 max{min.x + box, min.y + box};
  if (on) draw->AddRectFilled(min, max, t.accent, ui.px(3));
  compat::rect(draw, min, max, on ? t.accent : t.border_strong, ui.px(3), 1);
  if (on) draw_sign(draw, Sign::tick, {min.x + box / 2, min.y + box / 2}, box * 0.34F, readable_on(t.accent));
  ui.text_at(draw, font, {max.x + ui.px(6), at.y + (size.y - compat::font_size(font)) / 2},
             on ? t.text : t.text_dim, label, text + 1);
  if (hovered && tip) ui.tip(tip);
  return pressed;
}

bool badge_button(Ui& ui, ImVec2 top_left, WorkerId worker) {
  const float size = ui.px(19);
  const float width = std::max(size, ui.text_width(ui.fonts().small_semi, ui.badge_of(worker)) + ui.px(6));
  ui.badge_at(ImGui::GetWindowDrawList(), top_left, worker);
  const ImVec2 max{top_left.x + width, top_left.y + size};
  tip_over(ui, top_left, max, ui.name_of(worker));
  return ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(top_left, max) && ImGui::IsMouseClicked(0);
}

void dashed_rect(Ui& ui, ImDrawList* draw, ImVec2 min, ImVec2 max, Color color) {
  ui.dashed(draw, min, {max.x, min.y}, color);
  ui.dashed(draw, {max.x, min.y}, max, color);
  ui.dashed(draw, {min.x, max.y}, max, color);
  ui.dashed(draw, min, {min.x, max.y}, color);
}

void value_box(Ui& ui, ImVec2 min, ImVec2 size, std::string_view label, Color fill) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ImFont* font = ui.fonts().small_semi;
  const ImVec2 max{min.x + size.x, min.y + size.y};
  if (fill)
    draw->AddRectFilled(min, max, fill, ui.px(4));
  else
    dashed_rect(ui, draw, min, max, ui.theme().border_strong);
  const float room = size.x - ui.px(8);
  const float used = std::min(ui.text_width(font, label), room);
  ui.text_at(
      draw, font,
      {std::floor(min.x + (size.x - used) / 2), std::floor(min.y + (size.y - compat::font_size(font)) / 2)},
      fill ? readable_on(fill) : ui.theme().text_faint, label, room);
  if (ui.text_width(font, label) > room) tip_over(ui, min, max, label);
}

void tip_over(Ui& ui, ImVec2 min, ImVec2 max, std::string_view text) {
  if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max)) ui.tip(std::string(text).c_str());
}

void cell(Ui& ui, ImVec2 min, ImVec2 max, std::string_view text, Color color, ImFont* font, bool right) {
  if (text.empty() || max.x <= min.x) return;
  if (!font) font = ui.fonts().text;
  const float room = max.x - min.x;
  const float whole = ui.text_width(font, text);
  const float x = right ? std::max(min.x, max.x - whole) : min.x;
  const float y = std::floor(min.y + (max.y - min.y - compat::font_size(font)) / 2);
  ui.text_at(ImGui::GetWindowDrawList(), font, {std::floor(x), y}, color ? color : ui.theme().text, text,
             room);
  if (whole > room) tip_over(ui, min, max, text);
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;  // not inside a character
  return std::string(text.substr(0, end)) + "…";
}

std::string permits_words(const Ui& ui, const ObjectInfo& semaphore, const ObjectView& view) {
  const bool over = semaphore.initial == 0 || view.count > semaphore.initial;
  return ui.tr(over ? "lane.permits_over" : "lane.permits", view.count, semaphore.initial);
}

}  // namespace lockstep
