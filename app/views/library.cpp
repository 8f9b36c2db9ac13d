// The library: chapters with their scenarios, how far the learner has come with each, and the search.
#include <algorithm>
#include <cmath>

#include "app/model/library_list.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/filter_bar.hpp"
#include "app/views/signs.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"
#include "core/scenario/availability.hpp"
#include "core/scenario/lesson.hpp"

namespace lockstep {
namespace {

constexpr float kRow = 29, kHeading = 30, kPad = 12;

struct LibraryState {
  std::string search;
  const Scenario* cursor = nullptr;  ///< where the arrow keys are; nullptr: nowhere yet
  const Scenario* shown = nullptr;   ///< that was last brought into sight
  float height = 0;                  ///< of the list, when that was
  bool typing = false;               ///< the search had the keyboard in the last frame
};

std::string_view title_of(const Ui& ui, const Scenario& scenario) {
  const std::string& title = lesson(scenario.id, name_of(ui.language())).title;
  return title.empty() ? scenario.id : std::string_view(title);
}

const char* title_of(const Ui& ui, Chapter chapter) {
  switch (chapter) {
    case Chapter::threads: return ui.tr("chapter.threads");
    case Chapter::locks: return ui.tr("chapter.locks");
    case Chapter::signals: return ui.tr("chapter.signals");
    case Chapter::queues: return ui.tr("chapter.queues");
    case Chapter::processes: return ui.tr("chapter.processes");
    case Chapter::communication: return ui.tr("chapter.communication");
    case Chapter::pools: return ui.tr("chapter.pools");
  }
  return "";
}

/// How a row is marked: a sign, and a word where there is room for it.
struct Mark {
  Sign sign;
  const char* word;  ///< "" for none
  Color color;
};

Mark mark_of(const AppModel& model, const Ui& ui, const Scenario& scenario) {
  const Theme& t = ui.theme();
  switch (furthest(model.progress(scenario.id))) {
    case Station::none: break;
    case Station::tried: return {Sign::ring_dot, "", t.text_dim};
    case Station::predicted: return {Sign::ring_dot, ui.tr("library.predicted"), t.text_dim};
    case Station::broken: return {Sign::half, ui.tr("library.broken"), t.warning};
    case Station::understood: return {Sign::tick, ui.tr("library.understood"), t.accent_text};
    case Station::proven: return {Sign::dot, ui.tr("library.proven"), t.ok};
  }
  return {Sign::ring, "", t.text_faint};
}

class Library {
 public:
  Library(AppModel& model, Ui& ui) : model_(model), ui_(ui), state_(ui.state<LibraryState>()) {}

  void draw() {
    draw_search();
    rows_ = library_rows(all_scenarios(), state_.search,
                         [&](const Scenario& scenario) { return title_of(ui_, scenario); });
    compat::begin_child("library.list", {0, 0}, false);
    handle_keys();
    if (rows_.empty()) {
      empty_state(ui_, ui_.tr("library.none"), ui_.tr("library.none.text"));
    }
    for (const LibraryRow& row : rows_) {
      if (row.scenario)
        draw_row(*row.scenario);
      else
        draw_heading(row.chapter);
    }
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
      state_.cursor = neighbour(rows_, from, from ? steps : 1);
      bring_ = state_.cursor;
    }
    if (!enter_ && !(compat::pressed(ImGuiKey_Enter) && !state_.typing)) return;
    const Scenario* choice = state_.cursor;
    if (choice == nullptr && !state_.search.empty()) choice = neighbour(rows_, nullptr, 1);
    if (choice != nullptr) choose(*choice);
  }

  void choose(const Scenario& scenario) {
    model_.send(ChooseScenario{std::string(scenario.id)});
    state_.search.clear();
    state_.cursor = nullptr;
  }

  void draw_heading(Chapter chapter) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    cell(ui_, {at.x + ui_.px(kPad), at.y + ui_.px(4)}, {at.x + width - ui_.px(kPad), at.y + ui_.px(kHeading)},
         title_of(ui_, chapter), ui_.theme().text_dim, ui_.fonts().small_semi);
    ImGui::Dummy({width, ui_.px(kHeading) - ImGui::GetStyle().ItemSpacing.y});
  }

