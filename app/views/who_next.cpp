// Who goes next? A card for each worker: what it is about to do, what comes of it, and the key that lets it
// go.
#include <algorithm>
#include <cmath>

#include "app/model/key_table.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/views/view.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

// Unscaled.
constexpr float kMargin = 10, kGap = 10;
constexpr float kNarrowest = 118, kScrolled = 150, kWidest = 320;
constexpr float kPad = 12;
constexpr float kRoomyWidth = 200, kRoomyHeight = 185;  // from which on the text is larger

/// As many cards as there have been in this program: they keep their width when the learner goes back.
struct CardRoom {
  std::string program;
  std::size_t most = 0;
  WorkerId shown = kNoWorker;  ///< scrolled into sight
};

/// The larger, the more room there is: it is read from the last row.
struct CardType {
  ImFont *name, *about, *small, *mark;
  float name_line, line, small_line;
};

CardType type_for(const Ui& ui, ImVec2 size) {
  const Fonts& f = ui.fonts();
  if (size.x >= ui.px(kRoomyWidth) && size.y >= ui.px(kRoomyHeight)) {
    return {f.title, f.reading, f.text, f.semi, ui.px(27), ui.px(21), ui.px(18)};
  }
  return {f.semi, f.text, f.small, f.small_semi, ui.px(25), ui.px(17), ui.px(16)};
}

struct MarkLook {
  std::optional<Sign> sign;
  Color color;
  std::string text;
};

MarkLook look_of(const StepCard& card, const Ui& ui) {
  const Theme& t = ui.theme();
  switch (card.mark) {
    case CardMark::none: return {std::nullopt, t.text_faint, {}};
    case CardMark::looking: return {std::nullopt, t.text_faint, ui.tr("cards.mark.looking")};
    case CardMark::not_known: return {std::nullopt, t.text_faint, ui.tr("cards.mark.not_known")};
    case CardMark::can_fail:
      return {Sign::warning, t.warning, ui.tr_count("cards.mark.can_fail", card.steps)};
    case CardMark::must_fail:
      return {Sign::warning, t.error, ui.tr_count("cards.mark.must_fail", card.steps)};
    case CardMark::safe: return {Sign::tick, t.ok, ui.tr("cards.mark.safe")};
  }
  return {std::nullopt, t.text_faint, {}};
}

class Card {
 public:
  Card(AppModel& model, Ui& ui, const StepCard& card, ImVec2 min, ImVec2 size, bool dim)
      : model_(model),
        ui_(ui),
        card_(card),
        min_(min),
        max_(min.x + size.x, min.y + size.y),
        draw_(ImGui::GetWindowDrawList()),
        dim_(dim),
        type_(type_for(ui, size)) {}

