#include "app/views/rich_text.hpp"

#include <algorithm>
#include <cmath>

#include "app/shell/imgui_compat.hpp"
#include "app/shell/wrap.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {

constexpr float kBoxHeight = 32, kBoxLeast = 46, kBoxMost = 120, kBadge = 19, kSign = 15;
constexpr float kLineGap = 5;

ImFont* font_of(const Ui& ui, ImFont* font) { return font ? font : ui.fonts().text; }

}  // namespace

// ------------------------------------------------------------------------------------------------------
// building

RichText& RichText::text(std::string_view text, Color color, ImFont* font) {
  if (!text.empty())
    pieces_.push_back({.kind = Kind::text, .text = std::string(text), .color = color, .font = font});
  return *this;
}

RichText& RichText::prose(const Ui& ui, std::string_view markdown, Color color, ImFont* font) {
  while (!markdown.empty()) {
    const std::size_t mark = std::min({markdown.find('`'), markdown.find("**"), markdown.size()});
    text(markdown.substr(0, mark), color, font);
    markdown.remove_prefix(mark);
    if (markdown.empty()) return *this;
    const std::string_view sign = markdown[0] == '`' ? "`" : "**";
    const std::size_t end = markdown.find(sign, sign.size());
    if (end == std::string_view::npos) return text(markdown, color, font);
    const std::string_view inner = markdown.substr(sign.size(), end - sign.size());
    if (sign == "`")
      text(inner, ui.theme().accent_text, ui.fonts().mono);
    else
      text(inner, color, ui.fonts().semi);
    markdown.remove_prefix(end + sign.size());
  }
  return *this;
}

RichText& RichText::badge(WorkerId worker) {
  pieces_.push_back({.kind = Kind::badge, .text = {}, .worker = worker});
  return space(4);
}

RichText& RichText::sign(Sign sign, Color color) {
  pieces_.push_back({.kind = Kind::sign, .text = {}, .color = color, .sign = sign});
  return space(4);
}

RichText& RichText::box(std::string_view label, Color fill) {
  pieces_.push_back({.kind = Kind::box, .text = std::string(label), .color = fill});
  return space(6);
}

RichText& RichText::free_box(std::string_view label) {
  pieces_.push_back({.kind = Kind::free_box, .text = std::string(label)});
  return space(6);
}

RichText& RichText::space(float unscaled) {
  pieces_.push_back({.kind = Kind::space, .text = {}, .amount = unscaled});
  return *this;
}

RichText& RichText::new_line(float extra) {
  pieces_.push_back({.kind = Kind::new_line, .text = {}, .amount = extra});
  return *this;
}

std::string RichText::plain(Ui& ui) const {
  std::string result;
  for (const Piece& piece : pieces_) {
    switch (piece.kind) {
      case Kind::text: result += piece.text; break;
      case Kind::badge: result += "[" + ui.badge_of(piece.worker) + "] "; break;
      case Kind::box:
      case Kind::free_box: result += "[" + piece.text + "] "; break;
      case Kind::new_line: result += '\n'; break;
      case Kind::sign:
      case Kind::space: break;
    }
  }
  return result;
}

// -------------------------------------------------------------------------------------------------------
// flowing

class RichText::Flower {
 public:
  Flower(Ui& ui, float width) : ui_(ui), width_(width) { flow.lines.emplace_back(); }

  void add(const Piece& piece, const Piece* name) {
    switch (piece.kind) {
      case Kind::text: return add_text(piece);
      case Kind::space:
        if (x_ > 0) x_ += ui_.px(piece.amount);
        return;
      case Kind::new_line: return end_line(ui_.px(piece.amount));
      case Kind::badge: {
        const float text = ui_.text_width(ui_.fonts().small_semi, ui_.badge_of(piece.worker));
        const float tied =
            name ? ui_.text_width(font_of(ui_, name->font), first_word(name->text)) + ui_.px(4) : 0;
        return add_solid(piece, std::max(ui_.px(kBadge), text + ui_.px(6)), ui_.px(kBadge), tied);
      }
      case Kind::sign:
        return add_solid(piece, ui_.px(kSign), ui_.px(kSign), name ? box_width(*name) + ui_.px(4) : 0);
      case Kind::box:
      case Kind::free_box: return add_solid(piece, box_width(piece), ui_.px(kBoxHeight));
    }
  }

  Flow finish() {
    end_line(0);
    flow.lines.pop_back();
    flow.size.y -= ui_.px(kLineGap);
    return std::move(flow);
  }

 private:
  float box_width(const Piece& box) const {
    const float text = ui_.text_width(ui_.fonts().small_semi, box.text) + ui_.px(16);
    return std::clamp(text, ui_.px(kBoxLeast), ui_.px(kBoxMost));
  }

