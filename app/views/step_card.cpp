#include "app/views/step_card.hpp"

#include <algorithm>
#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/views/signs.hpp"

namespace lockstep {
namespace {

// Unscaled.
constexpr float kPad = 12;
constexpr float kRoomyWidth = 200, kRoomyHeight = 185;  // from which on the text is larger
constexpr float kTop = 9, kCompactTop = 4;              // over the name

/// The larger, the more room there is: it is read from the last row.
struct CardType {
  ImFont *name, *about, *small, *mark;
  float name_line, line, small_line;
};

CardType type_for(const Ui& ui, const StepCardLook& look) {
  const Fonts& f = ui.fonts();
  if (look.compact) return {f.semi, f.text, f.small, f.small_semi, ui.px(21), ui.px(17), ui.px(16)};
  if (look.size.x >= ui.px(kRoomyWidth) && look.size.y >= ui.px(kRoomyHeight)) {
    return {f.title, f.reading, f.text, f.semi, ui.px(27), ui.px(21), ui.px(18)};
  }
  return {f.semi, f.text, f.small, f.small_semi, ui.px(25), ui.px(17), ui.px(16)};
}

/// What may come of it: in words, and in as few signs as a compact card has room for.
struct MarkLook {
  std::optional<Sign> sign;
  Color color;
  std::string text;
  std::string brief;
};

MarkLook look_of(const StepCard& card, const Ui& ui) {
  const Theme& t = ui.theme();
  const std::string steps = std::to_string(card.steps);
  switch (card.mark) {
    case CardMark::none: return {std::nullopt, t.text_faint, {}, {}};
    case CardMark::looking: return {std::nullopt, t.text_faint, ui.tr("cards.mark.looking"), "…"};
    case CardMark::not_known: return {std::nullopt, t.text_faint, ui.tr("cards.mark.not_known"), "?"};
    case CardMark::can_fail:
      return {Sign::warning, t.warning, ui.tr_count("cards.mark.can_fail", card.steps), steps};
    case CardMark::must_fail:
      return {Sign::warning, t.error, ui.tr_count("cards.mark.must_fail", card.steps), steps + " !"};
    case CardMark::safe: return {Sign::tick, t.ok, ui.tr("cards.mark.safe"), {}};
  }
  return {std::nullopt, t.text_faint, {}, {}};
}

class Card {
 public:
  Card(AppModel& model, Ui& ui, const StepCard& card, const StepCardLook& look)
      : model_(model),
        ui_(ui),
        card_(card),
        compact_(look.compact),
        dim_(look.dim),
        min_(look.min),
        max_(look.min.x + look.size.x, look.min.y + look.size.y),
        draw_(ImGui::GetWindowDrawList()),
        type_(type_for(ui, look)),
        mark_(look_of(card, ui)) {}

