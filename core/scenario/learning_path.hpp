// A way through the catalogue with an aim and a time: one lecture, one week of self-study. A path is a text
// in each language, assets/paths/<id>.<language>.md. The format:
//
//   # Title
//   A paragraph: for whom it is.
//
//   ## Title of a part     (an hour, a day)
//   A paragraph: its goal.
//
//   - scenario-id, 8 min, predict, break, prove: What to do, in one or two sentences.
//
// The tasks are of predict, break, explain and prove. A line that continues a paragraph or a step is joined
// to it. In Chinese ： serves as well as ": ".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.hpp"

namespace lockstep {

/// What a learner does with a scenario.
enum class Task : std::uint8_t {
  predict,     ///< says what a run will show, before it
  break_it,    ///< brings about a failure
  understand,  ///< reads the explanation
  prove        ///< has all schedules of a variant that is right covered
};
/// "predict", "break", "explain", "prove": the words in the text and in JSON.
std::string_view name_of(Task task) noexcept;

struct PathStep {
  std::string scenario;     ///< its id
  int minutes = 0;          ///< 1 … 60
  std::vector<Task> tasks;  ///< in their order
  std::string text;
};

struct PathPart {
  std::string title;
  std::string goal;
  std::vector<PathStep> steps;
  int minutes() const;
};

struct LearningPath {
  std::string id;
  std::string title;
  std::string intro;
  std::vector<PathPart> parts;
  int minutes() const;
  /// The steps of all parts, in their order. Good as long as the path.
  std::vector<const PathStep*> steps() const;
};

inline constexpr std::array<std::string_view, 2> kPaths{"lecture", "week"};
bool is_path(std::string_view id) noexcept;

/// Parses a path; a sentence in `error` says what is missing or malformed and in which line. Whether the
/// scenarios exist is not asked.
std::optional<LearningPath> parse_path(std::string_view markdown, std::string& error);
/// One of kPaths; language is "en" or "zh". Parsed once and kept. Empty for any other id.
const LearningPath& learning_path(std::string_view id, std::string_view language);

}  // namespace lockstep
