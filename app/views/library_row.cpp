#include "app/views/library_row.hpp"

#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/views/signs.hpp"
#include "app/views/view_tools.hpp"
#include "core/scenario/availability.hpp"
#include "core/scenario/lesson.hpp"

namespace lockstep {
namespace {

constexpr float kRow = 29, kLine = 18, kNote = 19, kPad = 12;  // a row with one line, what each more adds
constexpr float kSign = 11, kDot = 9, kDotGap = 2, kGap = 7;
constexpr int kHardest = 3;
constexpr float kDots = kHardest * kDot + (kHardest - 1) * kDotGap;

/// How far the learner has come: a sign, and a word where there is room for it.
struct Mark {
  Sign sign;
  const char* word;  ///< "" for none
  Color color;
};

Mark mark_of(const Ui& ui, Station station) {
  const Theme& t = ui.theme();
  switch (station) {
    case Station::none: break;
    case Station::tried: return {Sign::ring_dot, "", t.text_dim};
    case Station::predicted: return {Sign::ring_dot, ui.tr("library.predicted"), t.text_dim};
    case Station::broken: return {Sign::half, ui.tr("library.broken"), t.warning};
    case Station::understood: return {Sign::tick, ui.tr("library.understood"), t.accent_text};
    case Station::proven: return {Sign::dot, ui.tr("library.proven"), t.ok};
  }
  return {Sign::ring, "", t.text_faint};
}

/// On a path: done or not, begun or not.
Mark mark_of(const Ui& ui, const PathStep& step, const ProgressBook& book, Station station) {
  if (is_done(step, book)) return {Sign::tick, "", ui.theme().ok};
  if (station == Station::none) return {Sign::ring, "", ui.theme().text_faint};
  return {Sign::ring_dot, "", ui.theme().text_dim};
}

const char* reached_tip(const Ui& ui, Station station) {
  switch (station) {
    case Station::none: break;
    case Station::tried: return ui.tr("library.tried.tip");
    case Station::predicted: return ui.tr("library.predicted.tip");
    case Station::broken: return ui.tr("library.broken.tip");
    case Station::understood: return ui.tr("library.understood.tip");
    case Station::proven: return ui.tr("library.proven.tip");
  }
  return ui.tr("library.untried.tip");
}

const char* difficulty_tip(const Ui& ui, int difficulty) {
  switch (difficulty) {
    case 1: return ui.tr("library.difficulty.1");
    case 2: return ui.tr("library.difficulty.2");
    default: return ui.tr("library.difficulty.3");
  }
}

}  // namespace

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

const char* next_tip(const Ui& ui, Station station) {
  switch (station) {
    case Station::none:
    case Station::tried: break;
    case Station::predicted: return ui.tr("library.predict.next");
    case Station::broken: return ui.tr("library.break.next");
    case Station::understood: return ui.tr("library.understand.next");
    case Station::proven: return ui.tr("library.prove.next");
  }
  return nullptr;
}

const char* word_of(const Ui& ui, Task task) {
  switch (task) {
    case Task::predict: return ui.tr("path.predict");
    case Task::break_it: return ui.tr("path.break");
    case Task::understand: return ui.tr("path.explain");
    case Task::prove: return ui.tr("path.prove");
  }
  return "";
}

LibraryRowView::LibraryRowView(AppModel& model, Ui& ui, const Scenario& scenario, const PathStep* step)
    : model_(model), ui_(ui), scenario_(scenario), step_(step), chosen_(model.scenario() == &scenario) {
  running_ = chosen_ && model.run.is_live() && (model.run.is_going() || model.run.is_paused());
  title_ = title_of(ui, scenario);
}

/// Where everything is. Returns the height.
float LibraryRowView::lay_out(float width) {
  min_ = ImGui::GetCursorScreenPos();
  dots_x_ = min_.x + width - ui_.px(kPad + kDots);
  sign_x_ = dots_x_ - ui_.px(kGap + kSign);
  const float room = sign_x_ - ui_.px(kGap) - min_.x - ui_.px(kPad);
  lines_ = ui_.lines(title_, std::max(room, ui_.px(40)), ui_.fonts().text);
  if (lines_.empty()) lines_.push_back(title_);
  word_ = running_ ? ui_.tr("library.running") : mark_of(ui_, furthest(model_.progress(scenario_.id))).word;
  const float used = ui_.text_width(ui_.fonts().text, title_) + ui_.text_width(ui_.fonts().small, word_);
  if (lines_.size() > 1 || step_ || used + ui_.px(kGap) > room) word_ = "";
  const float height =
      ui_.px(kRow) + ui_.px(kLine) * static_cast<float>(lines_.size() - 1) + (step_ ? ui_.px(kNote) : 0);
  max_ = {min_.x + width, min_.y + height};
  return height;
}

bool LibraryRowView::draw(bool has_cursor) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = lay_out(width);
  const std::string id = "library." + std::string(scenario_.id);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  const bool pressed = ImGui::InvisibleButton(id.c_str(), {width, height});
  ImGui::PopStyleVar();
  ui_.mark(id, title_);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = ui_.theme();
  if (chosen_)
    draw->AddRectFilled(min_, max_, t.selection);
  else if (ImGui::IsItemHovered())
    draw->AddRectFilled(min_, max_, t.button);
  if (has_cursor) {
    compat::rect(draw, {min_.x + 1, min_.y + 1}, {max_.x - 1, max_.y - 1}, t.accent_text, 0, ui_.px(1.5F));
  }
  draw_title();
  const float middle = std::floor(min_.y + ui_.px(kRow) / 2);
  draw_sign(middle);
  draw_difficulty(middle);
  return pressed;
}

