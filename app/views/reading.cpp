// The tab "Lesson": all of the lesson in large text, beside the code.
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

struct ReadingState {
  std::string scenario;  ///< that was shown last; another one begins at the top
  std::string revealed;  ///< "scenario/variant" whose explanation was asked for before a run
  std::string reached;   ///< the same of the explanation that was brought into sight after a run
};

void space(Ui& ui, float unscaled) { ImGui::Dummy({1, ui.px(unscaled)}); }

void heading(Ui& ui, const char* text) {
  space(ui, 8);
  ui.text(text, ui.theme().accent_text, ui.fonts().semi);
}

void paragraph(Ui& ui, std::string_view text, Color color = 0) {
  RichText rich;
  rich.prose(ui, text, color, ui.fonts().reading);
  draw_rich(ui, rich);
}

/// Paragraphs are separated by blank lines; line ends inside one are blanks.
void paragraphs(Ui& ui, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    std::string one(text.substr(0, end));
    std::ranges::replace(one, '\n', ' ');
    paragraph(ui, one);
    space(ui, 4);
    text.remove_prefix(std::min(end + 2, text.size()));
  }
}

void bullet(Ui& ui, std::string_view sign, std::string_view text) {
  const float indent = ui.px(24);
  ui.text_at(ImGui::GetWindowDrawList(), ui.fonts().reading, ImGui::GetCursorScreenPos(), ui.theme().text_dim,
             sign, indent);
  ImGui::Indent(indent);
  paragraph(ui, text);
  ImGui::Unindent(indent);
}

void draw_head(AppModel& model, Ui& ui) {
  ui.text_wrapped(model.lesson().title, 0, ui.fonts().title);
  const auto it = model.lesson().variants.find(std::string(model.variant()->name));
  if (it == model.lesson().variants.end()) return;
  RichText text;
  text.text(it->second.title, ui.theme().accent_text, ui.fonts().semi);
  if (!it->second.sentence.empty()) text.text("  ").prose(ui, it->second.sentence, ui.theme().text_dim);
  draw_rich(ui, text);
}

void draw_watch(AppModel& model, Ui& ui) {
  if (model.lesson().watch.empty()) return;
  heading(ui, ui.tr("reading.watch"));
  for (const std::string& item : model.lesson().watch)
    bullet(ui, "•", item);
}

void draw_hints(AppModel& model, Ui& ui, const LessonState& state) {
  if (state.hints == 0) return;
  heading(ui, ui.tr("reading.hints"));
  for (int i = 0; i < state.hints_shown; ++i)
    bullet(ui, std::to_string(i + 1) + ".", model.lesson().hints[static_cast<std::size_t>(i)]);
  draw_hint_link(model, ui, state, "reading");
}

/// What the catalogue promises of the variant, with the reasons.
void draw_outcomes(AppModel& model, Ui& ui) {
  if (model.variant()->outcomes.empty()) return;
  heading(ui, ui.tr("reading.outcomes"));
  const auto can_happen = [](const OutcomeRow& row) { return row.expect != Expectation::forbidden; };
  const bool only = std::ranges::count_if(model.variant()->outcomes, can_happen) == 1;
  for (const OutcomeRow& row : model.variant()->outcomes) {
    const bool never = !can_happen(row);
    const bool good = row.outcome == Outcome::ok;
    RichText text;
    text.sign(never  ? Sign::cross
              : good ? Sign::tick
                     : Sign::warning,
              never  ? ui.theme().text_dim
              : good ? ui.theme().ok
                     : ui.theme().error);
    const char* how = !never && only                        ? "reading.always"
                      : row.expect == Expectation::required ? "reading.required"
                      : row.expect == Expectation::allowed  ? "reading.allowed"
                                                            : "reading.forbidden";
    text.text(ui.word(row.outcome), 0, ui.fonts().semi);
    text.text("  " + std::string(ui.tr(how)), ui.theme().text_dim, ui.fonts().small).new_line();
    text.prose(ui, ui.language() == Language::zh ? row.why_zh : row.why_en, 0, ui.fonts().reading);
    draw_rich(ui, text);
    space(ui, 3);
  }
}

