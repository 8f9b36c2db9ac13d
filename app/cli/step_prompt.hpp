// lockstep run --mode step: the run one operation at a time, from a terminal or a pipe.
#pragma once

#include <optional>
#include <string>

#include "app/cli/language.hpp"
#include "core/schedule/policy.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep::cli {

/// Starts the run (its params get their step defaults) and asks for one command a line until "quit" or the
/// end of standard input; with a policy it asks nothing and goes to the end. `trace`: the record of where it
/// stands then is saved there. Returns the exit status: 1 if a failure was found by then.
int run_in_steps(const RunRequest& request, const std::optional<PolicySpec>& policy,
                 const std::optional<std::string>& trace, Language language);

}  // namespace lockstep::cli
