// lockstep run: one run, or the same again and again.
#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/follow.hpp"
#include "app/cli/interrupts.hpp"
#include "app/cli/repeat.hpp"
#include "app/cli/request.hpp"
#include "app/cli/run_json.hpp"
#include "app/cli/run_report.hpp"
#include "app/cli/step_prompt.hpp"
#include "app/cli/target.hpp"
#include "core/trace/file.hpp"

namespace lockstep::cli {
namespace {

constexpr double kDefaultLimit = 600;
constexpr double kLongestLimit = 86400;
constexpr std::uint64_t kMostRuns = 100'000;

constexpr OptionSpec kTrace{"--trace", "FILE", "Save the trace of the run there", "把运行的轨迹存到这里"};
constexpr OptionSpec kLimit{"--limit", "SECONDS",
                            "End a run that takes longer than that on the wall clock (default 600)",
                            "实际时间超过这么多秒就结束运行（默认 600）"};
constexpr OptionSpec kRepeat{"--repeat", "TIMES", "Run it so often and count how the runs end",
                             "运行这么多次，统计各次的结局"};
void declare_options(CLI::App& app) {
  declare_request(app);
  for (const OptionSpec& spec :
       {option::kMode, option::kPolicy, option::kSeed, kLimit, kRepeat, kTrace, option::kJson, option::kLang})
    declare(app, spec);
}

int run_by_hand(const Arguments& arguments, Language language) {
  for (const OptionSpec& spec : {kLimit, kRepeat, option::kSpeed}) {
    if (arguments.has(spec)) {
      fail_usage(Text::bad_with_step, spec.name);
    }
  }
  StepOptions options;
  options.policy = policy_from(arguments, "run deadlock");
  RunRequest request = request_from(arguments, "run", 1.0, ParamDefaults::step);
  request.seed = arguments.seed();
  options.trace = arguments.text(kTrace);
  if (options.trace) check_target(kTrace.name, *options.trace);
  options.json = arguments.has(option::kJson);
  return run_in_steps(request, options, language);
}

void save(const Session& session, const std::string& path) {
  if (const auto error = save_trace(session.store(), path)) fail_sandbox(error->message);
}

int run_for_a_machine(Session& session, double limit, Language language, Output& out, Ending& ending) {
  ending = follow(session, limit, [] { return true; });
  out.write(to_text(run_json(view_of(session), ending, language)));
  return status_of(ending, session.diagnosis());
}

int run_for_a_person(Session& session, double limit, Language language, Output& out, Ending& ending) {
  RunReport report(view_of(session), out, language);
  report.header();
  ending = follow(session, limit, [&] { return report.progress(); });
  report.verdict(ending);
  return status_of(ending, session.diagnosis());
}

int run_once(const Arguments& arguments, const RunRequest& request, double limit, Language language) {
  const auto trace = arguments.text(kTrace);
  if (trace) check_target(kTrace.name, *trace);
  const bool json = arguments.has(option::kJson);

  Output out;
  Ending ending;
  const auto session = start(request);
  const int status = json ? run_for_a_machine(*session, limit, language, out, ending)
                          : run_for_a_person(*session, limit, language, out, ending);
  if (trace) {
    save(*session, *trace);
    if (!json)
      out.write("  " + fmt::format(fmt::runtime(text_of(Text::trace_saved, language)), *trace) + '\n');
  }
  if (ending.end.sandbox_failed) fail_sandbox(ending.end.reason);
  return out.error() != 0 && ending.signal == 0 ? status_of_failed_output(out) : status;
}

int run(const Arguments& arguments) {
  const Language language = chosen_language(arguments);
  if (mode_from(arguments) == RunMode::step) return run_by_hand(arguments, language);
  require_step_for_policy(arguments, "run deadlock");
  const double limit = arguments.real(kLimit, 0.1, kLongestLimit, "--limit 60").value_or(kDefaultLimit);
  const auto times = arguments.whole(kRepeat, 1, kMostRuns, "--repeat 100");
  RunRequest request = request_from(arguments, "run", 1.0);
  request.seed = arguments.seed();

  const Interrupts interrupts;
  if (!times) return run_once(arguments, request, limit, language);
  if (arguments.has(kTrace)) fail_usage(Text::bad_trace_repeat);
  return repeat(request, *times, limit, arguments.has(option::kJson), language);
}

}  // namespace

const Command kRunCommand{"run", Text::help_run, Text::footer_run, &declare_options, &run};

}  // namespace lockstep::cli
