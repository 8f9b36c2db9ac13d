// lockstep explore: every schedule of a program, or as many as a budget allows.
#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/explore_report.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/interrupts.hpp"
#include "app/cli/request.hpp"
#include "app/cli/run_json.hpp"
#include "core/schedule/policy.hpp"
#include "core/session/confirm.hpp"

namespace lockstep::cli {
namespace {

constexpr double kDefaultLimit = 600;
constexpr double kLongestLimit = 86400;
constexpr std::uint64_t kMostSchedules = 1'000'000'000'000;
constexpr std::uint64_t kMostThreads = 64;

constexpr OptionSpec kFind{"--find", "", "Stop as soon as the least failing schedule is known",
                           "找到最小的失败调度就停止"};
constexpr OptionSpec kProve{"--prove", "",
                            "Cover every schedule; exit status 1 also if a budget ends it before",
                            "覆盖全部调度；限额先用完时退出状态也是 1"};
constexpr OptionSpec kSchedules{"--schedules", "NUMBER", "Stop after so many runs (default: no limit)",
                                "运行这么多次后停止（默认：不限）"};
constexpr OptionSpec kLimit{"--limit", "SECONDS", "Stop after that long on the wall clock (default 600)",
                            "实际时间过了这么多秒后停止（默认 600）"};
constexpr OptionSpec kSteps{"--steps", "NUMBER", "Cut runs that are longer (default 20000); no proof then",
                            "截断更长的运行（默认 20000）；这时不算证明"};
constexpr OptionSpec kThreads{"--threads", "NUMBER", "Cores to use (default: all)", "用几个核（默认：全部）"};
constexpr OptionSpec kSeed{"--seed", "NUMBER", "Seed of the random phases (default 1)",
                           "随机阶段的种子（默认 1）"};

void declare_options(CLI::App& app) {
  for (const OptionSpec& spec : {option::kId, option::kVariant, option::kParam, kFind, kProve, kSchedules,
                                 kLimit, kSteps, kThreads, kSeed, option::kJson, option::kLang})
    declare(app, spec);
}

ExploreOptions options_from(const Arguments& arguments) {
  ExploreOptions options;
  if (arguments.has(kFind) && arguments.has(kProve)) fail_usage(Text::bad_find_and_prove);
  if (arguments.has(kFind)) options.goal = ExploreGoal::find;
  if (arguments.has(kProve)) options.goal = ExploreGoal::prove;
  options.max_schedules =
      arguments.whole(kSchedules, 1, kMostSchedules, "--schedules 100000").value_or(options.max_schedules);
  options.max_seconds = arguments.real(kLimit, 0.1, kLongestLimit, "--limit 60").value_or(kDefaultLimit);
  options.max_steps = static_cast<std::uint32_t>(
      arguments.whole(kSteps, 1, kMaxScheduleSteps, "--steps 1000").value_or(options.max_steps));
  options.threads = static_cast<unsigned>(
      arguments.whole(kThreads, 1, kMostThreads, "--threads 2").value_or(options.threads));
  options.seed = arguments.whole(kSeed, 1, kLargestSeed, "--seed 7").value_or(options.seed);
  return options;
}

ExploreRequest request_from(const Arguments& arguments) {
  RunRequest checked = cli::request_from(arguments, "explore", 1.0, ParamDefaults::step);
  return {std::move(checked.scenario), std::move(checked.variant), std::move(checked.params),
          options_from(arguments)};
}

int status_of(const Explored& explored) {
  if (explored.signal != 0) return 128 + explored.signal;
  if (fails(explored.report)) return kFinding;
  const bool proven = explored.report.end == ExploreEnd::exhausted && !explored.report.bound_hit;
  return explored.request.options.goal == ExploreGoal::prove && !proven ? kFinding : kOk;
}

int run(const Arguments& arguments) {
  const Language language = chosen_language(arguments);
  const ExploreRequest request = request_from(arguments);
  const Interrupts interrupts;
  Explored explored = explore_and_wait(request, language);
  const bool broke = explored.report.end == ExploreEnd::failed;
  if (broke && !fails(explored.report)) fail_sandbox(explored.report.reason);

  const auto failure = replay_of(explored.report);
  // Nobody waited for that when it was cancelled.
  if (failure && !explored.report.least->confirmed)
    explored.report.least->confirmed = shows(*failure, *explored.report.least);
  Output out;
  if (arguments.has(option::kJson)) {
    out.write(to_text(explore_json(explored, failure.get(), language)));
  } else {
    tell_exploration(explored, failure.get(), out, language);
  }
  return out.error() != 0 && explored.signal == 0 ? status_of_failed_output(out) : status_of(explored);
}

}  // namespace

const Command kExploreCommand{"explore", Text::help_explore, Text::footer_explore, &declare_options, &run};

}  // namespace lockstep::cli
