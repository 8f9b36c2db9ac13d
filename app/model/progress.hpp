// How far the learner has come with each scenario: plain values, the rules for what counts, and their JSON.
// Where the file lies and how it is written is app/shell/progress_file.hpp. Nothing here is ever taken back:
// there is no way to lose a mark.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/scenario/scenario.hpp"

namespace lockstep {

struct ScenarioProgress {
  bool tried = false;       ///< a run went to its end
  bool broken = false;      ///< a failure was reached: live, by hand or by Find a bug
  bool understood = false;  ///< predicted a variant and then read its explanation
  bool proven = false;      ///< a proof that a fixed variant has no failing schedule was completed
  int hints = 0;            ///< hints shown so far
  std::map<std::string, int> predictions;  ///< variant → index of the choice made before the run
  friend bool operator==(const ScenarioProgress&, const ScenarioProgress&) = default;
};

/// By scenario id. Scenarios that this program does not have stay in it.
using ProgressBook = std::map<std::string, ScenarioProgress, std::less<>>;

/// The stations of a scenario, in their order; `none` is before the first.
enum class Station : std::uint8_t { none, tried, predicted, broken, understood, proven };

/// The last station that was reached.
Station furthest(const ScenarioProgress& progress) noexcept;
/// The first station to go for now; `none` if nothing is left. A scenario that cannot fail is not to be
/// broken, one without a variant that is right cannot be proven.
Station next_station(const ScenarioProgress& progress, const Scenario& scenario) noexcept;

/// The first prediction for a variant counts; later ones change nothing.
void note_prediction(ScenarioProgress& progress, std::string_view variant, int choice);
/// The explanation was in sight. It counts only after a prediction for that variant.
void note_explanation(ScenarioProgress& progress, std::string_view variant);
/// A run of the scenario failed, whoever chose the schedule.
void note_failure(ScenarioProgress& progress) noexcept;
/// All schedules of `variant` were covered and none fails. It counts for a variant that is right by its
/// declaration: that one with a bug does not fail with some numbers proves no fix.
void note_proof(ScenarioProgress& progress, const Variant& variant) noexcept;

/// Takes over what `other` has and `book` has not. Where both predicted, `book` is right.
void merge(ProgressBook& book, const ProgressBook& other);

std::string to_json(const ProgressBook& book);

struct ReadProgress {
  ProgressBook book;     ///< all that could be read
  bool damaged = false;  ///< something could not: the text is worth keeping aside
};
/// Never throws. Unknown members are ignored, missing ones get their defaults.
ReadProgress progress_from_json(std::string_view text);

}  // namespace lockstep