  void draw() {
    const std::string id = "card." + std::to_string(card_.worker);
    ImGui::SetCursorScreenPos(min_);
    const bool pressed = ImGui::InvisibleButton(id.c_str(), {max_.x - min_.x, max_.y - min_.y});
    ui_.mark(id, card_.about, card_.hindrance == Hindrance::none);
    const bool hovered = ImGui::IsItemHovered();
    ground(hovered);
    head();
    if (compact_)
      brief_body();
    else
      body(mark());
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
  float right() const { return max_.x - ui_.px(compact_ ? 6 : kPad - 2); }
  float top() const { return min_.y + ui_.px(compact_ ? kCompactTop : kTop); }
  bool is_stale() const { return card_.overwrites != kNoWorker; }

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
    const float y = top();
    float end = right();
    if (const int key = key_of(card_.worker); key != 0) {
      const float side = ui_.px(compact_ ? 19 : 21);
      key_cap(static_cast<char>(key), {end - side, y}, side);
      end -= side + ui_.px(6);
    }
    if (compact_) end = brief_mark(end, y);
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

  void sign_at(ImVec2 centre) const {
    if (mark_.sign) draw_sign(draw_, *mark_.sign, centre, ui_.px(5.5F), shade(mark_.color));
  }

  void note_mark(ImVec2 min, ImVec2 max) const {
    ui_.mark("card." + std::to_string(card_.worker) + ".mark", min, max, mark_.text);
  }

  /// Sign and number, ending at `end`. Returns where they begin.
  float brief_mark(float end, float y) const {
    if (mark_.text.empty()) return end;
    const float words = ui_.text_width(type_.mark, mark_.brief);
    const float indent = mark_.sign ? ui_.px(15) : 0;
    const float begin = end - words - indent;
    const float middle = y + ui_.px(9.5F);
    sign_at({begin + ui_.px(5.5F), std::floor(middle)});
    ui_.text_at(draw_, type_.mark, {begin + indent, std::floor(y + ui_.px(2))}, shade(mark_.color),
                mark_.brief, words + 1);
    note_mark({begin, y}, {end, y + ui_.px(19)});
    return begin - ui_.px(6);
  }

  /// At the foot of the card. Returns where it begins.
  float mark() const {
    const float bottom = max_.y - ui_.px(9);
    if (mark_.text.empty()) return bottom;
    const float indent = mark_.sign ? ui_.px(17) : 0;
    auto lines = ui_.lines(mark_.text, right() - left() - indent, type_.mark);
    if (lines.size() > 2) lines.resize(2);
    const float begin = bottom - type_.small_line * static_cast<float>(lines.size());
    float y = begin;
    for (const std::string_view line : lines) {
      ui_.text_at(draw_, type_.mark, {left() + indent, std::floor(y)}, shade(mark_.color), line,
                  right() - left() - indent);
      y += type_.small_line;
    }
    sign_at({left() + ui_.px(5.5F), std::floor(begin + type_.small_line / 2)});
    note_mark({left(), begin}, {right(), bottom});
    return begin;
  }

  /// "about to", the operation in up to two lines and what comes of it, as far as there is room. A write that
  /// follows from a stale read says so first.
  void body(float bottom) const {
    const Theme& t = ui_.theme();
    float y = top() + type_.name_line;
    if (card_.hindrance != Hindrance::has_ended && !is_stale()) {
      std::string lead = ui_.tr(card_.hindrance == Hindrance::none ? "cards.about_to" : "cards.wants_to");
      if (card_.line > 0) lead += " · " + ui_.tr("cards.line", card_.line);
      ui_.text_at(draw_, type_.small, {left(), std::floor(y)}, shade(t.text_dim), lead, right() - left());
      y += type_.small_line + ui_.px(1);
    }
    y = paragraph(card_.about, type_.about, about_color(), y, type_.line, 2, bottom) + ui_.px(2);
    if (is_stale()) y = paragraph(stale(), type_.mark, shade(t.warning), y, type_.small_line, 2, bottom);
    paragraph(card_.effect, type_.small, shade(t.text_dim), y, type_.small_line, 3, bottom);
  }

  /// What it is about to do in one line or two, and what comes of it if a line is left.
  void brief_body() const {
    const Color hue = is_stale() ? ui_.theme().warning : ui_.theme().text_dim;
    const float y = top() + type_.name_line;
    float bottom = max_.y - ui_.px(2);
    const std::string last = is_stale() ? stale() : card_.effect;
    const bool has_last = !last.empty() && y + type_.line + type_.small_line <= bottom;
    const Color color = is_stale() && !has_last ? shade(hue) : about_color();
    if (has_last) bottom -= type_.small_line;
    const float next = paragraph(card_.about, type_.about, color, y, type_.line, 2, bottom);
    if (has_last) paragraph(last, type_.small, shade(hue), next, type_.small_line, 1, max_.y);
  }

  Color about_color() const {
    return shade(card_.hindrance == Hindrance::none ? ui_.theme().text : ui_.theme().text_dim);
  }
  std::string stale() const { return ui_.tr("cards.stale", ui_.name_of(card_.overwrites)); }

  /// At most `most` lines, and those that end over `bottom`; the last ends in … if there is more.
  float paragraph(std::string_view text, ImFont* font, Color color, float y, float height, std::size_t most,
                  float bottom) const {
    const float width = right() - left();
    const auto lines = ui_.lines(text, width, font);
    const float room = std::max((bottom + ui_.px(2) - y) / height, 0.0F);
    most = std::min({most, lines.size(), static_cast<std::size_t>(room)});
    for (std::size_t i = 0; i < most; ++i) {
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
    if (is_stale()) text += "\n" + stale();
    if (compact_ && !mark_.text.empty()) text += "\n" + mark_.text;
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
  bool compact_, dim_;
  ImVec2 min_, max_;
  ImDrawList* draw_;
  CardType type_;
  MarkLook mark_;
};

}  // namespace

void draw_step_card(AppModel& model, Ui& ui, const StepCard& card, const StepCardLook& look) {
  Card(model, ui, card, look).draw();
}

}  // namespace lockstep
