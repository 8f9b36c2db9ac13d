// The text of a scenario in one language, parsed from its en.md or zh.md. The format:
//
//   # Title
//   ## Goal            one short paragraph
//   ## Steps           the goal in step mode, with the keys to press; short. "### variant-name" as below. May
//                      be left out.
//   ## Prediction      a question; then a list: "- [ ] choice", the right one "- [x] choice". A heading
//                      "### variant-name" starts the question of one variant; what stands before is for
//                      all others.
//   ## Watch           a list: what to look at while it runs
//   ## Explanation     paragraphs, shown after the prediction. "### variant-name" as above.
//   ## Hints           a numbered list, shown one at a time
//   ## Variants        a list: "- variant-name: short name. One sentence."
//   ## Params          a list: "- param-name: short name"
//
// Texts are plain: no emphasis, no code marks. A line that continues a paragraph or an item is joined to it.
// In Chinese, ： and 。 serve as well as ": " and ". ".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

struct Prediction {
  std::string question;
  std::vector<std::string> choices;
  std::size_t right = 0;  ///< index of the right choice
};

struct LessonVariant {
  std::string title;     ///< "no lock"
  std::string sentence;  ///< what is different
};

struct Lesson {
  std::string title;
  std::string goal;
  std::vector<std::string> watch;
  std::vector<std::string> hints;
  std::map<std::string, LessonVariant, std::less<>> variants;
  std::map<std::string, std::string, std::less<>> params;
  std::map<std::string, Prediction, std::less<>> predictions;  ///< "" = for all variants without their own
  /// Paragraphs separated by a blank line; "" as above, and it begins that of each variant.
  std::map<std::string, std::string, std::less<>> explanations;
  std::map<std::string, std::string, std::less<>> step_goals;  ///< "" as above

  const Prediction* prediction(std::string_view variant) const;
  const std::string* explanation(std::string_view variant) const;
  /// What to do in step mode; the goal if the lesson says nothing of it.
  const std::string& step_goal(std::string_view variant) const;
};

/// Parses a lesson; a sentence in `error` says what is missing or malformed and in which line.
std::optional<Lesson> parse_lesson(std::string_view markdown, std::string& error);
/// The lesson of a scenario: language is "en" or "zh". Parsed once and kept.
const Lesson& lesson(std::string_view scenario_id, std::string_view language);
/// "scenario.cpp" or "listing.py" of a scenario, as lines without their ends. A label at the end of a line,
/// "//@ put" or "#@ put", is stripped too: it says which lines of the two correspond. Both files have the
/// same labels in the same order, each once.
const std::vector<std::string_view>& source_lines(std::string_view scenario_id, std::string_view file);
/// The line of listing.py (from 1) that corresponds to a line of scenario.cpp: the one with the same label,
/// or with that of the nearest labelled line above it in the same function.
std::optional<int> matching_line(std::string_view scenario_id, int cpp_line);

}  // namespace lockstep