void draw_explanation(AppModel& model, Ui& ui, const LessonState& state, ReadingState& reading) {
  heading(ui, ui.tr("reading.explanation"));
  const std::string present = std::string(model.scenario()->id) + "/" + std::string(model.variant()->name);
  if (state.explanation && reading.reached != present) {
    ImGui::SetScrollHereY(0);
    reading.reached = present;
  }
  if (state.explanation == nullptr && reading.revealed != present) {
    paragraph(ui, ui.tr("reading.explanation.later"), ui.theme().text_dim);
    if (link(ui, "reading.reveal", ui.tr("reading.explanation.now"))) reading.revealed = present;
    return;
  }
  const std::string* text = model.lesson().explanation(model.variant()->name);
  paragraphs(ui, text ? std::string_view(*text) : std::string_view(ui.tr("reading.explanation.none")));
  // Its end has been in sight.
  const bool predicted = state.choice >= 0 && !model.progress(model.scenario()->id).understood;
  if (predicted && state.explanation && ImGui::IsItemVisible()) model.send(ReadExplanation{});
  draw_outcomes(model, ui);
}

/// What the path that the learner follows says of this scenario.
void draw_step(AppModel& model, Ui& ui) {
  const LearningPath& path = learning_path(model.settings.path, name_of(ui.language()));
  const PathPlace place = place_on(path, model.scenario()->id);
  if (place.step == nullptr) return;
  heading(ui, ui.tr("reading.step", path.title, place.number, place.of, place.step->minutes).c_str());
  paragraph(ui, place.step->text);
  RichText tasks;
  for (const Task& task : place.step->tasks) {
    const bool done = is_done(task, model.progress(model.scenario()->id));
    tasks.sign(done ? Sign::tick : Sign::ring, done ? ui.theme().ok : ui.theme().text_dim);
    tasks.text(std::string(word_of(ui, task)) + "   ", done ? ui.theme().text : ui.theme().text_dim);
  }
  draw_rich(ui, tasks);
}

/// A link that opens another lesson.
void lesson_link(AppModel& model, Ui& ui, const std::string& id, const Scenario& to) {
  if (link(ui, id, title_of(ui, to))) model.send(ChooseScenario{std::string(to.id)});
}

void draw_onward(AppModel& model, Ui& ui) {
  const Scenario& here = *model.scenario();
  if (const Scenario* next = next_lesson(here, model.settings.path, model.learned)) {
    heading(ui, ui.tr("reading.next"));
    lesson_link(model, ui, "reading.next", *next);
  }
  if (const auto related = related_to(here); !related.empty()) {
    heading(ui, ui.tr("reading.related"));
    for (const Scenario* other : related)
      lesson_link(model, ui, "reading.related." + std::string(other->id), *other);
  }
}

void draw(AppModel& model, Ui& ui) {
  if (model.scenario() == nullptr || model.variant() == nullptr) {
    return empty_state(ui, ui.tr("code.no_scenario"), ui.tr("code.no_scenario.text"));
  }
  auto& reading = ui.state<ReadingState>();
  const LessonState state = lesson_state(model);
  if (reading.scenario != model.scenario()->id) {
    reading.scenario = model.scenario()->id;
    ImGui::SetNextWindowScroll({0, 0});
  }
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(18, 14));
  compat::begin_child("reading.scroll", {0, 0}, true);
  ImGui::PopStyleVar();
  // Lines longer than about 80 characters are hard to follow.
  const float width = std::min(ImGui::GetContentRegionAvail().x, ui.px(720));
  ImGui::BeginTable("column", 1, ImGuiTableFlags_NoPadOuterX, {width, 0});
  ImGui::TableNextColumn();
  draw_head(model, ui);
  draw_step(model, ui);
  heading(ui, ui.tr("lesson.goal"));
  paragraph(ui, model.lesson().goal);
  if (!model.lesson().step_goals.empty()) {
    heading(ui, ui.tr("reading.steps"));
    paragraph(ui, model.lesson().step_goal(model.variant()->name));
  }
  if (state.prediction != nullptr) {
    heading(ui, ui.tr("lesson.prediction"));
    draw_prediction(model, ui, state, "reading", ui.fonts().reading);
  }
  draw_watch(model, ui);
  draw_hints(model, ui, state);
  draw_explanation(model, ui, state, reading);
  draw_onward(model, ui);
  space(ui, 12);
  ImGui::EndTable();
  ImGui::EndChild();
}

}  // namespace

const View reading_view{"reading", "reading.title", ViewPlace::right_tab, draw, "reading.help"};

}  // namespace lockstep