  void draw_row(const Scenario& scenario) {
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 max{min.x + width, min.y + ui_.px(kRow)};
    const bool chosen = model_.scenario() == &scenario;
    const std::string id = "library." + std::string(scenario.id);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    const bool pressed = ImGui::InvisibleButton(id.c_str(), {width, ui_.px(kRow)});
    ImGui::PopStyleVar();
    const std::string_view title = title_of(ui_, scenario);
    ui_.mark(id, title);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    if (chosen)
      draw->AddRectFilled(min, max, ui_.theme().selection);
    else if (ImGui::IsItemHovered())
      draw->AddRectFilled(min, max, ui_.theme().button);
    if (state_.cursor == &scenario) {
      compat::rect(draw, {min.x + 1, min.y + 1}, {max.x - 1, max.y - 1}, ui_.theme().accent_text, 0,
                   ui_.px(1.5F));
    }
    const float mark = draw_mark(scenario, chosen, title, min, max);
    const bool can_run = reason_unavailable(scenario.id) == nullptr;
    cell(ui_, {min.x + ui_.px(kPad), min.y}, {mark - ui_.px(6), max.y}, title,
         can_run ? ui_.theme().text : ui_.theme().text_dim);
    keep_in_sight(scenario, chosen);
    if (pressed) choose(scenario);
  }

  /// The word only where the whole title has room beside it. Returns the left edge of the mark.
  float draw_mark(const Scenario& scenario, bool chosen, std::string_view title, ImVec2 min, ImVec2 max) {
    Mark mark = mark_of(model_, ui_, scenario);
    const bool running = chosen && model_.run.is_live() && (model_.run.is_going() || model_.run.is_paused());
    if (running) mark.word = ui_.tr("library.running");
    ImFont* font = ui_.fonts().small;
    const float right = max.x - ui_.px(kPad);
    const float word = ui_.text_width(font, mark.word);
    const float sign = running ? 0 : ui_.px(11);
    const float with_word = right - word - sign - (word > 0 && sign > 0 ? ui_.px(5) : 0);
    const float room = with_word - ui_.px(6) - min.x - ui_.px(kPad);
    const bool fits = running || ui_.text_width(ui_.fonts().text, title) <= room;
    const float x = fits ? with_word : right - sign;
    const float middle = (min.y + max.y) / 2;
    if (!running) {
      draw_sign(ImGui::GetWindowDrawList(), mark.sign, {std::floor(x + sign / 2), std::floor(middle)},
                sign / 2, mark.color);
    }
    if (fits && word > 0) {
      cell(ui_, {right - word, min.y}, {right + 1, max.y}, mark.word,
           chosen ? ui_.theme().text : ui_.theme().text_dim, font);
    }
    tip_over(ui_, {x, min.y}, max, tip_of(scenario));
    return x;
  }

  /// How far the learner has come, and what is to be done next.
  std::string tip_of(const Scenario& scenario) const {
    if (const Reason* reason = reason_unavailable(scenario.id))
      return std::string(ui_.language() == Language::zh ? reason->zh : reason->en);
    const ScenarioProgress& progress = model_.progress(scenario.id);
    std::string tip = ui_.tr(reached_tip(furthest(progress)));
    if (const char* next = next_tip(next_station(progress, scenario)))
      tip += std::string("\n") + ui_.tr(next);
    return tip;
  }

  static const char* reached_tip(Station station) {
    switch (station) {
      case Station::none: break;
      case Station::tried: return "library.tried.tip";
      case Station::predicted: return "library.predicted.tip";
      case Station::broken: return "library.broken.tip";
      case Station::understood: return "library.understood.tip";
      case Station::proven: return "library.proven.tip";
    }
    return "library.untried.tip";
  }

  static const char* next_tip(Station station) {
    switch (station) {
      case Station::none:
      case Station::tried: break;
      case Station::predicted: return "library.predict.next";
      case Station::broken: return "library.break.next";
      case Station::understood: return "library.understand.next";
      case Station::proven: return "library.prove.next";
    }
    return nullptr;
  }

  void keep_in_sight(const Scenario& scenario, bool chosen) {
    // Also when the card below has got another height.
    const float height = ImGui::GetWindowHeight();
    const bool newly = chosen && (state_.shown != &scenario || state_.height != height);
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
  std::vector<LibraryRow> rows_;
  const Scenario* bring_ = nullptr;
  bool enter_ = false;  ///< Enter was pressed in the search
};

void draw(AppModel& model, Ui& ui) { Library(model, ui).draw(); }

}  // namespace

const View library_view{"library", "library.title", ViewPlace::left, draw, "library.help"};

}  // namespace lockstep
