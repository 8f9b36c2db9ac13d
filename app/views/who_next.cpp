// Who goes next? A card for each worker: what it is about to do, what comes of it, and the key that lets it
// go.
#include <algorithm>
#include <cmath>

#include "app/model/card_flow.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/step_card.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kMargin = 10;  // unscaled

/// As many cards as there have been in this program: they keep their width when the learner goes back.
struct CardRoom {
  std::string program;
  std::size_t most = 0;
  WorkerId shown = kNoWorker;  ///< scrolled into sight
};

/// Over the cards while the learner looks back: they are of the newest step.
void draw_way_back(AppModel& model, Ui& ui, ImVec2 min, ImVec2 max) {
  const std::string text = ui.tr("cards.looks_back", model.looked_step(), model.step.position());
  const std::string go = ui.tr("cards.go_back", model.looked_step());
  const char* stay = ui.tr("cards.newest");
  const float words = ui.text_width(ui.fonts().semi, text);
  const float buttons = ui.button_width(go.c_str()) + ui.px(8) + ui.button_width(stay);
  const ImVec2 size{std::min(std::max(words, buttons) + ui.px(32), max.x - min.x), ui.px(78)};
  const ImVec2 at{std::floor((min.x + max.x - size.x) / 2), std::floor((min.y + max.y - size.y) / 2)};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + size.x, at.y + size.y}, ui.theme().popup, ui.px(6));
  compat::rect(draw, at, {at.x + size.x, at.y + size.y}, ui.theme().border_strong, ui.px(6), 1);
  ui.text_at(draw, ui.fonts().semi, {at.x + ui.px(16), at.y + ui.px(11)}, ui.theme().text, text,
             size.x - ui.px(24));
  ImGui::SetCursorScreenPos({at.x + ui.px(16), at.y + ui.px(38)});
  if (ui.button("cards.go_back", go.c_str(), ButtonLook::primary, true, ui.tr("cards.go_back.tip"))) {
    model.send(GoToStep{model.looked_step()});
  }
  ImGui::SameLine(0, ui.px(8));
  if (ui.button("cards.newest", stay, ButtonLook::plain, true, ui.tr("keys.follow_newest"))) {
    model.send(Action::follow_newest);
  }
}

CardRoom& room_for(const AppModel& model, Ui& ui, std::size_t cards) {
  CardRoom& room = ui.state<CardRoom>();
  std::string program(model.scenario() ? model.scenario()->id : "");
  program += model.variant() ? model.variant()->name : "";
  for (const auto& [name, value] : model.params())
    program += "," + value;
  if (room.program != program) room = {program, 0, kNoWorker};
  room.most = std::max(room.most, cards);
  return room;
}

void draw(AppModel& model, Ui& ui) {
  const auto& cards = model.cards();
  const bool looks_back = model.step.active() && !model.at_newest();
  CardRoom& room = room_for(model, ui, cards.size());
  if (cards.empty()) return empty_state(ui, ui.tr("cards.empty"), ui.tr("cards.empty.text"));

  const ImVec2 pane = ImGui::GetCursorScreenPos();
  const ImVec2 size = ImGui::GetContentRegionAvail();
  const float margin_x = ui.px(kMargin), margin_y = ui.px(kMargin) * 0.8F;
  const ImVec2 inside{size.x - 2 * margin_x, size.y - 2 * margin_y};
  CardGrid grid = grid_of_cards(room.most, inside.x, inside.y, ui.scale());
  // As long as they are few they are as high as there is room.
  if (cards.size() <= grid.columns && grid.rows > 1) {
    grid.rows = 1;
    grid.height = inside.y;
    grid.compact = false;
  }
  const auto columns = static_cast<float>(grid.columns);
  const float total = columns * grid.width + (columns - 1) * grid.gap + 2 * margin_x;
  const bool scrolls = total > size.x + 1;
  const float bar = scrolls ? ImGui::GetStyle().ScrollbarSize : 0;
  grid.height -= bar / static_cast<float>(grid.rows);
  compat::begin_child("cards", size, false,
                      scrolls ? ImGuiWindowFlags_HorizontalScrollbar : ImGuiWindowFlags_NoScrollbar);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const auto column = static_cast<float>(i % grid.columns), row = static_cast<float>(i / grid.columns);
    const ImVec2 at{origin.x + margin_x + column * (grid.width + grid.gap),
                    origin.y + margin_y + row * (grid.height + grid.gap)};
    draw_step_card(
        model, ui, cards[i],
        {.min = at, .size = {grid.width, grid.height}, .compact = grid.compact, .dim = looks_back});
    if (scrolls && cards[i].planned && model.step.ready() && room.shown != cards[i].worker) {
      const bool in_sight = at.x >= pane.x && at.x + grid.width <= pane.x + size.x;
      if (!in_sight) ImGui::SetScrollFromPosX(at.x + grid.width / 2 - pane.x);
      room.shown = cards[i].worker;
    }
  }
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({total - 1, size.y - bar - 1});
  ImGui::EndChild();
  if (looks_back) {
    ImGui::SetCursorScreenPos(pane);
    // In a window of its own, or the cards beneath would take the mouse.
    compat::begin_child("cards.way_back", size, false,
                        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoBackground);
    draw_way_back(model, ui, pane, {pane.x + size.x, pane.y + size.y});
    ImGui::EndChild();
  }
}

std::string status(const AppModel& model, const Ui& ui) {
  if (const RunEnd* end = model.run.end()) {
    return ui.tr(model.run.phase() == RunPhase::stuck ? "cards.status.stuck" : "cards.status.ended",
                 ui.word(end->outcome));
  }
  if (model.step.running_on()) return ui.tr("cards.status.runs");
  return ui.tr("cards.status.keys");
}

}  // namespace

const View who_next_view{"who_next", "cards.title", ViewPlace::below, draw, "cards.help", nullptr, status};

}  // namespace lockstep
