#include "core/scenario/lesson.hpp"

#include <array>
#include <fmt/format.h>
#include <mutex>

#include "assets/resources.hpp"

namespace lockstep {
namespace {

std::string_view trim(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// Takes the prefix off; false if the line does not begin with it.
bool take(std::string_view& line, std::string_view prefix) {
  if (!line.starts_with(prefix)) return false;
  line = trim(line.substr(prefix.size()));
  return true;
}

/// "3. text" -> "text"
bool take_number(std::string_view& line) {
  const auto digits = line.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos || line[digits] != '.') return false;
  line = trim(line.substr(digits + 1));
  return true;
}

/// Chinese needs no space where lines are joined.
void append_text(std::string& text, std::string_view more) {
  const bool between_ascii = !text.empty() && (static_cast<unsigned char>(text.back()) < 0x80) &&
                             (static_cast<unsigned char>(more.front()) < 0x80);
  if (between_ascii && !text.ends_with("\n\n")) text += ' ';
  text += more;
}

/// Reads a lesson line by line; the section decides what a line means.
class Parser {
 public:
  std::optional<Lesson> parse(std::string_view markdown, std::string& error) {
    for (std::string_view line : split_lines(markdown)) {
      ++number_;
      read(trim(line));
      if (!error_.empty()) break;
    }
    if (error_.empty()) check_complete();
    error = error_;
    if (!error_.empty()) return std::nullopt;
    return std::move(lesson_);
  }

 private:
  enum class Section { none, goal, prediction, watch, explanation, hints, variants, params };

  void fail(std::string_view what) { error_ = fmt::format("line {}: {}", number_, what); }

  void read(std::string_view line) {
    if (take(line, "### ")) return begin_variant(line);
    if (take(line, "## ")) return begin_section(line);
    if (take(line, "# ")) {
      lesson_.title = line;
      return;
    }
    if (line.empty()) {
      blank_ = true;
      return;
    }
    read_content(line);
    blank_ = false;
  }

  void begin_section(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Section>, 7> kSections{
        {{"Goal", Section::goal},
         {"Prediction", Section::prediction},
         {"Watch", Section::watch},
         {"Explanation", Section::explanation},
         {"Hints", Section::hints},
         {"Variants", Section::variants},
         {"Params", Section::params}}};
    section_ = Section::none;
    variant_.clear();
    item_ = nullptr;
    for (const auto& [known, section] : kSections) {
      if (known == name) section_ = section;
    }
    if (section_ == Section::none) fail(fmt::format("unknown section \"{}\"", name));
  }

  void begin_variant(std::string_view name) {
    if (section_ != Section::prediction && section_ != Section::explanation) {
      return fail("a variant's heading belongs into Prediction or Explanation");
    }
    variant_ = name;
    item_ = nullptr;
  }

  void read_content(std::string_view line) {
    switch (section_) {
      case Section::none: return fail("text outside a section");
      case Section::goal: return append_paragraph(lesson_.goal, line);
      case Section::explanation: return append_paragraph(lesson_.explanations[variant_], line);
      case Section::prediction: return read_prediction(line);
      case Section::watch: return read_item(line, lesson_.watch, take(line, "- "));
      case Section::hints: return read_item(line, lesson_.hints, take_number(line));
      case Section::variants: return read_variant(line);
      case Section::params: return read_param(line);
    }
  }

  void append_paragraph(std::string& text, std::string_view line) {
    if (blank_ && !text.empty()) text += "\n\n";
    append_text(text, line);
  }

  /// A new item of a list, or more of the one before.
  void read_item(std::string_view line, std::vector<std::string>& list, bool begins) {
    if (begins) {
      list.emplace_back(line);
    } else if (list.empty()) {
      fail("a list is expected here");
    } else {
      append_text(list.back(), line);
    }
  }

  void read_prediction(std::string_view line) {
    Prediction& prediction = lesson_.predictions[variant_];
    const bool right = take(line, "- [x]");
    if (right || take(line, "- [ ]")) {
      if (right && has_right_[variant_]) return fail("two choices are marked as right");
      if (right) {
        prediction.right = prediction.choices.size();
        has_right_[variant_] = true;
      }
      prediction.choices.emplace_back(line);
    } else if (prediction.choices.empty()) {
      append_paragraph(prediction.question, line);
    } else {
      append_text(prediction.choices.back(), line);
    }
  }

  /// "- name: rest"; false with an error if it is not of that form.
  bool take_named(std::string_view line, std::string_view& name, std::string_view& rest) {
    const bool item = take(line, "- ");
    auto colon = line.find(':');
    std::size_t width = 1;
    if (const auto wide = line.find("："); wide < colon) {
      colon = wide;
      width = std::string_view("：").size();
    }
    if (!item || colon == std::string_view::npos) {
      fail("\"- name: text\" is expected here");
      return false;
    }
    name = trim(line.substr(0, colon));
    rest = trim(line.substr(colon + width));
    return true;
  }