  void draw() {
    const std::string id = "card." + std::to_string(card_.worker);
    ImGui::SetCursorScreenPos(min_);
    const bool pressed = ImGui::InvisibleButton(id.c_str(), {max_.x - min_.x, max_.y - min_.y});
    ui_.mark(id, card_.about, card_.hindrance == Hindrance::none);
    const bool hovered = ImGui::IsItemHovered();
    ground(hovered);
    head();
    const float mark_top = mark();
    body(mark_top);
    if (hovered) {
      ui_.tip(tip().c_str());
      if (can_act()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    if (pressed) model_.send(LetGo{card_.worker, ImGui::GetIO().KeyShift});
  }

 private:
  bool can_act() const { return card_.hindrance == Hindrance::none || card_.hindrance == Hindrance::by_hand; }
  Color shade(Color color) const { return dim_ ? faded(color, 0.45F) : color; }
  float left() const { return min_.x + ui_.px(kPad); }
  float right() const { return max_.x - ui_.px(kPad - 2); }

  void ground(bool hovered) const {
    const Theme& t = ui_.theme();
    draw_->AddRectFilled(min_, max_, card_.hindrance == Hindrance::has_ended ? t.panel : t.card, ui_.px(6));
    const bool marked = card_.planned && !dim_;
    const Color border = marked ? t.accent_text : hovered && can_act() ? t.text_dim : t.border_strong;
    compat::rect(draw_, min_, max_, border, ui_.px(6), marked ? ui_.px(2) : 1);
    draw_->AddRectFilled(min_, {min_.x + ui_.px(5), max_.y}, shade(ui_.worker_color(card_.worker)), ui_.px(6),
                         ImDrawFlags_RoundCornersLeft);
  }

  /// The name, and at the right the key with "next" before it if the plan goes on with this worker.
  void head() const {
    const float y = min_.y + ui_.px(9);
    float end = right();
    if (const int key = key_of(card_.worker); key != 0) {
      const float side = ui_.px(21);
      key_cap(static_cast<char>(key), {end - side, y}, side);
      end -= side + ui_.px(6);
    }
    if (card_.planned) {
      const char* next = ui_.tr("cards.planned");
      const float width = ui_.text_width(ui_.fonts().small_semi, next);
      if (end - width - left() > ui_.px(56)) {
        ui_.text_at(draw_, ui_.fonts().small_semi, {end - width, y + ui_.px(3)},
                    shade(ui_.theme().accent_text), next, width + 1);
        end -= width + ui_.px(6);
      }
    }
    ui_.text_at(draw_, type_.name, {left(), std::floor(y + ui_.px(2))}, shade(ui_.theme().text),
                ui_.name_of(card_.worker), end - left());
  }

  void key_cap(char key, ImVec2 at, float side) const {
    const Theme& t = ui_.theme();
    compat::rect(draw_, at, {at.x + side, at.y + side}, can_act() ? t.border_strong : t.border, ui_.px(4), 1);
    const std::string text(1, key);
    ImFont* font = ui_.fonts().mono_small;
    const float width = ui_.text_width(font, text);
    ui_.text_at(
        draw_, font,
        {std::floor(at.x + (side - width) / 2), std::floor(at.y + (side - compat::font_size(font)) / 2)},
        shade(can_act() ? t.text : t.text_faint), text, width + 1);
  }

  /// At the foot of the card. Returns where it begins.
  float mark() const {
    const MarkLook look = look_of(card_, ui_);
    const float bottom = max_.y - ui_.px(9);
    if (look.text.empty()) return bottom;
    const float indent = look.sign ? ui_.px(17) : 0;
    ImFont* font = type_.mark;
    auto lines = ui_.lines(look.text, right() - left() - indent, font);
    if (lines.size() > 2) lines.resize(2);
    const float top = bottom - type_.small_line * static_cast<float>(lines.size());
    float y = top;
    for (const std::string_view line : lines) {
      ui_.text_at(draw_, font, {left() + indent, std::floor(y)}, shade(look.color), line,
                  right() - left() - indent);
      y += type_.small_line;
    }
    if (look.sign) {
      draw_sign(draw_, *look.sign, {left() + ui_.px(5.5F), std::floor(top + type_.small_line / 2)},
                ui_.px(5.5F), shade(look.color));
    }
    ui_.mark("card." + std::to_string(card_.worker) + ".mark", {left(), top}, {right(), bottom}, look.text);
    return top;
  }

  /// "about to", the operation in up to two lines and what comes of it, as far as there is room.
  void body(float bottom) const {
    const Theme& t = ui_.theme();
    float y = min_.y + ui_.px(9) + type_.name_line;
    const bool ended = card_.hindrance == Hindrance::has_ended;
    if (!ended) {
      std::string lead = ui_.tr(card_.hindrance == Hindrance::none ? "cards.about_to" : "cards.wants_to");
      if (card_.line > 0) lead += " · " + ui_.tr("cards.line", card_.line);
      ui_.text_at(draw_, type_.small, {left(), std::floor(y)}, shade(t.text_dim), lead, right() - left());
      y += type_.small_line + ui_.px(1);
    }
    const bool waits = card_.hindrance != Hindrance::none;
    y = paragraph(card_.about, type_.about, shade(waits ? t.text_dim : t.text), y, type_.line, 2, bottom);
    y += ui_.px(2);
    const auto room = static_cast<std::size_t>(std::max((bottom - y) / type_.small_line, 0.0F));
    paragraph(card_.effect, type_.small, shade(t.text_dim), y, type_.small_line,
              std::min<std::size_t>(room, 3), bottom);
  }

  float paragraph(std::string_view text, ImFont* font, Color color, float y, float height, std::size_t most,
                  float bottom) const {
    const float width = right() - left();
    const auto lines = ui_.lines(text, width, font);
    for (std::size_t i = 0; i < std::min(lines.size(), most) && y + height <= bottom + ui_.px(2); ++i) {
      const bool last = i + 1 == most && lines.size() > most;
      const std::string_view line =
          last ? text.substr(static_cast<std::size_t>(lines[i].data() - text.data())) : lines[i];
      ui_.text_at(draw_, font, {left(), std::floor(y)}, color, line, width);
      y += height;
    }
    return y;
  }

  std::string tip() const {
    std::string text = ui_.name_of(card_.worker) + ": " + card_.about;
    if (!card_.effect.empty()) text += "\n" + card_.effect;
    switch (card_.hindrance) {
      case Hindrance::none: text += "\n" + std::string(ui_.tr("cards.tip.go")); break;
      case Hindrance::by_hand: text += "\n" + std::string(ui_.tr("cards.tip.by_hand")); break;
      case Hindrance::waits: text += "\n" + std::string(ui_.tr("cards.tip.waits")); break;
      case Hindrance::has_ended: break;
    }
    if (card_.mark == CardMark::can_fail || card_.mark == CardMark::must_fail) {
      text += "\n" + ui_.tr("cards.tip.failure", ui_.word(card_.outcome));
    }
    return text;
  }

  AppModel& model_;
  Ui& ui_;
  const StepCard& card_;
  ImVec2 min_, max_;
  ImDrawList* draw_;
  bool dim_;
  CardType type_;
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
  const auto n = static_cast<float>(room.most);
  const float inside = size.x - 2 * ui.px(kMargin);
  const float share = (inside - ui.px(kGap) * (n - 1)) / n;
  const float width =
      std::floor(share < ui.px(kNarrowest) ? ui.px(kScrolled) : std::min(share, ui.px(kWidest)));
  const float total = n * width + (n - 1) * ui.px(kGap) + 2 * ui.px(kMargin);
  const bool scrolls = total > size.x + 1;
  const float bar = scrolls ? ImGui::GetStyle().ScrollbarSize : 0;
  compat::begin_child("cards", size, false,
                      scrolls ? ImGuiWindowFlags_HorizontalScrollbar : ImGuiWindowFlags_NoScrollbar);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float height = size.y - bar - ui.px(kMargin) * 1.6F;
  ImVec2 at{origin.x + ui.px(kMargin), origin.y + ui.px(kMargin) * 0.8F};
  for (const StepCard& card : cards) {
    Card(model, ui, card, at, {width, height}, looks_back).draw();
    if (scrolls && card.planned && model.step.ready() && room.shown != card.worker) {
      const bool in_sight = at.x >= pane.x && at.x + width <= pane.x + size.x;
      if (!in_sight) ImGui::SetScrollFromPosX(at.x + width / 2 - pane.x);
      room.shown = card.worker;
    }
    at.x += width + ui.px(kGap);
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
