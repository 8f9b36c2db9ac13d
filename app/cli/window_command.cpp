// lockstep, lockstep ID: the window.
#include "app/shell/window.hpp"

#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/language.hpp"
#include "app/cli/request.hpp"
#include "app/cli/target.hpp"

namespace lockstep::cli {
namespace {

constexpr OptionSpec kTrace{"--trace", "FILE", "Show this saved trace instead of a run",
                            "不运行，而是显示这个已保存的轨迹"};
constexpr OptionSpec kRun{"--run", "", "Start the run at once", "立即开始运行"};
constexpr OptionSpec kPolicy{
    option::kPolicy.name, option::kPolicy.value,
    "With --mode step: by what it runs on: first, random:SEED, pct:DEPTH, pos or bounded:PREEMPTIONS",
    "配合 --mode step：自动走时按什么选人：first、random:种子、pct:深度、pos 或 bounded:抢占次数"};

void declare_options(CLI::App& app) {
  declare_request(app);
  for (const OptionSpec& spec : {option::kMode, kPolicy, option::kSeed, kRun, kTrace, option::kLang})
    declare(app, spec);
}

/// The only word may be a scenario or a mistyped command.
void check_id(const std::string& id) {
  if (find_scenario(id) != nullptr) return;
  std::vector<std::string_view> names;
  for (const Command* command : commands())
    names.emplace_back(command->name);
  const std::string meant = did_you_mean(id, names);
  if (!meant.empty()) fail_usage(Text::bad_id, in_quotes(id), meant);
}

void require_id(const Arguments& arguments) {
  for (const OptionSpec& spec :
       {option::kVariant, option::kParam, option::kSpeed, option::kMode, kPolicy, option::kSeed, kRun}) {
    if (!arguments.has(spec)) continue;
    const bool run = spec.name == kRun.name;
    fail_usage(Text::bad_needs_id, spec.name,
               run ? "lockstep deadlock --run" : "lockstep deadlock --speed 4");
  }
}

int run(const Arguments& arguments) {
  WindowOptions options;
  if (arguments.has(option::kLang)) options.language = chosen_language(arguments);
  if (const auto id = arguments.text(option::kId)) {
    check_id(*id);
    options.mode = mode_from(arguments);
    options.policy = policy_from(arguments, "deadlock");
    options.seed = arguments.seed();
    RunRequest request = request_from(
        arguments, "", 1.0, options.mode == RunMode::step ? ParamDefaults::step : ParamDefaults::live);
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
      fail_usage(Text::bad_trace_and_id);
    }
    check_input(kTrace.name, *trace);
    options.trace_file = *trace;
  }
  return run_window(options);
}

}  // namespace

const Command kWindowCommand{"", Text::help_window, Text::footer_window, &declare_options, &run};

}  // namespace lockstep::cli
