// lockstep, lockstep ID: the window.
#include "app/shell/window.hpp"

#include <fmt/format.h>

#include <array>

#include "app/cli/commands.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/language.hpp"
#include "app/cli/request.hpp"
#include "app/cli/target.hpp"

namespace lockstep::cli {
namespace {

constexpr OptionSpec kTrace{"--trace", "FILE", "Show this saved trace instead of a run"};
constexpr OptionSpec kRun{"--run", "", "Start the run at once"};

void declare_options(CLI::App& app) {
  declare_request(app);
  for (const OptionSpec& spec : {kRun, kTrace, option::kLang})
    declare(app, spec);
}

/// The only word may be a scenario or a mistyped command.
void check_id(const std::string& id) {
  if (find_scenario(id) != nullptr) return;
  std::vector<std::string_view> names;
  for (const Command* command : commands())
    names.emplace_back(command->name);
  const std::string meant = did_you_mean(id, names);
  if (!meant.empty())
    fail_usage(fmt::format("{} is neither a command nor a scenario.{}", in_quotes(id), meant));
}

void require_id(const Arguments& arguments) {
  for (const OptionSpec& spec : {option::kVariant, option::kParam, option::kSpeed, kRun}) {
    if (arguments.has(spec)) {
      fail_usage(fmt::format("{} needs a scenario to apply to. Example: lockstep deadlock {}", spec.name,
                             spec.name == kRun.name ? "--run" : "--speed 4"));
    }
  }
}

int run(const Arguments& arguments) {
  WindowOptions options;
  if (arguments.has(option::kLang)) options.language = chosen_language(arguments);
  if (const auto id = arguments.text(option::kId)) {
    check_id(*id);
    RunRequest request = request_from(arguments, "", 1.0);
    if (arguments.has(option::kSpeed)) options.speed = request.speed;
    options.scenario = std::move(request.scenario);
    options.variant = std::move(request.variant);
    options.params = std::move(request.params);
    options.run = arguments.has(kRun);
  } else {
    require_id(arguments);
  }
  if (const auto trace = arguments.text(kTrace)) {
    if (!options.scenario.empty()) {
      fail_usage(
          "--trace shows a saved trace and a scenario starts a run; give one of them. "
          "Example: lockstep --trace deadlock.trace");
    }
    check_input(kTrace.name, *trace);
    options.trace_file = *trace;
  }
  return run_window(options);
}

}  // namespace

const Command kWindowCommand{"",
                             "Runs small concurrent programs on real threads and processes and shows what "
                             "happens.\nWithout a command it opens its window.",
                             "Examples:\n"
                             "  lockstep                 the window\n"
                             "  lockstep deadlock        the window with that scenario\n"
                             "  lockstep run deadlock    the same in the terminal",
                             &declare_options, &run};

}  // namespace lockstep::cli
