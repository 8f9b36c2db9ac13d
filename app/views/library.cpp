// The library: chapters with their scenarios or the steps of a path, how far the learner has come, the
// search.
#include <algorithm>

#include "app/model/library_list.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/filter_bar.hpp"
#include "app/views/library_row.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kHeading = 32, kPad = 12;

struct LibraryState {
  std::string search;
  std::string made_for;  ///< what `rows` were made for: path, language, search
  std::vector<LibraryRow> rows;
  const Scenario* cursor = nullptr;  ///< where the arrow keys are; nullptr: nowhere yet
  const Scenario* shown = nullptr;   ///< that was last brought into sight
  float height = 0;                  ///< of the list, when that was
  bool typing = false;               ///< the search had the keyboard in the last frame
};

class Library {
 public:
  Library(AppModel& model, Ui& ui) : model_(model), ui_(ui), state_(ui.state<LibraryState>()) {}

  void draw() {
    draw_search();
    draw_order();
    find_rows();
    compat::begin_child("library.list", {0, 0}, false);
    handle_keys();
    if (state_.rows.empty()) empty_state(ui_, ui_.tr("library.none"), ui_.tr("library.none.text"));
    for (const LibraryRow& row : state_.rows)
      draw_row(row);
    ImGui::Dummy({1, ui_.px(8)});
    ImGui::EndChild();
  }

 private:
  void draw_search() {
    const bool focus = model_.overlays.focus_library_search;
    model_.overlays.focus_library_search = false;
    ImGui::SetCursorPos({ui_.px(10), ui_.px(8)});
    const float width = ImGui::GetContentRegionAvail().x - ui_.px(10);
    if (search_field(ui_, "library.search", state_.search, ui_.tr("library.search"), width, focus)) {
      state_.cursor = nullptr;
    }
    state_.typing = ImGui::IsItemActive();
    const bool entered = ImGui::IsItemDeactivated() && compat::pressed(ImGuiKey_Enter);
    if (entered) enter_ = true;
  }

  /// By chapter, or along one of the paths.
  void draw_order() {
    ImGui::SetCursorPos({ui_.px(10), ImGui::GetCursorPosY() + ui_.px(2)});
    const float width = (ImGui::GetContentRegionAvail().x - ui_.px(10)) / 3;
    ImVec2 at = ImGui::GetCursorScreenPos();
    draw_order_button("", ui_.tr("library.order.chapters"), at, width);
    draw_order_button("lecture", ui_.tr("library.order.lecture"), {at.x + width, at.y}, width);
    draw_order_button("week", ui_.tr("library.order.week"), {at.x + 2 * width, at.y}, width);
  }

  void draw_order_button(const char* path, const char* label, ImVec2 at, float width) {
    const Theme& t = ui_.theme();
    const bool on = model_.settings.path == path;
    const ImVec2 max{at.x + width, at.y + ui_.px(26)};
    const std::string id = std::string("library.order.") + (*path ? path : "chapters");
    ImGui::SetCursorScreenPos(at);
    if (ImGui::InvisibleButton(id.c_str(), {width, max.y - at.y})) model_.send(ChoosePath{path});
    ui_.mark(id, label);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const bool hovered = ImGui::IsItemHovered();
    if (on || hovered) draw->AddRectFilled(at, max, on ? t.accent : t.button);
    compat::rect(draw, at, max, on ? t.accent : t.border_strong, 0, 1);
    const float used = std::min(ui_.text_width(ui_.fonts().small_semi, label), width);
    cell(ui_, {at.x + (width - used) / 2, at.y}, {max.x, max.y}, label,
         on ? readable_on(t.accent) : t.text_dim, ui_.fonts().small_semi);
    if (hovered) ui_.tip(order_tip(path).c_str());
  }

  std::string order_tip(const char* id) const {
    if (!*id) return ui_.tr("library.order.chapters.tip");
    const LearningPath& path = path_named(id);
    return ui_.tr("library.order.tip", path.title, path.minutes(), path.intro);
  }

  const LearningPath& path_named(std::string_view id) const {
    return learning_path(id, name_of(ui_.language()));
  }

  void find_rows() {
    const bool on_path = state_.search.empty() && is_path(model_.settings.path);
    std::string key = on_path ? model_.settings.path + '/' + std::string(name_of(ui_.language())) : "";
    key += '/' + state_.search;
    if (!state_.rows.empty() && state_.made_for == key) return;
    if (state_.made_for != key) {
      state_.shown = nullptr;
      ImGui::SetNextWindowScroll({0, 0});  // of the list, which comes next
    }
    state_.made_for = key;
    if (on_path) {
      state_.rows = path_rows(path_named(model_.settings.path));
      return;
    }
    state_.rows = library_rows(all_scenarios(),
                               [&](const Scenario& scenario) { return search_hit(scenario, state_.search); });
  }

