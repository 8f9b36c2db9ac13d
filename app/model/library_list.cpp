#include "app/model/library_list.hpp"

#include <algorithm>

#include "app/model/event_list.hpp"

namespace lockstep {
namespace {

bool matches(const Scenario& scenario, std::string_view title, std::string_view search) {
  while (!search.empty()) {
    const std::size_t end = std::min(search.find(' '), search.size());
    const std::string_view word = search.substr(0, end);
    if (!contains_ignoring_case(title, word) && !contains_ignoring_case(scenario.id, word)) return false;
    search.remove_prefix(std::min(end + 1, search.size()));
  }
  return true;
}

}  // namespace

std::vector<LibraryRow> library_rows(std::span<const Scenario* const> scenarios, std::string_view search,
                                     const std::function<std::string_view(const Scenario&)>& title) {
  std::vector<LibraryRow> rows;
  const Scenario* last = nullptr;
  for (const Scenario* scenario : scenarios) {
    if (!matches(*scenario, title(*scenario), search)) continue;
    if (last == nullptr || last->chapter != scenario->chapter) rows.push_back({nullptr, scenario->chapter});
    rows.push_back({scenario, scenario->chapter});
    last = scenario;
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

}  // namespace lockstep
