// The library's search: which scenarios are about what was typed, whatever the language it was typed in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.hpp"

namespace lockstep {

enum class Hit : std::uint8_t {
  none,
  mentioned,  ///< only in the text of the lesson
  about       ///< in title, id or goal, or the program uses the primitive
};

/// Every word of `search` has to be found, whatever its case; a word of the glossary (glossary.hpp) stands
/// for all that mean the same. An English word is found at the beginning of a word of the text, a primitive
/// also by a part of its name ("lock" finds RLock). An empty search is about everything.
Hit search_hit(const Scenario& scenario, std::string_view search);

/// The classes that listing.py imports by name from Python's modules: "Lock", "Queue", "ThreadPoolExecutor" …
std::vector<std::string> primitives_of(std::string_view scenario_id);

}  // namespace lockstep
