// lockstep run --mode step: the run one operation at a time, from a terminal or a pipe.
#pragma once

#include <optional>
#include <string>

#include "app/cli/language.hpp"
#include "core/schedule/policy.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep::cli {

struct StepOptions {
  std::optional<PolicySpec> policy;  ///< asks nothing and goes to the end
  std::optional<std::string> trace;  ///< the record of where the run stands at the end is saved there
  bool json = false;                 ///< prints nothing but the run as it stands at the end
};

/// Starts the run (its params get their step defaults) and asks for one command a line until "quit" or the
/// end of standard input. Returns the exit status: 1 if a failure was found by then.
int run_in_steps(const RunRequest& request, const StepOptions& options, Language language);

}  // namespace lockstep::cli
