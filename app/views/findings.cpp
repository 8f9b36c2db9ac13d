// The tab "Findings": what the run has shown, as sentences, with the way to the evidence.
#include <algorithm>

#include "app/model/card_flow.hpp"
#include "app/model/lesson_names.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/narration.hpp"
#include "app/views/rich_text.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kMostCards = 60, kMostEvidence = 6;
constexpr float kGap = 12, kPad = 14, kChip = 24;

/// Failures first; within both the order in which they became certain.
std::vector<std::size_t> order_of(const std::vector<Finding>& findings) {
  std::vector<std::size_t> order(findings.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::ranges::stable_partition(order, [&](std::size_t i) { return is_failure(findings[i].kind); });
  if (order.size() > kMostCards) order.resize(kMostCards);
  return order;
}

RunTime time_of(const TraceStore& store, const Finding& finding) {
  if (finding.at == 0 || finding.at > store.size()) return 0;
  return static_cast<RunTime>(store[finding.at - 1].time);
}

RichText body_of(AppModel& model, Ui& ui, const Finding& finding, std::size_t index) {
  const bool failure = is_failure(finding.kind);
  const bool later = finding.at > model.moment();
  const Theme& t = ui.theme();
  const Color color = failure ? t.error : t.accent_text;
  RichText body;
  body.sign(failure ? Sign::warning : Sign::info, color);
  body.text(heading(finding.kind, ui.language()), color, ui.fonts().semi);
  const std::string when = ui.moment(time_of(model.run.store(), finding));
  body.text("  " + ui.tr(later     ? "findings.later"
                         : failure ? "findings.at"
                                   : "findings.remark",
                         when),
            t.text_dim, ui.fonts().small);
  body.new_line(4);
  add_narration(ui, body, finding, narration(model, ui, index));
  return body;
}

/// "[A] 4.21 s · line 15": the way to one event of the evidence. Returns its width.
float draw_chip(AppModel& model, Ui& ui, const std::string& id, EventIndex event, ImVec2 at) {
  const TraceStore& store = model.run.store();
  const Event& e = store[event];
  std::string label = ui.moment(static_cast<RunTime>(e.time));
  if (const int line = ui.line_of(e.site); line > 0) label += " · " + ui.tr("findings.line", line);
  ImFont* font = ui.fonts().small;
  const float badge = e.worker < kMaxWorkers ? ui.px(26) : 0;
  const float width = badge + ui.text_width(font, label) + ui.px(14);
  const ImVec2 max{at.x + width, at.y + ui.px(kChip)};
  ImGui::SetCursorScreenPos(at);
  if (ImGui::InvisibleButton(id.c_str(), {width, ui.px(kChip)})) {
    model.send(SelectEvent{event});
  }
  ui.mark(id, label);
  const bool hot = ImGui::IsItemHovered();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, max, hot ? ui.theme().button_hovered : ui.theme().button, ui.px(4));
  if (model.selection.event == event)
    compat::rect(draw, at, max, ui.theme().accent_text, ui.px(4), ui.px(1.5F));
  if (badge > 0) ui.badge_at(draw, {at.x + ui.px(4), at.y + ui.px(2.5F)}, e.worker);
  cell(ui, {at.x + badge + ui.px(7), at.y}, {max.x - ui.px(4), max.y}, label, ui.theme().text, font);
  if (hot) ui.tip(ui.tr("findings.chip.tip", describe(e, store, ui.language())).c_str());
  return width;
}

class Cards {
 public:
  Cards(AppModel& model, Ui& ui) : model_(model), ui_(ui), findings_(model.run.findings()) {}

  void draw() {
    const auto order = order_of(findings_);
    for (const std::size_t i : order)
      bodies_.push_back(body_of(model_, ui_, findings_[i], i));
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    std::vector<float> wishes(order.size(), ui_.px(420)), heights;
    places_ = flow_cards(wishes, width, ui_.px(kGap), 3);
    for (std::size_t i = 0; i < order.size(); ++i)
      heights.push_back(height_of(i, findings_[order[i]]));
    const float height = stack_rows(places_, heights, ui_.px(kGap));
    for (std::size_t i = 0; i < order.size(); ++i)
      draw_card(i, order[i], origin);
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({width, height});
    if (findings_.size() > order.size()) {
      const auto more = static_cast<std::int64_t>(findings_.size() - order.size());
      ui_.text(ui_.tr_count("findings.more", more), ui_.theme().text_dim);
    }
  }

 private:
  float inner(std::size_t i) const { return places_[i].width - 2 * ui_.px(kPad); }

  float height_of(std::size_t i, const Finding& finding) {
    const bool none = finding.events.empty() && !model_.run.stepped();
    const float chips = none ? 0 : ui_.px(kChip + 10);
    return bodies_[i].measure(ui_, inner(i)).y + chips + ui_.px(22);
  }

