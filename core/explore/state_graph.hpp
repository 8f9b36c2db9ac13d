// The graph of all states of a program: what can still come of each of them, exactly.
//
// States are told apart by their digests (see digest_of_state): a run comes to the same state along many
// schedules, so the graph is far smaller than the number of schedules. Every step makes its worker's history
// longer, so no state comes twice in one run: the graph has no cycles, and a program whose runs have no bound
// (a worker that polls for ever) has no finite graph. What follows after a check has broken, an error or a
// death is not looked at: that run has failed.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/explore/program.hpp"
#include "core/explore/report.hpp"

namespace lockstep {

/// One OS thread uses an object.
class StateGraph {
 public:
  /// `seed` only draws the lengths of random sleeps.
  explicit StateGraph(Program program, std::uint64_t seed = 1);
  ~StateGraph();
  StateGraph(const StateGraph&) = delete;
  StateGraph& operator=(const StateGraph&) = delete;

  /// Runs the program until all states are known. Blocks; `go_on` is asked about every millisecond, and false
  /// cancels. False if it was cancelled or a limit was reached (0 = none), or if a run hits a limit of the
  /// sandbox: nothing is known then. Called once.
  bool build(std::uint64_t max_states, double max_seconds, const std::function<bool()>& go_on = {});
  /// True after build() has said true.
  bool known() const;

  /// So far, while build() goes on.
  std::uint64_t states() const;
  std::uint64_t executions() const;
  /// Chance that a scheduler that picks each worker that can go with equal chance ends in a failure; exact
  /// but for rounding.
  std::optional<double> failing_share() const;
  /// What can come of each move after these choices, which may be choices by hand. Not known if the graph is
  /// not, or if one of the choices is not possible at its place. Runs the program up to there: takes about a
  /// microsecond a step.
  LookAhead look_ahead(const std::vector<Choice>& prefix);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lockstep
