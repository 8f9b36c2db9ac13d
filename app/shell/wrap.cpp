// Text as Unicode: breaking lines (Dear ImGui breaks at blanks only, Chinese has none), glyphs that are
// missing.
#include "app/shell/wrap.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "app/shell/fonts.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {
namespace {

/// Length in bytes of the UTF-8 character at `p`.
std::size_t character_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

bool is_cjk(std::string_view character) {
  return character.size() == 3 && static_cast<unsigned char>(character[0]) >= 0xE3;
}

/// Punctuation that must not begin a line.
bool must_follow(std::string_view character) {
  constexpr std::string_view kClosing = "，。、；：？！）》」』”’…";
  return character.size() >= 2 && kClosing.find(character) != std::string_view::npos;
}

/// Punctuation that must not end a line.
bool must_lead(std::string_view character) {
  constexpr std::string_view kOpening = "（《「『“‘";
  return character.size() >= 2 && kOpening.find(character) != std::string_view::npos;
}

/// True if the blank at `at` stands between a number and its unit: "3 s", "3 秒".
bool is_before_unit(std::string_view text, std::size_t at) {
  const auto has = [&](std::size_t i, std::string_view any) {
    return i < text.size() && any.find(text[i]) != std::string_view::npos;
  };
  if (!has(at - 1, "0123456789")) return false;
  if (text.substr(at + 1).starts_with("秒")) return true;
  const std::size_t end = has(at + 1, "m") ? at + 3 : at + 2;
  return has(end - 1, "s") && (end >= text.size() || has(end, " .,:;)"));
}

/// Between two characters, `previous` empty at the beginning of a text.
bool may_break(std::string_view previous, std::string_view character) {
  return !previous.empty() && character != " " && !must_follow(character) && !must_lead(previous) &&
         (previous == " " || is_cjk(character) || is_cjk(previous));
}

/// The number of bytes of `text` (one paragraph) that fit on a line of `width`; at least one character.
std::size_t fit(ImFont* font, std::string_view text, float width) {
  float used = 0;
  std::size_t at = 0, good = 0;
  std::string_view previous;
  while (at < text.size()) {
    const std::string_view character =
        text.substr(at, character_length(static_cast<unsigned char>(text[at])));
    const bool blank = character == " ";
    const bool splits_unit = previous == " " && is_before_unit(text, at - 1);
    if (may_break(previous, character) && !splits_unit) good = at;
    const float advance = compat::text_width(font, character.data(), character.data() + character.size());
    if (used + advance > width && !blank && at > 0) return good > 0 ? good : at;
    used += advance;
    at += character.size();
    previous = character;
  }
  return text.size();
}

}  // namespace

void Ui::see(const ImFont* font, std::string_view text) const {
  const auto beyond_latin = [](char c) { return static_cast<unsigned char>(c) >= 0xC4; };
  if (!font || std::ranges::none_of(text, beyond_latin)) return;
  std::set<char32_t> characters;
  GlyphNeeds::collect(text, characters);
  for (const char32_t c : characters) {
    const bool lacks = c <= 0xFFFF && !font->FindGlyphNoFallback(static_cast<ImWchar>(c));
    if (lacks && reported_glyphs_.insert(c).second) missing_glyphs_.insert(c);
  }
}

std::set<char32_t> Ui::take_missing_glyphs() { return std::exchange(missing_glyphs_, {}); }

std::vector<std::string_view> Ui::lines(std::string_view text, float width, ImFont* font) const {
  see(font, text);
  std::vector<std::string_view> result;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view paragraph = text.substr(begin, end - begin);
    do {
      const std::size_t length = fit(font, paragraph, width);
      std::string_view line = paragraph.substr(0, length);
      while (line.ends_with(' '))
        line.remove_suffix(1);
      result.push_back(line);
      paragraph.remove_prefix(length);
    } while (!paragraph.empty());
    begin = end + 1;
  }
  return result;
}

std::string_view first_word(std::string_view text) {
  std::size_t at = std::min(text.find_first_not_of(' '), text.size());
  std::string_view previous;
  while (at < text.size() && text[at] != ' ') {
    const std::string_view character =
        text.substr(at, character_length(static_cast<unsigned char>(text[at])));
    if (may_break(previous, character)) break;
    at += character.size();
    previous = character;
  }
  return text.substr(0, at);
}

void Ui::wrap(std::string_view text, float width) const {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, px(3)});
  for (const std::string_view line : lines(text, width, ImGui::GetFont())) {
    ImGui::TextUnformatted(line.data(), line.data() + line.size());
  }
  ImGui::PopStyleVar();
}

}  // namespace lockstep
