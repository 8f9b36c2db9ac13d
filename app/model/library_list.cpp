#include "app/model/library_list.hpp"

#include <algorithm>

#include "app/model/next_lesson.hpp"

namespace lockstep {

std::vector<LibraryRow> library_rows(std::span<const Scenario* const> scenarios,
                                     const std::function<Hit(const Scenario&)>& hit) {
  std::vector<LibraryRow> rows;
  std::vector<LibraryRow> mentions;
  const Scenario* last = nullptr;
  for (const Scenario* scenario : scenarios) {
    const Hit how = hit(*scenario);
    const LibraryRow row{.kind = RowKind::scenario, .scenario = scenario, .chapter = scenario->chapter};
    if (how == Hit::mentioned) mentions.push_back(row);
    if (how != Hit::about) continue;
    if (last == nullptr || last->chapter != scenario->chapter) {
      rows.push_back({.kind = RowKind::chapter, .chapter = scenario->chapter});
    }
    rows.push_back(row);
    last = scenario;
  }
  if (!mentions.empty()) rows.push_back({.kind = RowKind::mentions});
  rows.insert(rows.end(), mentions.begin(), mentions.end());
  return rows;
}

std::vector<LibraryRow> path_rows(const LearningPath& path) {
  std::vector<LibraryRow> rows;
  for (const PathPart& part : path.parts) {
    rows.push_back({.kind = RowKind::part, .part = &part});
    for (const PathStep& step : part.steps) {
      if (const Scenario* scenario = find_scenario(step.scenario))
        rows.push_back({.kind = RowKind::scenario, .scenario = scenario, .part = &part, .step = &step});
    }
  }
  return rows;
}

const Scenario* neighbour(std::span<const LibraryRow> rows, const Scenario* from, int steps) {
  std::vector<const Scenario*> found;
  for (const LibraryRow& row : rows) {
    if (row.scenario != nullptr) found.push_back(row.scenario);
  }
  if (found.empty()) return nullptr;
  const auto here = std::ranges::find(found, from);
  if (here == found.end()) return steps >= 0 ? found.front() : found.back();
  const auto place = std::clamp<std::ptrdiff_t>(here - found.begin() + steps, 0, std::ssize(found) - 1);
  return found[static_cast<std::size_t>(place)];
}

Count count_part(const PathPart& part, const ProgressBook& book) {
  Count count;
  for (const PathStep& step : part.steps) {
    ++count.all;
    const auto it = book.find(step.scenario);
    if (it == book.end()) continue;
    if (is_done(step, book))
      ++count.done;
    else if (furthest(it->second) != Station::none)
      ++count.begun;
  }
  return count;
}

Count count_chapter(std::span<const Scenario* const> scenarios, Chapter chapter, const ProgressBook& book) {
  Count count;
  for (const Scenario* scenario : scenarios) {
    if (scenario->chapter != chapter) continue;
    ++count.all;
    const auto it = book.find(scenario->id);
    if (it == book.end()) continue;
    if (next_station(it->second, *scenario) == Station::none)
      ++count.done;
    else if (furthest(it->second) != Station::none)
      ++count.begun;
  }
  return count;
}

}  // namespace lockstep
