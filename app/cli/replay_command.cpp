// lockstep replay: a schedule carried out once more on real threads and processes.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/follow.hpp"
#include "app/cli/run_facts.hpp"
#include "app/cli/run_json.hpp"
#include "app/cli/run_report.hpp"
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
/// More than the longest schedule takes.
constexpr std::streamsize kLongestFile = std::streamsize{4} << 20;

void declare_options(CLI::App& app) {
  for (const OptionSpec& spec : {kSchedule, kTrace, option::kJson, option::kLang})
    declare(app, spec);
}

std::string all_of(std::istream& in, const std::string& name) {
  std::string text(static_cast<std::size_t>(kLongestFile) + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) fail_usage(Text::bad_input_read, in_quotes(name));
  if (in.gcount() > kLongestFile) fail_usage(Text::bad_input_size, in_quotes(name));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

bool is_file(const std::string& typed) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::status(typed, error));
}

/// A schedule contains spaces, and quotes around it are forgotten easily.
std::string schedule_text(const std::vector<std::string>& words) {
  const std::string& first = words.front();
  if (words.size() > 1 || first.starts_with("LS")) return fmt::format("{}", fmt::join(words, " "));
  if (first == "-") return all_of(std::cin, say(Text::standard_input));
  if (!is_file(first)) return first;
  check_input(kSchedule.name, first);
  std::ifstream file(first, std::ios::binary);
  return all_of(file, first);
}

Schedule schedule_in(const std::vector<std::string>& words, Language language) {
  const auto parsed = parse_schedule(schedule_text(words));
  if (const auto* error = std::get_if<ScheduleError>(&parsed)) {
    const bool one_word = error->kind == ScheduleError::Kind::not_a_schedule && words.size() == 1;
    if (one_word && words.front() != "-" && !is_file(words.front()))
      fail_usage(Text::replay_neither, in_quotes(words.front()), kExample);
    const std::string what = one_word ? in_quotes(words.front()) + ": " : "";
    fail_usage(what + (language == Language::zh ? in_chinese(*error) : in_english(*error)));
  }
  Schedule schedule = std::get<Schedule>(parsed);

  const Scenario* scenario = find_scenario(schedule.scenario);
  if (scenario == nullptr) fail_usage(unknown_scenario_message(schedule.scenario));
  std::map<std::string, std::string> params;
  for (const auto& [name, value] : schedule.params)
    params[name] = std::to_string(value);
  const auto setup = make_setup(*scenario, schedule.variant, params, ParamDefaults::step);
  if (const auto* sentence = std::get_if<std::string>(&setup)) fail_usage(*sentence);
  return schedule;
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
  const Schedule schedule = schedule_in(words_typed, language);
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
