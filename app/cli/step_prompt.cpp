#include "app/cli/step_prompt.hpp"

#include <unistd.h>

#include <charconv>

#include "app/cli/explore_report.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/follow.hpp"
#include "app/cli/interrupts.hpp"
#include "app/cli/line_reader.hpp"
#include "app/cli/output.hpp"
#include "app/cli/run_json.hpp"
#include "app/cli/step_view.hpp"
#include "app/model/fault_words.hpp"
#include "core/trace/file.hpp"

namespace lockstep::cli {
namespace {

constexpr double kFindSeconds = 60;

/// "3" or "3w"; nothing for anything else.
std::optional<Choice> choice_in(std::string_view typed) {
  Choice choice{};
  if (typed.ends_with('w')) {
    choice.by_hand = true;
    typed.remove_suffix(1);
  }
  const char* end = typed.data() + typed.size();
  const auto [stop, failure] = std::from_chars(typed.data(), end, choice.worker);
  return !typed.empty() && failure == std::errc{} && stop == end ? std::optional(choice) : std::nullopt;
}

class StepPrompt {
 public:
  StepPrompt(std::unique_ptr<SteppedRun> run, bool json, Language language)
      : run_(std::move(run)), json_(json), language_(language), view_(out_, language) {
    settle(*run_);
  }
  const SteppedRun& run() const { return *run_; }

  /// Shows where the run stands and carries one command out, until there is none.
  void ask() {
    tell_where();
    LineReader lines;
    while (prompt()) {
      const auto typed = lines.next();
      if (!typed || *typed == "q" || *typed == "quit") return;
      if (obey(*typed)) tell_where();
    }
  }

  void go_on(const PolicySpec& policy) {
    run_->run(policy, RunUntil::end);
    settle(*run_);
    if (!json_) view_.tell_new_events(*run_);
  }

  int finish() {
    Ending ending = ending_of(*run_, begin_);
    ending.signal = caught_signal();
    if (json_) {
      out_.write(to_text(run_json(view_of(*run_), ending, language_)));
    } else {
      if (ending.end.outcome != Outcome::stopped) tell_result(ending.end.outcome);
      if (ending.signal != 0) line(say(language_, Text::interrupted, name_of_signal(ending.signal)));
      tell_schedule();
    }
    if (out_.error() != 0 && ending.signal == 0) return status_of_failed_output(out_);
    return status_of(ending, run_->diagnosis());
  }

 private:
  /// For a person; not part of the JSON.
  void line(const std::string& text) {
    if (!json_) out_.write(text + '\n');
  }
  void complain(const std::string& sentence) {
    if (json_) {
      fmt::print(stderr, "lockstep: {}\n", sentence);
    } else {
      line(sentence);
    }
  }

  /// Only a person needs to be asked.
  bool prompt() {
    static const bool terminal = isatty(STDIN_FILENO) == 1;
    if (terminal && !json_) out_.write("> ");
    return out_.error() == 0;
  }

  /// True if the run may stand elsewhere now.
  bool obey(const std::string& typed) {
    if (typed == "b" || typed == "back") {
      run_->back();
    } else if (typed == "f" || typed == "forward") {
      run_->forward();
    } else if (typed == "r" || typed == "restart") {
      run_->restart();
    } else if (typed == "run") {
      run_->run({.kind = PolicyKind::random, .seed = run_->request().seed}, RunUntil::end);
    } else if (typed == "find") {
      if (!load_least_failure()) return false;
    } else if (typed == "s" || typed == "schedule") {
      tell_schedule();
      return false;
    } else if (typed == "?" || typed == "h" || typed == "help") {
      line(text_of(Text::step_help, language_));
      return false;
    } else if (const auto choice = choice_in(typed)) {
      if (!may(*choice)) {
        const Text why = choice->by_hand ? Text::step_need_not_wait : Text::step_cannot_go;
        complain(say(language_, why, choice->worker));
        return false;
      }
      run_->step(*choice);
    } else {
      if (!typed.empty()) complain(say(language_, Text::step_unknown, in_quotes(typed)));
      return false;
    }
    settle(*run_);
    return true;
  }

  /// Puts the run in place of this one that takes the least failing schedule, at its start. False if there is
  /// none.
  bool load_least_failure() {
    const RunRequest& request = run_->request();
    ExploreRequest wanted{request.scenario, request.variant, request.params, {}};
    wanted.options.goal = ExploreGoal::find;
    wanted.options.max_seconds = kFindSeconds;
    interrupts_.emplace();
    const Explored explored = explore_and_wait(wanted, language_);
    interrupts_.emplace();  // what ended the search does not end the prompt
    const ExploreReport& report = explored.report;
    if (report.end == ExploreEnd::failed) {
      complain(tell_fault(report.reason, language_));
      return false;
    }
    if (!report.least) {
      line(say(language_, Text::find_none, conclusion(report, language_)));
      return false;
    }
    run_ = replay_of(report);
    run_->restart();
    view_.forget();
    line(
        say(language_, Text::find_loaded, conclusion(report, language_), headline(*report.least, language_)));
    return true;
  }

  bool may(Choice choice) const {
    for (const WorkerCard& card : run_->cards()) {
      if (card.worker == choice.worker)
        return choice.by_hand ? card.can_begin_to_wait : card.move.has_value();
    }
    return false;
  }

  void tell_where() {
    if (!json_) view_.tell_where(*run_);
  }
  void tell_result(Outcome outcome) {
    const Ink ink = outcome == Outcome::ok ? Ink::good : Ink::bad;
    line(out_.ink(ink, say(language_, Text::result, words(outcome, language_))));
  }
  void tell_schedule() { line(say(language_, Text::step_schedule, lockstep::to_text(run_->schedule()))); }

  std::unique_ptr<SteppedRun> run_;
  bool json_;
  Language language_;
  Output out_;
  StepView view_;
  std::optional<Interrupts> interrupts_{std::in_place};
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace

int run_in_steps(const RunRequest& request, const StepOptions& options, Language language) {
  auto started = SteppedRun::start(request);
  if (auto* sentence = std::get_if<std::string>(&started)) fail_sandbox(*sentence);
  StepPrompt prompt(std::move(std::get<std::unique_ptr<SteppedRun>>(started)), options.json, language);
  if (options.policy) {
    prompt.go_on(*options.policy);
  } else {
    prompt.ask();
  }
  const SteppedRun& run = prompt.run();
  const auto unsaved = options.trace ? save_trace(run.store(), *options.trace) : std::nullopt;
  const int status = prompt.finish();
  if (unsaved) fail_sandbox(unsaved->message);
  if (run.end().sandbox_failed) fail_sandbox(run.end().reason);
  return status;
}

}  // namespace lockstep::cli
