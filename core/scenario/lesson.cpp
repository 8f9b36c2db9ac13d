#include "core/scenario/lesson.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <utility>

#include "assets/resources.hpp"
#include "core/scenario/text_lines.hpp"

namespace lockstep {
namespace {

/// Takes the prefix off; false if the line does not begin with it.
bool take(std::string_view& line, std::string_view prefix) {
  if (!line.starts_with(prefix)) return false;
  line = trim(line.substr(prefix.size()));
  return true;
}

/// Takes "7. " off if `number` is 7.
bool take_number(std::string_view& line, std::size_t number) {
  return take(line, fmt::format("{}. ", number));
}

/// Cuts the text at the first of the two marks; `rest` is what follows. False if neither is in it.
bool cut(std::string_view text, std::string_view mark, std::string_view wide_mark, std::string_view& first,
         std::string_view& rest) {
  const auto at = text.find(mark);
  const auto wide = text.find(wide_mark);
  const auto end = std::min(at, wide);
  if (end == std::string_view::npos) return false;
  first = trim(text.substr(0, end));
  rest = trim(text.substr(end + (at < wide ? mark : wide_mark).size()));
  return true;
}

/// Joins two lines of one paragraph. Chinese needs no space there.
void append_text(std::string& text, std::string_view more) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!text.empty() && !text.ends_with("\n\n") && is_ascii(text.back()) && is_ascii(more.front()))
    text += ' ';
  text += more;
}

/// Reads a lesson line by line; the section decides what a line means.
class Parser {
 public:
  std::optional<Lesson> parse(std::string_view markdown, std::string& error) {
    for (const std::string_view line : split_lines(markdown)) {
      ++number_;
      read(trim(line));
      if (!error_.empty()) break;
    }
    if (error_.empty()) check_complete();
    begin_explanations();
    error = error_;
    if (!error_.empty()) return std::nullopt;
    return std::move(lesson_);
  }

 private:
  enum class Section { none, goal, steps, prediction, watch, explanation, hints, variants, params };
  static constexpr std::array<std::string_view, 9> kNames{
      "", "Goal", "Steps", "Prediction", "Watch", "Explanation", "Hints", "Variants", "Params"};

  void fail(std::string_view what) { fail_at(number_, what); }
  void fail_at(int line, std::string_view what) {
    if (error_.empty()) error_ = fmt::format("line {}: {}", line, what);
  }

  void read(std::string_view line) {
    if (take(line, "### ")) return begin_variant(line);
    if (take(line, "## ")) return begin_section(line);
    if (take(line, "# ")) return read_title(line);
    if (line.starts_with("#")) return fail("a heading is \"# Title\", \"## Section\" or \"### variant\"");
    if (!line.empty()) read_content(line);
    blank_ = line.empty();
  }

  void read_title(std::string_view line) {
    if (!lesson_.title.empty()) return fail("a lesson has one title");
    lesson_.title = line;
  }

  void begin_section(std::string_view name) {
    for (std::size_t i = 1; i < kNames.size(); ++i) {
      if (kNames[i] != name) continue;
      if (std::exchange(begun_[i], true)) return fail(fmt::format("a second section \"{}\"", name));
      section_ = static_cast<Section>(i);
      variant_.clear();
      return;
    }
    fail(fmt::format("unknown section \"{}\"", name));
  }

  void begin_variant(std::string_view name) {
    bool again = false;
    switch (section_) {
      case Section::steps: again = lesson_.step_goals.contains(name); break;
      case Section::prediction: again = lesson_.predictions.contains(name); break;
      case Section::explanation: again = lesson_.explanations.contains(name); break;
      default: return fail("the heading of a variant belongs into Steps, Prediction or Explanation");
    }
    if (again) return fail(fmt::format("a second \"### {}\"", name));
    variant_ = name;
  }

  void read_content(std::string_view line) {
    switch (section_) {
      case Section::none: return fail("text outside a section");
      case Section::goal: return append_paragraph(lesson_.goal, line);
      case Section::steps: return append_paragraph(lesson_.step_goals[variant_], line);
      case Section::explanation: return append_paragraph(lesson_.explanations[variant_], line);
      case Section::prediction: return read_prediction(line);
      case Section::watch: return read_item(lesson_.watch, line, take(line, "- "));
      case Section::hints: return read_hint(line);
      case Section::variants: return read_variant(line);
      case Section::params: return read_param(line);
    }
  }

  void append_paragraph(std::string& text, std::string_view line) {
    if (blank_ && !text.empty()) text += "\n\n";
    append_text(text, line);
  }

  /// A new item of a list, or more of the one before.
  void read_item(std::vector<std::string>& list, std::string_view line, bool begins) {
    if (begins) {
      list.emplace_back(line);
    } else if (list.empty()) {
      fail("a list is expected here");
    } else {
      append_text(list.back(), line);
    }
  }

  void read_hint(std::string_view line) {
    const bool begins = take_number(line, lesson_.hints.size() + 1);
    const auto point = line.find(". ");
    if (!begins && point != 0 && line.find_first_not_of("0123456789") == point) {
      return fail(fmt::format("hint {} is expected here", lesson_.hints.size() + 1));
    }
    read_item(lesson_.hints, line, begins);
  }

