// lockstep replay: a schedule carried out once more on real threads and processes.
#include "app/cli/commands.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/follow.hpp"
#include "app/cli/run_facts.hpp"
#include "app/cli/run_json.hpp"
#include "app/cli/run_report.hpp"
#include "app/cli/schedule_input.hpp"
#include "app/cli/target.hpp"
#include "core/trace/file.hpp"

namespace lockstep::cli {
namespace {

constexpr OptionSpec kSchedule{"SCHEDULE", "FILE...",
                               "A schedule (LS1 …), a file that holds one, or - for standard input",
                               "一个调度（LS1 …）、装有调度的文件，或者 -（标准输入）"};
constexpr OptionSpec kTrace{"--trace", "FILE", "Save the trace of the replay there", "把重放的轨迹存到这里"};
constexpr const char* kExample =
    "lockstep replay 'LS1 deadlock/opposite-order philosophers=2 : 0*3 1*3 2*3 #…'";

void declare_options(CLI::App& app) {
  for (const OptionSpec& spec : {kSchedule, kTrace, option::kJson, option::kLang})
    declare(app, spec);
}

int tell(const SteppedRun& run, const Ending& ending, bool json, Language language) {
  Output out;
  if (json) {
    out.write(to_text(run_json(view_of(run), ending, language)));
  } else {
    RunReport report(view_of(run), out, language);
    report.header();
    report.progress();
    report.verdict(ending);
    if (ending.left) out.write("  " + say(language, Text::replay_stopped, run.position()) + '\n');
  }
  return out.error() != 0 ? status_of_failed_output(out) : status_of(ending, run.diagnosis());
}

int run(const Arguments& arguments) {
  const Language language = chosen_language(arguments);
  const std::vector<std::string> words_typed = arguments.all(kSchedule);
  if (words_typed.empty()) fail_usage(Text::bad_missing, "SCHEDULE", kExample);
  const Schedule schedule = schedule_in(words_typed, kSchedule.name, kExample, language);
  const auto trace = arguments.text(kTrace);
  if (trace) check_target(kTrace.name, *trace);

  const auto begin = std::chrono::steady_clock::now();
  auto started = SteppedRun::start(schedule);
  if (const auto* sentence = std::get_if<std::string>(&started)) fail_sandbox(*sentence);
  SteppedRun& replay = *std::get<std::unique_ptr<SteppedRun>>(started);
  settle(replay);
  if (replay.end().sandbox_failed) fail_sandbox(replay.end().reason);
  if (replay.divergence_details().kind != DivergenceKind::none)
    fail_usage(say(language, Text::diverges_why, words_of_divergence(replay, language)));

  const auto unsaved = trace ? save_trace(replay.store(), *trace) : std::nullopt;
  const int status = tell(replay, ending_of(replay, begin), arguments.has(option::kJson), language);
  if (unsaved) fail_sandbox(unsaved->message);
  return status;
}

}  // namespace

const Command kReplayCommand{"replay", Text::help_replay, Text::footer_replay, &declare_options, &run};

}  // namespace lockstep::cli