  void end_line(float extra) {
    Line& line = flow.lines.back();
    if (line.ascent == 0 && line.descent == 0) line.ascent = extra > 0 ? 0 : ui_.px(6);  // an empty line
    const float bottom = line.y + line.ascent + line.descent + ui_.px(kLineGap) + extra;
    flow.size.y = bottom;
    flow.lines.push_back({.y = bottom});
    x_ = 0;
  }

  void grow(float ascent, float descent) {
    Line& line = flow.lines.back();
    line.ascent = std::max(line.ascent, ascent);
    line.descent = std::max(line.descent, descent);
  }

  void place(const Piece& piece, std::string_view text, float width) {
    flow.placed.push_back({&piece, text, x_, width, flow.lines.size() - 1});
    x_ += width;
    flow.size.x = std::max(flow.size.x, x_);
  }

  /// Badges, signs and boxes stand in the middle of the small letters.
  void add_solid(const Piece& piece, float width, float height, float tied = 0) {
    if (x_ > 0 && x_ + width + tied > width_) end_line(0);
    const float middle = compat::font_size(ui_.fonts().text) * 0.34F;
    grow(height / 2 + middle, height / 2 - middle);
    place(piece, piece.text, width);
  }

  void add_text(const Piece& piece) {
    ImFont* font = font_of(ui_, piece.font);
    std::string_view rest = piece.text;
    while (!rest.empty()) {
      if (x_ > 0 && x_ + ui_.text_width(font, first_word(rest)) > width_) end_line(0);
      while (x_ == 0 && rest.starts_with(' '))
        rest.remove_prefix(1);
      if (rest.empty()) return;
      const std::string_view line = first_line(rest, width_ - x_, font);
      grow(compat::ascent(font), compat::font_size(font) - compat::ascent(font));
      place(piece, line, ui_.text_width(font, line));
      rest.remove_prefix(line.size());
      if (!rest.empty()) end_line(0);
    }
  }

  /// What fits, blanks at its end included.
  std::string_view first_line(std::string_view text, float width, ImFont* font) const {
    if (ui_.text_width(font, text) <= width) return text;
    const std::string_view line = ui_.lines(text, std::max(width, 1.0F), font).front();
    std::size_t end = std::max<std::size_t>(line.size(), 1);
    while (end < text.size() && text[end] == ' ')
      ++end;
    return text.substr(0, end);
  }

  Ui& ui_;
  float width_;
  float x_ = 0;
  Flow flow;
};

RichText::Flow RichText::flow(Ui& ui, float width) const {
  Flower flower(ui, width);
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    // A badge, its gap, its name: the three stay together; so do a sign and its box.
    const Piece* next = i + 2 < pieces_.size() ? &pieces_[i + 2] : nullptr;
    const bool named = next && pieces_[i].kind == Kind::badge && next->kind == Kind::text;
    const bool boxed =
        next && pieces_[i].kind == Kind::sign && (next->kind == Kind::box || next->kind == Kind::free_box);
    flower.add(pieces_[i], named || boxed ? next : nullptr);
  }
  return flower.finish();
}

ImVec2 RichText::measure(Ui& ui, float width) const { return flow(ui, width).size; }

// -------------------------------------------------------------------------------------------------------
// drawing

RichText::Drawn RichText::draw(Ui& ui, ImVec2 at, float width) const {
  const Flow result = flow(ui, width);
  Drawn drawn{result.size};
  for (const Placed& placed : result.placed) {
    const Line& line = result.lines[placed.line];
    const ImVec2 baseline{std::floor(at.x + placed.x), std::floor(at.y + line.y + line.ascent)};
    if (draw_piece(ui, placed, baseline)) drawn.clicked = placed.piece->worker;
  }
  return drawn;
}

bool RichText::draw_piece(Ui& ui, const Placed& placed, ImVec2 baseline) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Piece& piece = *placed.piece;
  const Color color = piece.color ? piece.color : ui.theme().text;
  if (piece.kind == Kind::text) {
    ImFont* font = font_of(ui, piece.font);
    ui.text_at(draw, font, {baseline.x, std::floor(baseline.y - compat::ascent(font))}, color, placed.text,
               placed.width + 1);
    return false;
  }
  const float middle = baseline.y - compat::font_size(ui.fonts().text) * 0.34F;
  const auto top = [&](float height) { return ImVec2{baseline.x, std::floor(middle - ui.px(height) / 2)}; };
  if (piece.kind == Kind::badge) return badge_button(ui, top(kBadge), piece.worker);
  if (piece.kind == Kind::sign) {
    draw_sign(draw, piece.sign, {baseline.x + placed.width / 2, middle}, ui.px(kSign) / 2 - 1, color);
  } else {
    value_box(ui, top(kBoxHeight), {placed.width, ui.px(kBoxHeight)}, piece.text,
              piece.kind == Kind::box ? piece.color : 0);
  }
  return false;
}

}  // namespace lockstep