  void read_prediction(std::string_view line) {
    Prediction& prediction = lesson_.predictions[variant_];
    question_lines_.try_emplace(variant_, number_);
    const bool right = take(line, "- [x] ");
    if (right || take(line, "- [ ] ")) return read_choice(prediction, line, right);
    if (line.starts_with("- ")) return fail("a choice begins with \"- [ ] \", the right one with \"- [x] \"");
    if (prediction.choices.empty()) return append_paragraph(prediction.question, line);
    append_text(prediction.choices.back(), line);
  }

  void read_choice(Prediction& prediction, std::string_view line, bool right) {
    if (prediction.question.empty()) return fail("a choice without a question");
    if (right && !answered_.insert(variant_).second) return fail("two choices are marked as right");
    if (right) prediction.right = prediction.choices.size();
    prediction.choices.emplace_back(line);
  }

  /// "- name: rest"
  bool take_named(std::string_view line, std::string_view& name, std::string_view& rest) {
    if (take(line, "- ") && cut(line, ":", "：", name, rest) && !name.empty() && !rest.empty()) return true;
    fail("\"- name: text\" is expected here");
    return false;
  }

  void read_variant(std::string_view line) {
    std::string_view name;
    std::string_view text;
    if (!take_named(line, name, text)) return;
    LessonVariant& variant = lesson_.variants[std::string(name)];
    if (!variant.title.empty()) return fail(fmt::format("a second \"{}\"", name));
    std::string_view title;
    std::string_view sentence;
    if (!cut(text, ". ", "。", title, sentence) || title.empty() || sentence.empty()) {
      return fail("\"- variant: short name. One sentence.\" is expected here");
    }
    variant = {std::string(title), std::string(sentence)};
  }

  void read_param(std::string_view line) {
    std::string_view name;
    std::string_view text;
    if (!take_named(line, name, text)) return;
    if (!lesson_.params.emplace(name, text).second) fail(fmt::format("a second \"{}\"", name));
  }

  /// What stands before the first variant introduces each of them.
  void begin_explanations() {
    const auto common = lesson_.explanations.find("");
    if (common == lesson_.explanations.end()) return;
    for (auto& [variant, text] : lesson_.explanations)
      if (!variant.empty()) text.insert(0, common->second + "\n\n");
  }

  void check_complete() {
    for (const auto& [variant, prediction] : lesson_.predictions) {
      const int line = question_lines_[variant];
      if (prediction.choices.size() < 2) fail_at(line, "a question needs at least two choices");
      if (!answered_.contains(variant)) fail_at(line, "no choice of this question is marked as right");
    }
    const auto need = [&](bool there, std::string_view what) {
      if (!there) fail(fmt::format("the lesson ends without {}", what));
    };
    need(!lesson_.title.empty(), "\"# Title\"");
    need(!lesson_.goal.empty(), "\"## Goal\"");
    need(!lesson_.predictions.empty(), "\"## Prediction\"");
    need(!lesson_.watch.empty(), "\"## Watch\"");
    need(!lesson_.explanations.empty(), "\"## Explanation\"");
    need(!lesson_.hints.empty(), "\"## Hints\"");
    need(!lesson_.variants.empty(), "\"## Variants\"");
  }

  Lesson lesson_;
  Section section_ = Section::none;
  std::array<bool, kNames.size()> begun_{};
  std::string variant_;  ///< whose heading stands above; "" before the first
  std::map<std::string, int, std::less<>> question_lines_;
  std::set<std::string, std::less<>> answered_;
  std::string error_;
  int number_ = 0;
  bool blank_ = false;
};

template <class T>
const T* for_variant(const std::map<std::string, T, std::less<>>& of_variants, std::string_view variant) {
  auto found = of_variants.find(variant);
  if (found == of_variants.end()) found = of_variants.find("");
  return found == of_variants.end() ? nullptr : &found->second;
}

/// A text that does not parse fails the tests; a learner still gets a title, and the reason.
Lesson read_lesson(std::string_view id, std::string_view language) {
  const std::string path = fmt::format("scenarios/{}/{}.md", id, language);
  std::string error;
  if (auto parsed = parse_lesson(find_resource(path).value_or(""), error)) return std::move(*parsed);
  Lesson broken;
  broken.title = id;
  broken.goal = path + ": " + error;
  return broken;
}

}  // namespace

const Prediction* Lesson::prediction(std::string_view variant) const {
  return for_variant(predictions, variant);
}
const std::string* Lesson::explanation(std::string_view variant) const {
  return for_variant(explanations, variant);
}

const std::string& Lesson::step_goal(std::string_view variant) const {
  const std::string* own = for_variant(step_goals, variant);
  return own ? *own : goal;
}

std::optional<Lesson> parse_lesson(std::string_view markdown, std::string& error) {
  return Parser().parse(markdown, error);
}

const Lesson& lesson(std::string_view scenario_id, std::string_view language) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, Lesson> kept;
  const std::lock_guard lock(mutex);
  const auto [found, inserted] = kept.try_emplace({std::string(scenario_id), std::string(language)});
  if (inserted) found->second = read_lesson(scenario_id, language);
  return found->second;
}

}  // namespace lockstep