  void read_variant(std::string_view line) {
    if (!line.starts_with("- ") && item_ != nullptr) return append_text(*item_, line);
    std::string_view name;
    std::string_view rest;
    if (!take_named(line, name, rest)) return;
    LessonVariant& variant = lesson_.variants[std::string(name)];
    std::size_t width = 1;
    auto stop = rest.find(". ");
    if (const auto wide = rest.find("。"); wide < stop) {
      stop = wide;
      width = std::string_view("。").size();
    }
    if (stop == std::string_view::npos) return fail("\"- variant: short name. One sentence.\" is expected here");
    variant.title = trim(rest.substr(0, stop));
    variant.sentence = trim(rest.substr(stop + width));
    item_ = &variant.sentence;
  }

  void read_param(std::string_view line) {
    std::string_view name;
    std::string_view rest;
    if (take_named(line, name, rest)) lesson_.params[std::string(name)] = rest;
  }

  void check_complete() {
    const auto need = [&](bool there, std::string_view what) {
      if (!there && error_.empty()) fail(fmt::format("{} is missing", what));
    };
    need(!lesson_.title.empty(), "the title");
    need(!lesson_.goal.empty(), "the goal");
    need(!lesson_.predictions.empty(), "the prediction");
    need(!lesson_.explanations.empty(), "the explanation");
    need(!lesson_.watch.empty(), "what to watch");
    need(!lesson_.hints.empty(), "a hint");
    for (const auto& [variant, prediction] : lesson_.predictions) {
      need(has_right_[variant], fmt::format("the right choice of the question \"{}\"", prediction.question));
      need(prediction.choices.size() >= 2, fmt::format("a second choice of the question \"{}\"", prediction.question));
    }
  }

  Lesson lesson_;
  Section section_ = Section::none;
  std::string variant_;
  std::string* item_ = nullptr;
  std::map<std::string, bool, std::less<>> has_right_;
  std::string error_;
  int number_ = 0;
  bool blank_ = false;
};

std::string resource_path(std::string_view id, std::string_view file) {
  return "scenarios/" + std::string(id) + "/" + std::string(file);
}

/// A marker of the form "  //@ label" or "  #@ label" at the end of a line.
struct MarkedLine {
  std::string_view text;
  std::string_view label;
};

MarkedLine split_marker(std::string_view line) {
  for (const std::string_view marker : {"//@", "#@"}) {
    const auto at = line.rfind(marker);
    if (at == std::string_view::npos) continue;
    std::string_view text = line.substr(0, at);
    const auto last = text.find_last_not_of(" \t");
    text = last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
    return {text, trim(line.substr(at + marker.size()))};
  }
  return {line, {}};
}

struct Source {
  std::vector<std::string_view> lines;
  std::vector<std::string_view> labels;
};

const Source& source(std::string_view id, std::string_view file) {
  static std::mutex mutex;
  static std::map<std::string, Source, std::less<>> kept;
  const std::lock_guard lock(mutex);
  const std::string path = resource_path(id, file);
  const auto [found, inserted] = kept.try_emplace(path);
  if (inserted) {
    for (const std::string_view line : split_lines(find_resource(path).value_or(""))) {
      const MarkedLine marked = split_marker(line);
      found->second.lines.push_back(marked.text);
      found->second.labels.push_back(marked.label);
    }
  }
  return found->second;
}

template <class T>
const T* for_variant(const std::map<std::string, T, std::less<>>& of_variants, std::string_view variant) {
  auto found = of_variants.find(variant);
  if (found == of_variants.end()) found = of_variants.find("");
  return found == of_variants.end() ? nullptr : &found->second;
}

}  // namespace

const Prediction* Lesson::prediction(std::string_view variant) const { return for_variant(predictions, variant); }
const std::string* Lesson::explanation(std::string_view variant) const { return for_variant(explanations, variant); }

std::optional<Lesson> parse_lesson(std::string_view markdown, std::string& error) {
  return Parser().parse(markdown, error);
}

const Lesson& lesson(std::string_view scenario_id, std::string_view language) {
  static std::mutex mutex;
  static std::map<std::string, Lesson, std::less<>> kept;
  const std::lock_guard lock(mutex);
  const std::string path = resource_path(scenario_id, std::string(language) + ".md");
  const auto [found, inserted] = kept.try_emplace(path);
  if (inserted) {
    std::string error;
    auto parsed = parse_lesson(find_resource(path).value_or(""), error);
    // A text that does not parse fails the tests; a learner still gets a title.
    if (parsed) {
      found->second = std::move(*parsed);
    } else {
      found->second.title = scenario_id;
      found->second.goal = error;
    }
  }
  return found->second;
}

const std::vector<std::string_view>& source_lines(std::string_view scenario_id, std::string_view file) {
  return source(scenario_id, file).lines;
}

std::optional<int> matching_line(std::string_view scenario_id, int cpp_line) {
  const Source& cpp = source(scenario_id, "scenario.cpp");
  const Source& python = source(scenario_id, "listing.py");
  if (cpp_line < 1 || static_cast<std::size_t>(cpp_line) > cpp.labels.size()) return std::nullopt;
  // Up to the label of the line itself, or of the nearest one above it in the same function (which a blank line ends).
  for (auto at = static_cast<std::size_t>(cpp_line); at-- > 0 && !cpp.lines[at].empty();) {
    if (cpp.labels[at].empty()) continue;
    for (std::size_t i = 0; i < python.labels.size(); ++i) {
      if (python.labels[i] == cpp.labels[at]) return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

}  // namespace lockstep
