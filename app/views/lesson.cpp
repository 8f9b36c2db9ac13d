// The card under the library: the goal and the prediction in short. The whole lesson is in the tab at the
// right.
#include <algorithm>

#include "app/model/lesson_state.hpp"
#include "app/model/next_lesson.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/lesson_parts.hpp"
#include "app/views/library_row.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kGoalLines = 5;
constexpr std::size_t kStepGoalLines = 8;  // it names keys

/// The goal in at most `most` lines, the last one cut.
void draw_goal(Ui& ui, std::string_view goal, std::size_t most) {
  ui.text(ui.tr("lesson.goal"), 0, ui.fonts().semi);
  ImFont* font = ui.fonts().small;
  const float width = ImGui::GetContentRegionAvail().x;
  const auto lines = ui.lines(goal, width, font);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ui.px(8, 3));
  for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) {
    const bool cut = i + 1 == most && lines.size() > most;
    const auto begin = static_cast<std::size_t>(lines[i].data() - goal.data());
    ui.text_clipped(cut ? goal.substr(begin) : lines[i], width, ui.theme().text_dim, font);
  }
  ImGui::PopStyleVar();
  if (lines.size() > most) tip_over(ui, from, {from.x + width, ImGui::GetCursorScreenPos().y}, goal);
}

/// At the right end of the line of the last item.
void draw_next_link(AppModel& model, Ui& ui, const Scenario& next) {
  const std::string label = ui.tr("lesson.next") + std::string(" →");
  const float width = ui.text_width(ui.fonts().text, label) + 1;  // the cursor is rounded
  ImGui::SameLine();
  const float room = ImGui::GetContentRegionAvail().x - width;
  if (room < 0)
    ImGui::NewLine();
  else
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room);
  if (link(ui, "lesson.next", label)) model.send(ChooseScenario{std::string(next.id)});
  if (ImGui::IsItemHovered()) ui.tip(ui.tr("lesson.next.tip", title_of(ui, next)).c_str());
}

void draw_links(AppModel& model, Ui& ui, const LessonState& state) {
  draw_hint_link(model, ui, state, "lesson");
  const bool answered = state.explanation != nullptr;
  if (link(ui, "lesson.read", ui.tr(answered ? "lesson.why" : "lesson.read"))) model.send(OpenTab{"reading"});
  if (const Scenario* next = next_lesson(*model.scenario(), model.settings.path, model.learned))
    draw_next_link(model, ui, *next);
}

/// The hint that was shown last, small; all of them are in the reading pane.
void draw_last_hint(AppModel& model, Ui& ui, const LessonState& state) {
  if (state.hints_shown == 0) return;
  RichText text;
  const auto last = static_cast<std::size_t>(state.hints_shown - 1);
  text.text(ui.tr("lesson.hint_number", state.hints_shown), 0, ui.fonts().small_semi).space();
  text.prose(ui, model.lesson().hints[last], ui.theme().text_dim, ui.fonts().small);
  ImGui::Dummy(ui.px(1, 1));
  draw_rich(ui, text);
}

void draw(AppModel& model, Ui& ui) {
  if (model.scenario() == nullptr) return;
  const LessonState state = lesson_state(model);
  const float margin = ui.px(10);
  ImGui::SetCursorPos({margin, margin});
  // Not what a scroll bar leaves: text would break differently with it, and the card would never settle.
  const float width = ImGui::GetWindowWidth() - 2 * margin;
  if (width < ui.px(60)) return;
  ImGui::BeginGroup();
  ui.begin_card("lesson.card", {width, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ui.px(8, 5));
  if (model.mode() == RunMode::step && model.variant()) {
    draw_goal(ui, model.lesson().step_goal(model.variant()->name), kStepGoalLines);
  } else {
    draw_goal(ui, model.lesson().goal, kGoalLines);
  }
  if (state.prediction != nullptr) {
    ImGui::Dummy(ui.px(1, 2));
    ui.text(ui.tr("lesson.prediction"), 0, ui.fonts().semi);
    draw_prediction(model, ui, state, "lesson", ui.fonts().small);
  }
  draw_last_hint(model, ui, state);
  draw_links(model, ui, state);
  ImGui::PopStyleVar();
  ui.end_card();
  ImGui::EndGroup();
  ui.mark("lesson.card", model.lesson().title);
  ImGui::Dummy({1, margin - ImGui::GetStyle().ItemSpacing.y});
}

}  // namespace

const View lesson_view{"lesson", "lesson.title", ViewPlace::left_card, draw, "lesson.help"};

}  // namespace lockstep
