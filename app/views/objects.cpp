// The tab "Objects": a card for each lock, queue, variable … at the model's moment.
#include <algorithm>
#include <optional>

#include "app/model/card_flow.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/narration.hpp"
#include "app/views/object_cards.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kMostCards = 120;
constexpr float kGap = 12, kPad = 12;

struct ObjectsState {
  std::vector<ObjectId> order;
  int generation = -1;
  std::size_t objects = 0;  ///< for how many the order was made
};

const std::vector<ObjectId>& order_of(AppModel& model, Ui& ui) {
  auto& state = ui.state<ObjectsState>();
  const std::size_t objects = model.run.store().objects().size();
  if (state.generation != model.run.generation() || state.objects != objects) {
    state = {objects_with_cards(model.run.store()), model.run.generation(), objects};
  }
  return state.order;
}

/// The newest of the failures by which the run is judged so far; before there is one, the newest other that
/// matters.
std::optional<std::size_t> telling_finding(const std::vector<Finding>& findings, EventIndex moment) {
  std::vector<Finding> failures;
  for (const Finding& finding : findings) {
    if (finding.at <= moment && is_failure(finding.kind)) failures.push_back(finding);
  }
  const Outcome outcome = outcome_of(failures);
  std::optional<std::size_t> newest;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    if (finding.at == 0 || finding.at > moment || !matters(finding.kind)) continue;
    if (!failures.empty() && (!is_failure(finding.kind) || outcome_of({finding}) != outcome)) continue;
    if (!newest || finding.at >= findings[*newest].at) newest = i;
  }
  return newest;
}

/// In steps, where one looks at the objects after each: what the last steps have shown.
void add_finding_card(AppModel& model, Ui& ui, std::vector<ObjectCard>& cards) {
  if (!model.run.in_steps()) return;
  const auto& findings = model.run.findings();
  const auto shown = telling_finding(findings, model.moment());
  if (!shown) return;
  const Finding& finding = findings[*shown];
  ObjectCard& card = cards.emplace_back();
  card.id = "objects.finding";
  card.alarm = true;
  const auto time = static_cast<RunTime>(model.run.store()[finding.at - 1].time);
  card.body.text(heading(finding.kind, ui.language()), ui.theme().error, ui.fonts().semi);
  card.body.text("  " + ui.tr("findings.at", ui.moment(time)), ui.theme().text_dim, ui.fonts().small);
  card.body.new_line(4);
  add_narration(ui, card.body, finding, narration(model, ui, *shown));
}

/// What the next writes would lose: said before they happen.
void add_impending_cards(AppModel& model, Ui& ui, std::vector<ObjectCard>& cards) {
  if (!model.step.ready() || !model.at_newest()) return;
  for (const Finding& finding : model.impending()) {
    ObjectCard& card = cards.emplace_back();
    card.id = "objects.stale." + std::to_string(finding.workers[0]);
    card.worker = finding.workers[0];
    card.alarm = true;
    card.body.text(ui.tr("objects.stale"), ui.theme().warning, ui.fonts().semi);
    card.body.new_line(4);
    add_narration(ui, card.body, finding, narrate(finding, model.run.store(), ui.language()));
  }
}

std::vector<ObjectCard> make_cards(AppModel& model, Ui& ui) {
  std::vector<ObjectCard> cards;
  // First, because the row below may be out of sight.
  add_finding_card(model, ui, cards);
  add_impending_cards(model, ui, cards);
  for (const ObjectId id : order_of(model, ui)) {
    if (cards.size() == kMostCards) break;
    cards.push_back(object_card(model, ui, id));
  }
  add_join_cards(model, ui, cards);
  add_locals_card(model, ui, cards);
  return cards;
}

void draw_card(AppModel& model, Ui& ui, const ObjectCard& card, ImVec2 min, ImVec2 max) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (!ImGui::IsRectVisible(min, max)) return;
  const Theme& t = ui.theme();
  const bool selected = card.object != kNoObject
                            ? model.selection.object == card.object
                            : card.worker != kNoWorker && model.selection.worker == card.worker;
  draw->AddRectFilled(min, max, t.card, ui.px(6));
  compat::rect(draw, min, max,
               card.alarm ? t.error
               : selected ? t.accent
                          : t.border,
               ui.px(6), card.alarm || selected ? ui.px(1.5F) : 1);
  const float pad = ui.px(kPad);
  const auto drawn = card.body.draw(ui, {min.x + pad, min.y + ui.px(10)}, max.x - min.x - 2 * pad);
  ui.mark(card.id, min, max, card.body.plain(ui));
  if (drawn.clicked != kNoWorker) return model.send(SelectWorker{drawn.clicked});
  if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(min, max) || !ImGui::IsMouseClicked(0)) return;
  if (card.object != kNoObject)
    model.send(SelectObject{selected ? kNoObject : card.object});
  else if (card.worker != kNoWorker)
    model.send(SelectWorker{card.worker});
  else if (card.alarm)
    model.send(OpenTab{"findings"});
}

void draw_cards(AppModel& model, Ui& ui, const std::vector<ObjectCard>& cards) {
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float pad = 2 * ui.px(kPad);
  std::vector<float> wishes, heights;
  for (const ObjectCard& card : cards) {
    wishes.push_back(std::clamp(card.body.measure(ui, ui.px(520)).x + pad, ui.px(180), ui.px(560)));
  }
  std::vector<CardPlace> places = flow_cards(wishes, width, ui.px(kGap));
  for (std::size_t i = 0; i < cards.size(); ++i)
    heights.push_back(cards[i].body.measure(ui, places[i].width - pad).y + ui.px(20));
  const float height = stack_rows(places, heights, ui.px(kGap));
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const ImVec2 min{origin.x + places[i].x, origin.y + places[i].y};
    draw_card(model, ui, cards[i], min, {min.x + places[i].width, min.y + places[i].height});
  }
  ImGui::Dummy({width, height});
}

void draw(AppModel& model, Ui& ui) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(kGap, kGap));
  compat::begin_child("objects", {0, 0}, true);
  ImGui::PopStyleVar();
  if (!model.run.has_run()) {
    empty_state(ui, ui.tr("objects.empty"), ui.tr("objects.empty.text"));
  } else if (const auto cards = make_cards(model, ui); cards.empty()) {
    empty_state(ui, ui.tr("objects.none"), ui.tr("objects.none.text"));
  } else {
    draw_cards(model, ui, cards);
    const std::size_t all = order_of(model, ui).size();
    if (all > kMostCards) {
      ui.text(ui.tr_count("objects.more", static_cast<std::int64_t>(all - kMostCards)), ui.theme().text_dim);
    }
  }
  ImGui::EndChild();
}

}  // namespace

const View objects_view{"objects", "objects.title", ViewPlace::bottom_tab, draw, "objects.help"};

}  // namespace lockstep
