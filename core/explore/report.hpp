// What an exploration came to: values only, for the command line, the window and the tests alike.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "core/scenario/scenario.hpp"
#include "core/schedule/schedule.hpp"

namespace lockstep {

inline constexpr std::size_t kOutcomeCount = 8;

/// What the explorer is doing; a portfolio goes through them in this order.
enum class ExplorePhase : std::uint8_t { random, pos, bounded, exhaustive, shrinking, confirming, done };
inline constexpr std::size_t kExplorePhaseCount = 7;
/// "random", "pos", "bounded", "exhaustive", "shrinking", "confirming", "done"
std::string_view name_of(ExplorePhase phase) noexcept;

enum class ExploreGoal : std::uint8_t {
  portfolio,  ///< finds fast, then proves: the default
  find,       ///< stops when the least failing schedule is known
  prove,      ///< exhausts
};

/// How an exploration ended.
enum class ExploreEnd : std::uint8_t {
  exhausted,  ///< every schedule was covered
  found,      ///< ExploreGoal::find: a failure was found and shrunk
  schedules,  ///< the budget of schedules was used up
  seconds,    ///< the budget of time was used up
  cancelled,
  failed,  ///< the explorer itself failed; see ExploreReport::reason
};
std::string_view name_of(ExploreEnd end) noexcept;

struct ExploreOptions {
  ExploreGoal goal = ExploreGoal::portfolio;
  std::uint64_t max_schedules = 0;   ///< 0 = no limit
  double max_seconds = 0;            ///< 0 = no limit
  std::uint32_t max_steps = 20'000;  ///< of one schedule: a longer one is reported as hitting the bound
  unsigned threads = 0;              ///< 0 = as many as there are cores
  std::uint64_t seed = 1;
};

struct ExploreProgress {
  ExplorePhase phase = ExplorePhase::random;
  std::uint32_t bound = 0;  ///< bounded: preemptions
  std::uint64_t schedules = 0;
  std::uint64_t states = 0;   ///< distinct states that the bounded phase has seen, with who moved last
  std::uint64_t failing = 0;  ///< schedules
  double fraction = 0;        ///< estimate of how much of the exhaustive phase is done, 0 … 1
  double seconds = 0;
};

/// A failing schedule of least cost.
struct LeastFailure {
  Schedule schedule;
  ScheduleCost cost;
  Outcome outcome = Outcome::ok;
  bool is_least = false;   ///< proven; false: the search for a lesser one was cut short
  bool confirmed = false;  ///< replayed on real threads and processes with the same events
};

struct ExploreReport {
  ExploreEnd end = ExploreEnd::cancelled;
  std::uint64_t schedules = 0;  ///< executions run by the exhaustive search: one for each class of equal ones
  std::uint64_t sampled = 0;    ///< executions of the random phases
  std::uint64_t states = 0;   ///< distinct states, if failing_share is known; else those of the bounded phase
  std::uint64_t failing = 0;  ///< of `schedules`
  std::array<std::uint64_t, kOutcomeCount> by_outcome{};  ///< of `schedules`
  /// Chance that a scheduler that picks each worker with equal chance fails; exact. Nothing if the graph of
  /// all states was too large.
  std::optional<double> failing_share;
  /// Some schedule was longer than max_steps, or a worker polled for so long that it was interrupted: no
  /// proof.
  bool bound_hit = false;
  std::optional<LeastFailure> least;
  double seconds = 0;
  std::string reason;  ///< one sentence, only for ExploreEnd::failed
};

/// What is known of an exploration that ends without a report of its own.
ExploreReport report_of(const ExploreProgress& progress, ExploreEnd end, std::string reason = {});
/// The sentence for a thread that the system refuses, to the explorer or to its owner.
std::string no_thread(const std::system_error& refused);

/// What can come of one worker's move.
struct Reach {
  WorkerId worker = kNoWorker;
  bool can_fail = false;   ///< a failure can still be reached when it goes
  bool must_fail = false;  ///< every way fails then
  /// can_fail: length of the shortest way to where it fails (a check breaks, an error or death ends a worker,
  /// nobody can move any more), this move included. 0: it has failed already.
  std::uint32_t steps = 0;
  Outcome outcome = Outcome::ok;  ///< what fails there
};

/// The look-ahead from one position: an entry for each move. Empty if the states are too many to know.
struct LookAhead {
  std::vector<Choice> prefix;  ///< the position that it is of
  bool known = false;
  std::vector<Reach> reaches;
  double failing_share = 0;  ///< chance that going on at random fails
};

}  // namespace lockstep
