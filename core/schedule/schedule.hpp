// A schedule: what has to be known to see a run again, event by event. A value with a short text form:
//
//   LS1 ticket-lock/no-lock customers=3 tickets=1 : 0*4 1 1 2 2 1 2 .k3f9xq…#h7w2k9a
//
// LS and the version of the form, scenario/variant, params, seed=N unless it is 1; the choices (a worker's
// number, w behind it for "begins to wait by hand", *n for a row of them); a mark for each step after the
// dot, or none; a checksum (CRC-32) of all before it.
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
  /// Names consist of letters, digits, '-', '_' and '.'; no param is called "seed".
  std::string scenario;
  std::string variant;
  std::map<std::string, std::int64_t> params{};
  std::uint64_t seed = 1;  ///< of the lengths of random sleeps; no choice depends on it
  std::vector<Choice> choices{};
  /// marks[i]: five bits of the run's digest after step i; empty if not known. A replay whose marks differ
  /// has diverged there.
  std::vector<std::uint8_t> marks{};
  friend bool operator==(const Schedule&, const Schedule&) = default;
};

inline constexpr std::uint32_t kScheduleVersion = 1;
inline constexpr std::size_t kMaxScheduleSteps = std::size_t{1} << 17;  ///< kMaxSteps of a stepped run

/// The mark of a run whose digest (StepControl::digest) is this.
constexpr std::uint8_t mark_of(std::uint64_t digest) { return static_cast<std::uint8_t>(digest >> 59); }

/// One line, without a line break.
std::string to_text(const Schedule& schedule);

/// What is wrong with a text that should be a schedule.
struct ScheduleError {
  enum class Kind : std::uint8_t {
    empty,
    not_a_schedule,     ///< it does not begin like one
    other_version,      ///< number: which
    cut_off,            ///< the checksum at its end is missing or incomplete
    edited,             ///< the checksum does not fit
    unknown_character,  ///< word: the character; number: its place, from 1
    // The checksum fits, but whoever wrote it knew other limits:
    worker_too_large,  ///< word: the number
    too_many_steps,    ///< number: where it stops counting
    malformed,         ///< word: what cannot be read
  };
  Kind kind = Kind::empty;
  std::string word;
  std::uint64_t number = 0;
  friend bool operator==(const ScheduleError&, const ScheduleError&) = default;
};
/// One sentence that says what is wrong and what to do.
std::string in_english(const ScheduleError& error);
std::string in_chinese(const ScheduleError& error);

/// White space around it does not matter, nor does how lines are broken, nor quotation marks around it. Every
/// other change of a single character is noticed. Whether the scenario, the variant and the params exist is
/// checked by make_setup, not here.
std::variant<Schedule, ScheduleError> parse_schedule(std::string_view text);

/// What a schedule costs; the least is the easiest to understand.
struct ScheduleCost {
  std::uint32_t preemptions = 0;  ///< the last worker could have gone on, and another was let go
  std::uint32_t switches = 0;     ///< another worker went than the last
  std::uint32_t steps = 0;
  friend auto operator<=>(const ScheduleCost&, const ScheduleCost&) = default;
};

/// Counts what one more choice costs. Which of them preempt can only be told move by move.
inline void add_to(ScheduleCost& cost, const Situation& before, Choice choice) {
  const bool switches = before.last != kNoWorker && choice.worker != before.last;
  cost.preemptions += before.preempts(choice.worker) ? 1U : 0U;
  cost.switches += switches ? 1U : 0U;
  ++cost.steps;
}

}  // namespace lockstep
