#include "app/views/lesson_parts.hpp"

#include <algorithm>
#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

bool is_answered(PredictionStage stage) {
  return stage == PredictionStage::right || stage == PredictionStage::wrong ||
         stage == PredictionStage::unanswered;
}

/// What stands before a choice: a radio button, or how it turned out.
void draw_choice_sign(Ui& ui, const LessonState& state, int choice, ImVec2 centre) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = ui.theme();
  const bool chosen = state.choice == choice;
  if (is_answered(state.stage)) {
    const bool right = static_cast<std::size_t>(choice) == state.prediction->right;
    if (right) return draw_sign(draw, Sign::tick, centre, ui.px(6.5F), t.ok);
    if (chosen) return draw_sign(draw, Sign::cross, centre, ui.px(5.5F), t.warning);
  }
  draw_sign(draw, chosen ? Sign::ring_dot : Sign::ring, centre, ui.px(7.5F),
            chosen ? t.accent_text : t.text_dim);
}

void draw_choice(AppModel& model, Ui& ui, const LessonState& state, int choice, const char* id,
                 ImFont* font) {
  const Theme& t = ui.theme();
  const bool open = !is_answered(state.stage);
  const float indent = ui.px(24);
  const float width = ImGui::GetContentRegionAvail().x;
  const bool right = static_cast<std::size_t>(choice) == state.prediction->right;
  const Color color = open || right || state.choice == choice ? t.text : t.text_faint;
  RichText text;
  text.prose(ui, state.prediction->choices[static_cast<std::size_t>(choice)], color, font);
  const ImVec2 size = text.measure(ui, width - indent);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string name = std::string(id) + ".choice." + std::to_string(choice);
  const float pad = ui.px(3);
  ImGui::BeginDisabled(!open);
  const bool pressed = ImGui::InvisibleButton(name.c_str(), {width, size.y + 2 * pad});
  ImGui::EndDisabled();
  ui.mark(name, text.plain(ui), open);
  if (open && ImGui::IsItemHovered()) {
    ImGui::GetWindowDrawList()->AddRectFilled(at, ImGui::GetItemRectMax(), t.button, ui.px(4));
  }
  draw_choice_sign(ui, state, choice,
                   {at.x + ui.px(9), std::floor(at.y + pad + compat::font_size(font) / 2)});
  text.draw(ui, {at.x + indent, at.y + pad}, width - indent);
  if (pressed) model.send(Predict{choice});
}

void draw_result(Ui& ui, const LessonState& state, ImFont* font) {
  const Theme& t = ui.theme();
  RichText text;
  switch (state.stage) {
    case PredictionStage::made: text.text(ui.tr("lesson.run_to_see"), t.text_dim, font); break;
    case PredictionStage::right: text.text(ui.tr("lesson.right"), t.ok, font); break;
    case PredictionStage::wrong: text.text(ui.tr("lesson.wrong"), t.warning, font); break;
    case PredictionStage::unanswered: text.text(ui.tr("lesson.unanswered"), t.text_dim, font); break;
    case PredictionStage::none:
    case PredictionStage::open: return;
  }
  ImGui::Dummy(ui.px(1, 1));
  draw_rich(ui, text);
}

}  // namespace

void draw_rich(Ui& ui, const RichText& text) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 size = text.draw(ui, at, width).size;
  ImGui::Dummy({width, size.y});
}

void draw_prediction(AppModel& model, Ui& ui, const LessonState& state, const char* id, ImFont* font) {
  if (state.prediction == nullptr) return;
  RichText question;
  question.prose(ui, state.prediction->question, 0, font);
  if (!state.asked_for.empty())
    question.text(" ", 0, font).text(ui.tr("lesson.asked_for", state.asked_for), ui.theme().text_dim, font);
  draw_rich(ui, question);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ui.px(8, 2));
  for (int i = 0; i < static_cast<int>(state.prediction->choices.size()); ++i)
    draw_choice(model, ui, state, i, id, font);
  ImGui::PopStyleVar();
  draw_result(ui, state, font);
}

void draw_hint_link(AppModel& model, Ui& ui, const LessonState& state, const char* id) {
  if (state.hints == 0) return;
  const bool more = state.hints_shown < state.hints;
  const std::string label = ui.tr(more ? "lesson.hint" : "lesson.hints_all", state.hints_shown, state.hints);
  if (link(ui, std::string(id) + ".hint", label, more)) model.send(ShowHint{});
}

}  // namespace lockstep
