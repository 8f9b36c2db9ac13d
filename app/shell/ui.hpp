// What a view draws with: words, colours, fonts, sizes and the few widgets that Dear ImGui lacks.
#pragma once

#include <fmt/format.h>
#include <imgui.h>

#include <any>
#include <set>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>

#include "app/model/app_model.hpp"
#include "app/shell/icons.hpp"
#include "app/shell/theme.hpp"
#include "app/shell/translations.hpp"
#include "app/shell/widget_registry.hpp"

namespace lockstep {

/// Never null while a frame is drawn. All but mono are Inter; all hold the CJK glyphs that the texts need.
struct Fonts {
  ImFont* text = nullptr;        ///< 15 px: running text, the default
  ImFont* reading = nullptr;     ///< 17 px: the lesson
  ImFont* semi = nullptr;        ///< 15 px semi-bold: names, headings
  ImFont* small = nullptr;       ///< 13 px: second lines, labels
  ImFont* small_semi = nullptr;  ///< 13 px semi-bold: tabs, badges, headers of panes
  ImFont* title = nullptr;       ///< 17 px semi-bold
  ImFont* mono = nullptr;        ///< 14 px: code
  ImFont* mono_small = nullptr;  ///< 12 px: line numbers, axis
  ImFont* mono_big = nullptr;    ///< 22 px: a value that matters
};

enum class ButtonLook { plain, outlined, primary, danger, good };

class Ui {
 public:
  Ui(AppModel& model, Fonts fonts, float scale);

  // --- once a frame, by the shell ---
  void begin_frame();
  /// How many times more frames are wanted because something moves (an animation).
  bool wants_animation() const { return animates_; }
  void animate() { animates_ = true; }

  // --- words: every string literal given to tr() is a key of the catalogue, checked by a test ---
  const char* tr(std::string_view key) const { return words_->find(key); }
  template <class... Args>
  requires(sizeof...(Args) > 0) std::string tr(std::string_view key, const Args&... args)
  const { return format(words_->find(key), fmt::make_format_args(args...)); }
  /// Singular or plural: the key with ".one" for n == 1 where the language has it; {0} is n with thousands
  /// marked.
  template <class... Args>
  std::string tr_count(std::string_view key, std::int64_t n, const Args&... args) const {
    const std::string number = grouped(n);
    return format(counted(key, n), fmt::make_format_args(number, args...));
  }
  /// How a run ended, in a word or two.
  const char* word(Outcome outcome) const;
  Language language() const { return has_cjk_ ? model_.settings.language : Language::en; }
  /// 1284 → "1,284".
  static std::string grouped(std::int64_t n);
  /// 4.7 s, 12 ms, 350 µs: three significant digits. In steps: "3 steps".
  std::string duration(RunTime ns) const;
  /// A moment of a run: "1.31 s", with as many digits as `resolution` needs. In steps: the step that it lies
  /// in, "step 3".
  std::string moment(RunTime t, RunTime resolution = 10'000'000) const;

  // --- looks ---
  const Theme& theme() const { return *theme_; }
  const Fonts& fonts() const { return fonts_; }
  /// Unscaled pixels → pixels of the window.
  float px(float unscaled) const { return unscaled * scale_; }
  ImVec2 px(float x, float y) const { return {x * scale_, y * scale_}; }
  float scale() const { return scale_; }

  // --- workers ---
  Color worker_color(WorkerId id) const { return theme_->worker(id); }
  /// "A", "1", "m".
  const std::string& badge_of(WorkerId id);
  /// "Shop A"; "Worker 7" for one without a name.
  std::string name_of(WorkerId id) const;
  std::string name_of_object(ObjectId id) const;
  /// "line 12 of scenario.cpp" in short: the line, 0 if unknown.
  int line_of(SiteId site) const;

  // --- drawing at a place ---
  void badge_at(ImDrawList* draw, ImVec2 top_left, WorkerId id, float size = 0);
  /// Waiting: diagonal hatching inside the rectangle.
  void hatch(ImDrawList* draw, ImVec2 min, ImVec2 max, Color line, float spacing = 7, float thickness = 2);
  /// A dashed horizontal or vertical line.
  void dashed(ImDrawList* draw, ImVec2 a, ImVec2 b, Color color, float thickness = 1, float dash = 4,
              float gap = 4);
  /// One line of text, cut to `width` with …; a number that ends a name stays. Returns the width drawn.
  float text_at(ImDrawList* draw, ImFont* font, ImVec2 at, Color color, std::string_view text, float width);
  float text_width(ImFont* font, std::string_view text) const;
  /// The text in lines no wider than `width`; breaks at blanks and between Chinese characters. Views into
  /// `text`.
  std::vector<std::string_view> lines(std::string_view text, float width, ImFont* font) const;

