// The help over everything: the keys, from the key table, and what each pane shows.
#include <algorithm>
#include <vector>

#include "app/model/key_table.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kRow = 25;

/// Several bindings of one action are one row: "? · F1".
struct KeyRow {
  std::string_view group_key, help_key;
  std::string labels;
};

std::vector<KeyRow> key_rows() {
  std::vector<KeyRow> rows;
  for (const KeyBinding& binding : key_table()) {
    const auto same = std::ranges::find_if(rows, [&](const KeyRow& row) {
      return row.help_key == binding.help_key && row.group_key == binding.group_key;
    });
    if (same != rows.end())
      same->labels += "   " + std::string(binding.label);
    else
      rows.push_back({binding.group_key, binding.help_key, std::string(binding.label)});
  }
  return rows;
}

/// The label as key caps. Returns the width used.
float draw_caps(Ui& ui, std::string_view labels, ImVec2 at) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ImFont* font = ui.fonts().mono_small;
  const float from = at.x;
  while (!labels.empty()) {
    const std::size_t end = std::min(labels.find("   "), labels.size());
    const std::string_view label = labels.substr(0, end);
    const float text = ui.text_width(font, label);
    const float width = std::max(text + ui.px(12), ui.px(24));
    const ImVec2 max{at.x + width, at.y + ui.px(20)};
    draw->AddRectFilled(at, max, ui.theme().button, ui.px(4));
    compat::rect(draw, at, max, ui.theme().border_strong, ui.px(4), 1);
    ui.text_at(draw, font, {at.x + (width - text) / 2, at.y + (ui.px(20) - compat::font_size(font)) / 2},
               ui.theme().text, label, text + 1);
    at.x = max.x + ui.px(5);
    labels.remove_prefix(std::min(end + 3, labels.size()));
  }
  return at.x - from;
}

void heading(Ui& ui, const char* text) {
  ImGui::Dummy(ui.px(1, 4));
  ui.text(text, ui.theme().accent_text, ui.fonts().semi);
}

void draw_keys(Ui& ui) {
  std::string_view group;
  for (const KeyRow& row : key_rows()) {
    if (row.group_key != group) {
      group = row.group_key;
      heading(ui, ui.tr(group));
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float caps = std::max(draw_caps(ui, row.labels, {at.x, at.y + ui.px(2)}), ui.px(92));
    cell(ui, {at.x + caps + ui.px(6), at.y}, {at.x + width, at.y + ui.px(kRow)}, ui.tr(row.help_key));
    ImGui::Dummy({width, ui.px(kRow) - ImGui::GetStyle().ItemSpacing.y});
    ui.mark("help.key." + std::string(row.help_key), row.labels);
  }
}

void draw_areas(Ui& ui) {
  heading(ui, ui.tr("help.areas"));
  for (const View* view : all_views()) {
    if (view->place == ViewPlace::overlay) continue;
    ui.text(ui.tr(view->title_key), 0, ui.fonts().semi);
    ui.text_wrapped(ui.tr(view->help_key), ui.theme().text_dim);
    ui.mark("help.area." + std::string(view->id), ui.tr(view->title_key));
    ImGui::Dummy(ui.px(1, 3));
  }
}

void draw_title(AppModel& model, Ui& ui) {
  ui.text(ui.tr("help.title"), 0, ui.fonts().title);
  const char* label = ui.tr("help.close");
  const float width = ui.text_width(ui.fonts().text, label) + ui.px(22);
  ImGui::SameLine(ImGui::GetWindowWidth() - width - ui.px(20));
  if (ui.button("help.close", label, ButtonLook::outlined)) model.send(Action::help);
  ui.text_wrapped(ui.tr("help.intro"), ui.theme().text_dim);
}

void draw_columns(Ui& ui) {
  compat::begin_child("help.scroll", {0, 0}, false);
  const int columns = ImGui::GetContentRegionAvail().x >= ui.px(620) ? 2 : 1;
  if (ImGui::BeginTable("help.columns", columns,
                        ImGuiTableFlags_NoPadOuterX | ImGuiTableFlags_SizingStretchSame)) {
    ImGui::TableNextColumn();
    draw_keys(ui);
    ImGui::TableNextColumn();
    draw_areas(ui);
    ImGui::EndTable();
  }
  ImGui::EndChild();
}

void draw(AppModel& model, Ui& ui) {
  if (!model.overlays.help) return;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const ImVec2 size{std::min(display.x - ui.px(40), ui.px(1040)),
                    std::min(display.y - ui.px(40), ui.px(820))};
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(display);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, faded(ui.theme().background, 0.6F));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("help.shade", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  const ImVec2 min{(display.x - size.x) / 2, (display.y - size.y) / 2};
  const bool outside = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) && ImGui::IsMouseClicked(0) &&
                       !ImGui::IsMouseHoveringRect(min, {min.x + size.x, min.y + size.y}, false);
  ImGui::SetCursorScreenPos(min);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, ui.theme().popup);
  ImGui::PushStyleColor(ImGuiCol_Border, ui.theme().border_strong);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(20, 18));
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, ui.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 1);
#if IMGUI_VERSION_NUM >= 19000
  ImGui::BeginChild("help", size, ImGuiChildFlags_Border);
#else
  ImGui::BeginChild("help", size, true);
#endif
  ImGui::PopStyleVar(3);
  ImGui::PopStyleColor(2);
  draw_title(model, ui);
  draw_columns(ui);
  ImGui::EndChild();
  ImGui::End();
  if (outside) model.send(Action::help);
}

}  // namespace

const View help_view{"help", "help.title", ViewPlace::overlay, draw, "help.help"};

}  // namespace lockstep
