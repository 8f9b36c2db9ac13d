// A schedule: what has to be known to see a run again, event by event. A value with a short text form:
//
//   ticket-lock/no-lock customers=3 tickets=1 : 0*4 1 1 2 2 1 2 .k3f9xq…#h7w2
//
// scenario/variant, params, an optional seed=N, the choices (a worker's number, *n for a row of them, w
// behind it for "begins to wait by hand"), a mark for each step after the dot and a checksum of the whole
// text.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/schedule/situation.hpp"

namespace lockstep {

struct Schedule {
  std::string scenario;
  std::string variant;
  std::map<std::string, std::int64_t> params;
  std::uint64_t seed = 1;  ///< of the lengths of random sleeps; no choice depends on it
  std::vector<Choice> choices;
  /// marks[i]: five bits of the run's digest after step i; empty if not known. A replay whose marks differ
  /// has diverged there.
  std::vector<std::uint8_t> marks;
  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// The mark of a run whose digest (StepControl::digest) is this.
constexpr std::uint8_t mark_of(std::uint64_t digest) { return static_cast<std::uint8_t>(digest >> 59); }

/// One line, without a line break.
std::string to_text(const Schedule& schedule);

/// The schedule, or one sentence that says what is wrong with the text: cut off, edited, of another version,
/// no schedule at all. White space around it and line breaks within do not matter. Whether the scenario, the
/// variant and the params exist is checked by make_setup, not here.
std::variant<Schedule, std::string> parse_schedule(std::string_view text);

/// Number of context switches that were not forced: the last worker could have gone on. Situations are needed
/// to know that, so this counts over a run that was recorded move by move.
struct ScheduleCost {
  std::uint32_t preemptions = 0;
  std::uint32_t switches = 0;
  std::uint32_t steps = 0;
  friend auto operator<=>(const ScheduleCost&, const ScheduleCost&) = default;
};

}  // namespace lockstep