  // --- widgets at the cursor ---
  /// A worker's badge, inline, as high as the line; click selects the worker, hovering tells its name.
  void badge(WorkerId id);
  void text(std::string_view text, Color color = 0, ImFont* font = nullptr);  ///< 0, nullptr: the usual
  void text_wrapped(std::string_view text, Color color = 0, ImFont* font = nullptr);  ///< breaks Chinese too
  /// Ends in … if it does not fit (width 0: what is left of the line); the whole text is then the tooltip.
  void text_clipped(std::string_view text, float width = 0, Color color = 0, ImFont* font = nullptr);
  /// A button in the style of the transport. `id` names it in the registry. A disabled one needs a reason in
  /// `tip`.
  bool button(std::string_view id, const char* label, ButtonLook look = ButtonLook::plain,
              bool enabled = true, const char* tip = nullptr);
  /// The same with an icon; `label` may be "". `name` is what the registry calls it.
  bool icon_button(std::string_view id, Icon icon, const char* label, const char* name,
                   ButtonLook look = ButtonLook::plain, bool enabled = true, const char* tip = nullptr,
                   float width = 0);
  /// For buttons of one's own: pushes the colours of a look and returns that of the text.
  Color push_button(ButtonLook look) const;
  static void pop_button();
  float button_width(const char* label, bool with_icon = false) const;
  /// A bordered card. Always call end_card(). Height 0: as high as its content; the border may be emphasised.
  void begin_card(const char* id, ImVec2 size, Color border = 0);
  void end_card();
  /// The tooltip of the last item, after a short delay.
  void tip(const char* text);
  /// True while the learner writes into a field: letters are then no commands.
  static bool typing() { return ImGui::GetIO().WantTextInput; }

  // --- registry ---
  WidgetRegistry& widgets() { return widgets_; }
  /// Registers the last item.
  void mark(std::string_view id, std::string_view label, bool enabled = true);
  void mark(std::string_view id, ImVec2 min, ImVec2 max, std::string_view label, bool enabled = true);

  /// What a view keeps from frame to frame (a filter, a scroll position): one value for each type, made on
  /// first use.
  template <class T>
  T& state() {
    std::any& slot = states_[std::type_index(typeid(T))];
    if (!slot.has_value()) slot = T{};
    return std::any_cast<T&>(slot);
  }

  // --- by the shell, when fonts or scale change ---
  void set_fonts(const Fonts& fonts, float scale);
  /// Without a CJK font, English is shown whatever the settings say.
  void set_has_cjk(bool has) { has_cjk_ = has; }
  /// Characters that were drawn and that the fonts lack so far; each is reported once.
  bool misses_glyphs() const { return !missing_glyphs_.empty(); }
  std::set<char32_t> take_missing_glyphs();

 private:
  static std::string format(const char* text, fmt::format_args args);
  const char* counted(std::string_view key, std::int64_t n) const;
  void wrap(std::string_view text, float width) const;        ///< in the current font and colour
  void see(const ImFont* font, std::string_view text) const;  ///< notes the glyphs that the font lacks

  AppModel& model_;
  Fonts fonts_;
  float scale_ = 1;
  const Theme* theme_ = nullptr;
  const Translations* words_ = nullptr;
  WidgetRegistry widgets_;
  std::unordered_map<std::type_index, std::any> states_;
  std::vector<std::string> badges_;
  int badges_generation_ = -1;
  std::unordered_map<ImGuiID, float> card_heights_;  // of the last frame
  std::vector<ImGuiID> card_ids_;                    // the open ones; 0 for a fixed height
  ImGuiID tip_item_ = 0;
  double tip_since_ = 0, tip_seen_ = 0;
  bool has_cjk_ = true;
  mutable std::set<char32_t> missing_glyphs_, reported_glyphs_;
  bool animates_ = false;
};

/// Pushes a font for a scope.
class WithFont {
 public:
  explicit WithFont(ImFont* font);
  ~WithFont() { ImGui::PopFont(); }
  WithFont(const WithFont&) = delete;
  WithFont& operator=(const WithFont&) = delete;
};

/// Pushes a text colour for a scope.
class WithTextColor {
 public:
  explicit WithTextColor(Color color) { ImGui::PushStyleColor(ImGuiCol_Text, color); }
  ~WithTextColor() { ImGui::PopStyleColor(); }
  WithTextColor(const WithTextColor&) = delete;
  WithTextColor& operator=(const WithTextColor&) = delete;
};

}  // namespace lockstep