void LibraryRowView::draw_title() {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = ui_.theme();
  ImFont* font = ui_.fonts().text;
  const bool can_run = reason_unavailable(scenario_.id) == nullptr;
  const float x = min_.x + ui_.px(kPad);
  float y = std::floor(min_.y + (ui_.px(kRow) - compat::font_size(font)) / 2);
  for (const std::string_view line : lines_) {
    ui_.text_at(draw, font, {x, y}, can_run ? t.text : t.text_dim, line, sign_x_ - x);
    y += ui_.px(kLine);
  }
  if (!step_) return;
  const Task* next = next_task(*step_, model_.learned);
  const std::string note =
      ui_.tr("path.note", step_->minutes, next ? word_of(ui_, *next) : ui_.tr("path.done"));
  cell(ui_, {x, y - ui_.px(1)}, {max_.x - ui_.px(kPad), y + ui_.px(kLine)}, note,
       chosen_ ? t.text
       : next  ? t.text_dim
               : t.ok,
       ui_.fonts().small);
  tip_over(ui_, min_, {sign_x_, max_.y}, step_tip());
}

void LibraryRowView::draw_sign(float middle) {
  const Station station = furthest(model_.progress(scenario_.id));
  const Mark mark = step_ ? mark_of(ui_, *step_, model_.learned, station) : mark_of(ui_, station);
  const float radius = ui_.px(kSign / 2);
  ::lockstep::draw_sign(ImGui::GetWindowDrawList(), mark.sign, {std::floor(sign_x_ + radius), middle}, radius,
                        mark.color);
  const float word = ui_.text_width(ui_.fonts().small, word_);
  const float left = sign_x_ - (word > 0 ? word + ui_.px(5) : 0);
  if (word > 0) {
    cell(ui_, {left, min_.y}, {sign_x_, max_.y}, word_, chosen_ ? ui_.theme().text : ui_.theme().text_dim,
         ui_.fonts().small);
  }
  tip_over(ui_, {left, min_.y}, {sign_x_ + ui_.px(kSign), max_.y}, progress_tip());
}

void LibraryRowView::draw_difficulty(float middle) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& t = ui_.theme();
  const float radius = ui_.px(kDot / 2);
  for (int i = 0; i < kHardest; ++i) {
    const ImVec2 centre{dots_x_ + radius + ui_.px(kDot + kDotGap) * static_cast<float>(i), middle};
    const bool full = i < scenario_.difficulty;
    ::lockstep::draw_sign(draw, full ? Sign::dot : Sign::ring, centre, radius,
                          full ? (chosen_ ? t.text : t.text_dim) : t.text_faint);
  }
  tip_over(ui_, {dots_x_, min_.y}, max_, difficulty_tip(ui_, scenario_.difficulty));
}

/// How far the learner has come, and what is to be done next; or why the program cannot run here.
std::string LibraryRowView::progress_tip() const {
  if (const Reason* reason = reason_unavailable(scenario_.id))
    return std::string(ui_.language() == Language::zh ? reason->zh : reason->en);
  const ScenarioProgress& progress = model_.progress(scenario_.id);
  std::string tip = reached_tip(ui_, furthest(progress));
  if (const char* next = next_tip(ui_, next_station(progress, scenario_))) tip += std::string("\n") + next;
  return tip;
}

/// All that is to be done in the step, and how.
std::string LibraryRowView::step_tip() const {
  std::string tip;
  for (const Task& task : step_->tasks)
    tip += (tip.empty() ? "" : " · ") + std::string(word_of(ui_, task));
  return tip + "\n" + step_->text;
}

}  // namespace lockstep
