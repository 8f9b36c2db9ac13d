#include "app/shell/tabs.hpp"

#include <algorithm>
#include <cmath>

#include "app/shell/imgui_compat.hpp"

namespace lockstep {
namespace {

float text_y(ImFont* font, ImVec2 min, ImVec2 max) {
  return std::floor((min.y + max.y - compat::font_size(font)) / 2);
}

/// Draws the status right-aligned between `from` and the end of the strip.
void draw_status(const View& view, AppModel& model, Ui& ui, float from, ImVec2 min, ImVec2 max) {
  if (!view.status) return;
  const std::string text = view.status(model, ui);
  ImFont* font = ui.fonts().small;
  const float room = max.x - ui.px(12) - from;
  const float width = std::min(ui.text_width(font, text), room);
  if (width < ui.px(30)) return;
  const ImVec2 at{std::floor(max.x - ui.px(12) - width), text_y(font, min, max)};
  ui.text_at(ImGui::GetWindowDrawList(), font, at, ui.theme().text_dim, text, room);
  ui.mark(std::string(view.id) + ".status", at, {at.x + width, max.y}, text);
}

struct Tab {
  const View* view;
  std::string title;
  std::string count;  // "" for none
  float width = 0;    // without padding
};

std::vector<Tab> measure(const std::vector<const View*>& views, const AppModel& model, const Ui& ui) {
  std::vector<Tab> tabs;
  for (const View* view : views) {
    Tab tab{view, ui.tr(view->title_key), {}, 0};
    tab.width = ui.text_width(ui.fonts().small_semi, tab.title);
    if (const int count = view->count ? view->count(model) : 0; count > 0) {
      tab.count = std::to_string(count);
      tab.width +=
          ui.px(6) + std::max(ui.px(18), ui.text_width(ui.fonts().small_semi, tab.count) + ui.px(10));
    }
    tabs.push_back(std::move(tab));
  }
  return tabs;
}

void draw_count(const std::string& count, Ui& ui, ImVec2 at) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ImFont* font = ui.fonts().small_semi;
  const float height = ui.px(18);
  const float text = ui.text_width(font, count);
  const float width = std::max(height, text + ui.px(10));
  const Color back = ui.theme().danger;
  draw->AddRectFilled(at, {at.x + width, at.y + height}, back, ui.px(4));
  ui.text_at(
      draw, font,
      {std::floor(at.x + (width - text) / 2), std::floor(at.y + (height - compat::font_size(font)) / 2)},
      readable_on(back), count, width);
}

bool draw_tab(const Tab& tab, bool current, Ui& ui, ImVec2 min, ImVec2 max, float padding, float room) {
  ImGui::SetCursorScreenPos(min);
  const std::string id = std::string("tab.") + tab.view->id;
  const bool clicked = ImGui::InvisibleButton(id.c_str(), {max.x - min.x, max.y - min.y});
  const bool hovered = ImGui::IsItemHovered();
  ui.mark(id, tab.title);
  const Theme& theme = ui.theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ImFont* font = ui.fonts().small_semi;
  const Color color = current ? theme.text : hovered ? theme.text : theme.text_dim;
  const float used =
      ui.text_at(draw, font, {min.x + padding, text_y(font, min, max)}, color, tab.title, room);
  if (!tab.count.empty()) {
    draw_count(tab.count, ui,
               {min.x + padding + used + ui.px(6), std::floor((min.y + max.y - ui.px(18)) / 2)});
  }
  if (current) draw->AddRectFilled({min.x, max.y - ui.px(2)}, max, theme.accent_text);
  if (hovered && used < ui.text_width(font, tab.title)) ui.tip(tab.title.c_str());
  return clicked;
}

}  // namespace

void draw_header(const View& view, AppModel& model, Ui& ui, ImVec2 min, ImVec2 max) {
  ImFont* font = ui.fonts().small_semi;
  const std::string_view title = ui.tr(view.title_key);
  const float width =
      ui.text_at(ImGui::GetWindowDrawList(), font, {min.x + ui.px(12), text_y(font, min, max)},
                 ui.theme().text_dim, title, max.x - min.x - ui.px(24));
  draw_status(view, model, ui, min.x + ui.px(12) + width + ui.px(24), min, max);
}

const View* draw_tabs(const std::vector<const View*>& views, const View& current, AppModel& model, Ui& ui,
                      ImVec2 min, ImVec2 max) {
  const std::vector<Tab> tabs = measure(views, model, ui);
  float titles = 0;
  for (const Tab& tab : tabs)
    titles += tab.width;
  const auto n = static_cast<float>(tabs.size());
  const float room = max.x - min.x;
  const float padding = std::clamp((room - titles) / (2 * n), ui.px(3), ui.px(14));
  // If even that is too much, all titles give up the same share.
  const float share = std::min(1.0F, (room - 2 * n * padding) / std::max(titles, 1.0F));

  const View* clicked = nullptr;
  float x = min.x;
  for (const Tab& tab : tabs) {
    const float width = std::floor(tab.width * share + 2 * padding);
    const float title =
        tab.count.empty() ? width - 2 * padding + 1 : ui.text_width(ui.fonts().small_semi, tab.title);
    if (draw_tab(tab, tab.view == &current, ui, {x, min.y}, {x + width, max.y}, padding, title))
      clicked = tab.view;
    x += width;
  }
  draw_status(current, model, ui, x + ui.px(16), min, max);
  return clicked;
}

}  // namespace lockstep
