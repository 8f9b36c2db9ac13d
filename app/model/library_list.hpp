// The rows of the library: chapters with their scenarios, as a search leaves them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/scenario/scenario.hpp"

namespace lockstep {

struct LibraryRow {
  const Scenario* scenario = nullptr;  ///< nullptr: the heading of `chapter`
  Chapter chapter = Chapter::threads;
  friend bool operator==(const LibraryRow&, const LibraryRow&) = default;
};

/// Scenarios whose title or id contains every word of `search`, whatever the case, in the order given; a
/// chapter without any has no heading.
std::vector<LibraryRow> library_rows(std::span<const Scenario* const> scenarios, std::string_view search,
                                     const std::function<std::string_view(const Scenario&)>& title);

/// The scenario `steps` rows further (back if negative), stopping at the ends; the first or last if `from` is
/// not there. nullptr if there is none.
const Scenario* neighbour(std::span<const LibraryRow> rows, const Scenario* from, int steps);

}  // namespace lockstep
