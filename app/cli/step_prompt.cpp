#include "app/cli/step_prompt.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <iostream>

#include "app/cli/failure.hpp"
#include "app/cli/output.hpp"
#include "app/cli/run_facts.hpp"
#include "core/analysis/pending.hpp"
#include "core/trace/file.hpp"

namespace lockstep::cli {
namespace {

template <class... Values>
std::string say(Language language, Text text, const Values&... values) {
  return fmt::format(fmt::runtime(text_of(text, language)), values...);
}

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
  StepPrompt(SteppedRun& run, Language language) : run_(run), language_(language) { settle(); }

  /// Shows where the run stands and carries one command out, until there is none.
  void ask() {
    tell_where();
    for (std::string typed; prompt() && std::getline(std::cin, typed);) {
      if (!typed.empty() && typed.back() == '\r') typed.pop_back();
      if (typed == "q" || typed == "quit") return;
      if (obey(typed)) tell_where();
    }
  }

  void go_on(const PolicySpec& policy) {
    run_.run(policy, RunUntil::end);
    settle();
    tell_new_events();
  }

  int finish() {
    const Outcome outcome = outcome_of(run_.diagnosis().findings());
    const bool over = run_.phase() == RunPhase::ended || run_.phase() == RunPhase::stuck;
    if (over || outcome != Outcome::ok) {
      const auto first = static_cast<int>(Text::outcome_ok);
      const auto words = static_cast<Text>(first + static_cast<int>(outcome));
      line(out_.ink(outcome == Outcome::ok ? Ink::good : Ink::bad,
                    say(language_, Text::result, say(language_, words))));
    }
    tell_schedule();
    if (out_.error() != 0) return status_of_failed_output(out_);
    return outcome == Outcome::ok ? kOk : kFinding;
  }

 private:
  void line(const std::string& text) { out_.write(text + '\n'); }

  /// Only a person needs to be asked.
  bool prompt() {
    static const bool terminal = isatty(STDIN_FILENO) == 1;
    if (terminal) out_.write("> ");
    return out_.error() == 0;
  }

  /// Blocks until the run stands and everything is taken in.
  void settle() {
    run_.poll();
    while (!run_.ready()) {
      run_.wait(100);
      run_.poll();
    }
  }

  /// True if the run may stand elsewhere now.
  bool obey(const std::string& typed) {
    if (typed == "b" || typed == "back") {
      run_.back();
    } else if (typed == "f" || typed == "forward") {
      run_.forward();
    } else if (typed == "r" || typed == "restart") {
      run_.restart();
    } else if (typed == "run") {
      run_.run({.kind = PolicyKind::random, .seed = run_.request().seed}, RunUntil::end);
    } else if (typed == "s" || typed == "schedule") {
      tell_schedule();
      return false;
    } else if (typed == "?" || typed == "h" || typed == "help") {
      line(say(language_, Text::step_help));
      return false;
    } else if (const auto choice = choice_in(typed)) {
      if (!may(*choice)) {
        line(say(language_, choice->by_hand ? Text::step_need_not_wait : Text::step_cannot_go,
                 choice->worker));
        return false;
      }
      run_.step(*choice);
    } else {
      if (!typed.empty()) line(say(language_, Text::step_unknown, in_quotes(typed)));
      return false;
    }
    settle();
    return true;
  }

  bool may(Choice choice) const {
    for (const WorkerCard& card : run_.cards()) {
      if (card.worker == choice.worker)
        return choice.by_hand ? card.can_begin_to_wait : card.move.has_value();
    }
    return false;
  }

  void tell_where() {
    tell_new_events();
    const TraceStore& store = run_.store();
    line("");
    line(out_.ink(Ink::strong, say(language_, Text::step_position, run_.position())));
    for (const WorkerCard& card : run_.cards()) {
      const bool not_started = !card.move && card.pending.kind == EventKind::worker_begin;
      if (not_started && !card.ended) continue;
      const Pending pending{card.worker, card.pending, card.move, card.waiting, card.sleeping, card.ended};
      std::string text = describe_pending(pending, store, store.size(), language_);
      if (card.pending.site != 0 && card.pending.site < store.sites().size())
        text += " " + say(language_, Text::step_line, store.sites()[card.pending.site].line);
      const std::string effect = describe_effect(pending, store, store.size(), language_);
      if (!effect.empty()) text += " · " + effect;
      const std::string name =
          card.worker < store.workers().size() ? one_line(store.workers()[card.worker].name) : "?";
      const std::string number = card.move ? fmt::format("{:>3}", card.worker) : "  -";
      line(fmt::format("{}  {}  {}", number, out_.worker_ink(card.worker, padded(name, 14)), one_line(text)));
    }
  }

  /// What happened since the last time; after going back there is nothing new.
  void tell_new_events() {
    const TraceStore& store = run_.store();
    if (run_.generation() != generation_ && store.size() < events_) events_ = store.size();
    generation_ = run_.generation();
    for (; events_ < store.size(); ++events_) {
      const Event& event = store[events_];
      if (event.worker >= store.workers().size()) continue;
      line(fmt::format(
          "{}  {}  {}",
          out_.ink(Ink::dim, fmt::format("{:>3}", static_cast<RunTime>(event.time) / kStepTime + 1)),
          out_.worker_ink(event.worker, padded(one_line(store.workers()[event.worker].name), 14)),
          one_line(describe(event, store, language_))));
    }
    const auto& findings = run_.diagnosis().findings();
    findings_ = std::min(findings_, findings.size());
    for (; findings_ < findings.size(); ++findings_) {
      const Finding& finding = findings[findings_];
      if (!is_failure(finding.kind)) continue;
      line(fmt::format("     {}  {}", out_.ink(Ink::bad, heading(finding.kind, language_)),
                       narrate(finding, store, language_)));
    }
  }

  void tell_schedule() { line(say(language_, Text::step_schedule, to_text(run_.schedule()))); }

  SteppedRun& run_;
  Language language_;
  Output out_;
  EventIndex events_ = 0;
  std::size_t findings_ = 0;
  int generation_ = 0;
};

}  // namespace

int run_in_steps(const RunRequest& request, const std::optional<PolicySpec>& policy,
                 const std::optional<std::string>& trace, Language language) {
  auto started = SteppedRun::start(request);
  if (auto* sentence = std::get_if<std::string>(&started)) fail_sandbox(*sentence);
  const auto run = std::move(std::get<std::unique_ptr<SteppedRun>>(started));
  StepPrompt prompt(*run, language);
  if (policy) {
    prompt.go_on(*policy);
  } else {
    prompt.ask();
  }
  const int status = prompt.finish();
  if (trace) {
    if (const auto error = save_trace(run->store(), *trace)) fail_sandbox(error->message);
  }
  if (run->end().sandbox_failed) fail_sandbox(run->end().reason);
  return status;
}

}  // namespace lockstep::cli