  void handle_keys() {
    const bool here = state_.typing || enter_ || (ImGui::IsWindowFocused() && !Ui::typing());
    if (!here) {
      state_.cursor = nullptr;
      return;
    }
    const int steps =
        (compat::pressed(ImGuiKey_DownArrow) ? 1 : 0) - (compat::pressed(ImGuiKey_UpArrow) ? 1 : 0);
    if (steps != 0) {
      const Scenario* from = state_.cursor           ? state_.cursor
                             : state_.search.empty() ? model_.scenario()
                                                     : nullptr;
      state_.cursor = neighbour(state_.rows, from, from ? steps : 1);
      bring_ = state_.cursor;
    }
    if (!enter_ && !(compat::pressed(ImGuiKey_Enter) && !state_.typing)) return;
    const Scenario* choice = state_.cursor;
    if (choice == nullptr && !state_.search.empty()) choice = neighbour(state_.rows, nullptr, 1);
    if (choice != nullptr) choose(*choice);
  }

  void choose(const Scenario& scenario) {
    model_.send(ChooseScenario{std::string(scenario.id)});
    state_.search.clear();
    state_.cursor = nullptr;
  }

  void draw_row(const LibraryRow& row) {
    switch (row.kind) {
      case RowKind::chapter: return draw_chapter(row.chapter);
      case RowKind::mentions: return draw_heading(ui_.tr("library.mentions"), "");
      case RowKind::part: return draw_part(*row.part);
      case RowKind::scenario: break;
    }
    const bool pressed =
        LibraryRowView(model_, ui_, *row.scenario, row.step).draw(state_.cursor == row.scenario);
    keep_in_sight(*row.scenario, model_.scenario() == row.scenario);
    if (pressed) choose(*row.scenario);
  }

  void draw_chapter(Chapter chapter) {
    const Count count = count_chapter(all_scenarios(), chapter, model_.learned);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    draw_heading(title_of(ui_, chapter), ui_.tr("library.count", count.done, count.all));
    draw_share(at, width, count);
    tip_over(ui_, at, {at.x + width, at.y + ui_.px(kHeading)},
             ui_.tr("library.count.tip", count.all, count.done, count.begun));
  }

  void draw_part(const PathPart& part) {
    const Count count = count_part(part, model_.learned);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    draw_heading(part.title.c_str(), ui_.tr("path.minutes", part.minutes()));
    draw_share(at, width, count);
    tip_over(ui_, at, {at.x + width, at.y + ui_.px(kHeading)},
             ui_.tr("library.count.tip", count.all, count.done, count.begun));
    ImGui::Indent(ui_.px(kPad));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ui_.px(8, 3));
    for (const std::string_view line : ui_.lines(part.goal, width - ui_.px(2 * kPad), ui_.fonts().small))
      ui_.text(line, ui_.theme().text_dim, ui_.fonts().small);
    ImGui::PopStyleVar();
    ImGui::Unindent(ui_.px(kPad));
  }

  void draw_heading(const char* title, const std::string& right) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 min{at.x + ui_.px(kPad), at.y + ui_.px(5)};
    const ImVec2 max{at.x + width - ui_.px(kPad), at.y + ui_.px(kHeading - 3)};
    const float number = ui_.text_width(ui_.fonts().small_semi, right);
    cell(ui_, {max.x - number, min.y}, {max.x + 1, max.y}, right, ui_.theme().text_dim,
         ui_.fonts().small_semi);
    cell(ui_, min, {max.x - number - ui_.px(6), max.y}, title, ui_.theme().text_dim, ui_.fonts().small_semi);
    ImGui::Dummy({width, ui_.px(kHeading) - ImGui::GetStyle().ItemSpacing.y});
  }

  /// A line under the heading: what is done of it, and what is begun.
  void draw_share(ImVec2 at, float width, const Count& count) {
    const float from = at.x + ui_.px(kPad);
    const float whole = width - ui_.px(2 * kPad);
    const float y = at.y + ui_.px(kHeading - 4);
    const auto line = [&](int number, Color color) {
      const float share = static_cast<float>(number) / static_cast<float>(std::max(count.all, 1));
      ImGui::GetWindowDrawList()->AddRectFilled({from, y}, {from + whole * share, y + ui_.px(2)}, color);
    };
    line(count.all, ui_.theme().border);
    line(count.done + count.begun, ui_.theme().accent);
    line(count.done, ui_.theme().ok);
  }

  void keep_in_sight(const Scenario& scenario, bool chosen) {
    // Also when the card below has got another height.
    const float height = ImGui::GetWindowHeight();
    const bool newly =
        chosen && state_.search.empty() && (state_.shown != &scenario || state_.height != height);
    if (newly) {
      state_.shown = &scenario;
      state_.height = height;
    }
    const ImVec2 top = ImGui::GetWindowPos();
    const bool whole = ImGui::GetItemRectMin().y >= top.y && ImGui::GetItemRectMax().y <= top.y + height;
    if ((newly || bring_ == &scenario) && !whole) ImGui::SetScrollHereY(0.5F);
  }

  AppModel& model_;
  Ui& ui_;
  LibraryState& state_;
  const Scenario* bring_ = nullptr;
  bool enter_ = false;  ///< Enter was pressed in the search
};

void draw(AppModel& model, Ui& ui) { Library(model, ui).draw(); }

}  // namespace

const View library_view{"library", "library.title", ViewPlace::left, draw, "library.help"};

}  // namespace lockstep
