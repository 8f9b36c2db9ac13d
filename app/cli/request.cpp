#include "app/cli/request.hpp"

#include <fmt/format.h>

#include "app/cli/failure.hpp"

namespace lockstep::cli {
namespace {

/// "name=number" into its parts; the number is checked by make_setup().
void add_param(std::map<std::string, std::string>& params, const std::string& typed) {
  const std::size_t equals = typed.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == typed.size()) {
    fail_usage(Text::bad_param, in_quotes(typed));
  }
  const std::string name = typed.substr(0, equals);
  if (!params.emplace(name, typed.substr(equals + 1)).second) {
    fail_usage(Text::bad_param_twice, in_quotes(name));
  }
}

}  // namespace

void declare_run_options(CLI::App& app) {
  for (const OptionSpec& spec : {option::kVariant, option::kParam, option::kSpeed})
    declare(app, spec);
}

void declare_request(CLI::App& app) {
  declare(app, option::kId);
  declare_run_options(app);
}

RunRequest request_from(const Arguments& arguments, std::string_view command, double default_speed,
                        ParamDefaults defaults) {
  RunRequest request;
  request.defaults = defaults;
  request.scenario = arguments.required(option::kId, fmt::format("lockstep {} deadlock", command));
  request.variant = arguments.text(option::kVariant).value_or("");
  for (const std::string& typed : arguments.all(option::kParam))
    add_param(request.params, typed);
  request.speed = arguments.real(option::kSpeed, kMinSpeed, kMaxSpeed, "--speed 4").value_or(default_speed);

  const Scenario* scenario = find_scenario(request.scenario);
  if (scenario == nullptr) fail_usage(unknown_scenario_message(request.scenario));
  const auto setup = make_setup(*scenario, request.variant, request.params, request.defaults);
  if (const auto* sentence = std::get_if<std::string>(&setup)) fail_usage(*sentence);
  return request;
}

RunMode mode_from(const Arguments& arguments) {
  return arguments.alternative(option::kMode).value_or(0) == 1 ? RunMode::step : RunMode::live;
}

void require_step_for_policy(const Arguments& arguments, std::string_view command) {
  if (arguments.has(option::kPolicy) && mode_from(arguments) == RunMode::live)
    fail_usage(Text::bad_policy_alone, command);
}

std::optional<PolicySpec> policy_from(const Arguments& arguments, std::string_view command) {
  require_step_for_policy(arguments, command);
  const auto typed = arguments.text(option::kPolicy);
  if (!typed) return std::nullopt;
  const auto parsed = parse_policy(*typed);
  if (const auto* sentence = std::get_if<std::string>(&parsed)) fail_usage(*sentence);
  const auto& policy = std::get<PolicySpec>(parsed);
  return policy.kind == PolicyKind::manual ? std::nullopt : std::optional(policy);
}

}  // namespace lockstep::cli
