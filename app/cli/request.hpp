// Which run is asked for: the options that run, screenshot and the window share, checked.
#pragma once

#include <optional>

#include "app/cli/arguments.hpp"
#include "core/schedule/policy.hpp"
#include "core/session/session.hpp"

namespace CLI {  // NOLINT: its name
class App;
}

namespace lockstep::cli {

/// --variant, --param, --speed.
void declare_run_options(CLI::App& app);
/// ID and the above.
void declare_request(CLI::App& app);

/// A request for which Session::start() has nothing to complain about. `command` is used in examples.
RunRequest request_from(const Arguments& arguments, std::string_view command, double default_speed,
                        ParamDefaults defaults = ParamDefaults::live);

/// --mode: live unless it says otherwise.
RunMode mode_from(const Arguments& arguments);
/// Fails if there is a --policy without --mode step. `command` is used in the example.
void require_step_for_policy(const Arguments& arguments, std::string_view command);
/// The same, then --policy; nothing, also for "manual": nobody goes on by itself.
std::optional<PolicySpec> policy_from(const Arguments& arguments, std::string_view command);

}  // namespace lockstep::cli
