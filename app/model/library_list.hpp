// The rows of the library: chapters with their scenarios, as a search leaves them, or the steps of a path.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/model/library_search.hpp"
#include "app/model/progress.hpp"
#include "core/scenario/learning_path.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep {

enum class RowKind : std::uint8_t {
  chapter,   ///< the heading of `chapter`
  mentions,  ///< the heading of what only speaks of the words that were searched
  part,      ///< the heading of `part` of a path
  scenario
};

struct LibraryRow {
  RowKind kind = RowKind::scenario;
  const Scenario* scenario = nullptr;  ///< of a scenario's row
  Chapter chapter = Chapter::threads;
  const PathPart* part = nullptr;
  const PathStep* step = nullptr;  ///< of a scenario's row on a path
  friend bool operator==(const LibraryRow&, const LibraryRow&) = default;
};

/// Scenarios that a search is about, in the order given, a heading before each chapter; then, under a heading
/// of their own, those whose lessons mention it. What has no scenarios has no heading.
std::vector<LibraryRow> library_rows(std::span<const Scenario* const> scenarios,
                                     const std::function<Hit(const Scenario&)>& hit);

/// The parts of a path with their steps; good as long as the path. A step whose scenario this program does
/// not have is left out.
std::vector<LibraryRow> path_rows(const LearningPath& path);

/// The scenario `steps` rows further (back if negative), stopping at the ends; the first or last if `from` is
/// not there. nullptr if there is none.
const Scenario* neighbour(std::span<const LibraryRow> rows, const Scenario* from, int steps);

/// How much of something has been learned.
struct Count {
  int done = 0;   ///< nothing is left to do there: see next_station; of a path: all tasks
  int begun = 0;  ///< something was done, not all
  int all = 0;
  friend bool operator==(const Count&, const Count&) = default;
};
Count count_part(const PathPart& part, const ProgressBook& book);
Count count_chapter(std::span<const Scenario* const> scenarios, Chapter chapter, const ProgressBook& book);

}  // namespace lockstep
