// What a run amounts to, for both kinds of output.
#pragma once

#include <string>
#include <vector>

#include "app/cli/language.hpp"
#include "core/analysis/finding.hpp"
#include "core/schedule/situation.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep::cli {

inline double seconds(RunTime time) { return static_cast<double>(time) / 1e9; }
/// The step of a stepped run that an event belongs to, from 1.
inline std::int64_t step_of(RunTime time) { return time / kStepTime + 1; }

struct CheckResult {
  std::string name;
  bool ok = true;  ///< false if it did not hold at least once
};
/// The checks that were made, in the order in which they came up.
std::vector<CheckResult> check_results(const TraceStore& store);

/// Where and why a replay that diverged did so.
std::string words_of_divergence(const SteppedRun& replay, Language language);

/// When the finding became certain.
RunTime time_of(const Finding& finding, const TraceStore& store);

/// Lines of the scenario's own source that the finding's events stand in, in the order of the story, each
/// once.
std::vector<int> lines_of(const Finding& finding, const TraceStore& store);

}  // namespace lockstep::cli