  void draw_card(std::size_t i, std::size_t index, ImVec2 origin) {
    const Finding& finding = findings_[index];
    const ImVec2 min{origin.x + places_[i].x, origin.y + places_[i].y};
    const ImVec2 max{min.x + places_[i].width, min.y + places_[i].height};
    if (!ImGui::IsRectVisible(min, max)) return;
    const bool failure = is_failure(finding.kind);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(min, max, ui_.theme().card, ui_.px(6));
    compat::rect(draw, min, max, failure ? ui_.theme().error : ui_.theme().border, ui_.px(6),
                 failure ? ui_.px(1.5F) : 1);
    const ImVec2 at{min.x + ui_.px(kPad), min.y + ui_.px(11)};
    const auto drawn = bodies_[i].draw(ui_, at, inner(i));
    ui_.mark("findings.card." + std::to_string(index), min, max, bodies_[i].plain(ui_));
    const bool chip = draw_chips(finding, index, {at.x, max.y - ui_.px(kChip + 10)}, max.x - ui_.px(kPad));
    if (drawn.clicked != kNoWorker) return model_.send(SelectWorker{drawn.clicked});
    const bool hovered = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max);
    if (!chip && hovered && ImGui::IsMouseClicked(0)) show(finding);
  }

  /// True if the mouse is over one of them.
  bool draw_chips(const Finding& finding, std::size_t index, ImVec2 at, float right) {
    bool over = false;
    for (std::size_t i = 0; i < std::min(finding.events.size(), kMostEvidence); ++i) {
      if (finding.events[i] >= model_.run.store().size() || at.x + ui_.px(150) > right) break;
      const std::string id = "findings.event." + std::to_string(index) + "." + std::to_string(i);
      at.x += draw_chip(model_, ui_, id, finding.events[i], at) + ui_.px(6);
      over = over || ImGui::IsItemHovered();
    }
    return draw_ways(finding, index, at, right) || over;
  }

  /// In steps: back to the step in which it became certain, and the schedule that leads there.
  bool draw_ways(const Finding& finding, std::size_t index, ImVec2 at, float right) {
    if (!model_.run.stepped() || finding.at == 0) return false;
    const auto step = static_cast<std::uint32_t>(time_of(model_.run.store(), finding) / kStepTime) + 1;
    const std::string number = std::to_string(index);
    const std::string go = ui_.tr("findings.go_to_step", step);
    const char* copy = ui_.tr("findings.copy");
    bool over = false;
    const auto way = [&](const std::string& id, const std::string& label, const char* tip, Command command) {
      ImFont* font = ui_.fonts().small_semi;
      const float width = ui_.text_width(font, label) + ui_.px(16);
      if (at.x + width > right) return;
      const ImVec2 max{at.x + width, at.y + ui_.px(kChip)};
      ImGui::SetCursorScreenPos(at);
      if (ImGui::InvisibleButton(id.c_str(), {width, ui_.px(kChip)})) model_.send(std::move(command));
      ui_.mark(id, label);
      const bool hot = ImGui::IsItemHovered();
      ImDrawList* draw = ImGui::GetWindowDrawList();
      if (hot) draw->AddRectFilled(at, max, ui_.theme().button_hovered, ui_.px(4));
      compat::rect(draw, at, max, ui_.theme().border_strong, ui_.px(4), 1);
      cell(ui_, {at.x + ui_.px(8), at.y}, {max.x, max.y}, label, ui_.theme().accent_text, font);
      if (hot) ui_.tip(tip);
      over = over || hot;
      at.x += width + ui_.px(6);
    };
    way("findings.go." + number, go, ui_.tr("findings.go_to_step.tip"), GoToStep{step});
    way("findings.copy." + number, copy, ui_.tr("findings.copy.tip"), CopySchedule{index});
    return over;
  }

  /// Moves to the evidence: the newest event of it, else the moment at which it was certain.
  void show(const Finding& finding) {
    const EventIndex event = !finding.events.empty() ? finding.events.back()
                             : finding.at > 0        ? finding.at - 1
                                                     : kNoEvent;
    if (event != kNoEvent && event < model_.run.store().size()) model_.send(SelectEvent{event});
  }

  AppModel& model_;
  Ui& ui_;
  const std::vector<Finding>& findings_;
  std::vector<RichText> bodies_;
  std::vector<CardPlace> places_;
};

/// After a run that went well: whether another schedule may fail.
std::string what_of_other_schedules(const AppModel& model, const Ui& ui) {
  const SearchVerdict* verdict = model.verdict();
  if (verdict == nullptr) return ui.tr("findings.good.text");
  const bool same_numbers = verdict->program.params == model.params();
  const std::string numbers =
      same_numbers ? "" : params_text(model.lesson(), *model.scenario(), verdict->program.params);
  if (verdict->fails)
    return same_numbers ? ui.tr("findings.good.fails") : ui.tr("findings.good.fails_with", numbers);
  return same_numbers ? ui.tr_count("findings.good.proven", static_cast<std::int64_t>(verdict->schedules))
                      : ui.tr("findings.good.proven_with", numbers);
}

void draw_empty(AppModel& model, Ui& ui) {
  if (!model.run.has_run()) return empty_state(ui, ui.tr("findings.empty"), ui.tr("findings.empty.text"));
  if (model.run.end() == nullptr) return empty_state(ui, ui.tr("findings.none"), ui.tr("findings.none.text"));
  const std::string others = what_of_other_schedules(model, ui);
  empty_state(ui, ui.tr("findings.good"), others.c_str());
  ui.mark("findings.good", others);
}

void draw(AppModel& model, Ui& ui) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(kGap, kGap));
  compat::begin_child("findings", {0, 0}, true);
  ImGui::PopStyleVar();
  if (model.run.findings().empty())
    draw_empty(model, ui);
  else
    Cards(model, ui).draw();
  ImGui::EndChild();
}

int count(const AppModel& model) {
  const auto& findings = model.run.findings();
  return static_cast<int>(std::ranges::count_if(findings, matters, &Finding::kind));
}

}  // namespace

const View findings_view{"findings", "findings.title", ViewPlace::bottom_tab, draw, "findings.help", count};

}  // namespace lockstep
