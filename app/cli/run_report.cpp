#include "app/cli/run_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/cli/failure.hpp"
#include "app/cli/interrupts.hpp"
#include "app/cli/run_facts.hpp"
#include "app/model/fault_words.hpp"
#include "app/model/settings.hpp"
#include "core/analysis/statistics.hpp"
#include "core/scenario/lesson.hpp"

namespace lockstep::cli {
namespace {

constexpr std::size_t kToldAtOnce = 8;     // failures that are told in full
constexpr std::size_t kStillInSight = 12;  // lines after which a finding is named again

long percent(RunTime part, RunTime whole) {
  return whole <= 0 ? 0 : std::lround(100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::size_t longest_name(const TraceStore& store) {
  std::size_t width = 12;  // so that early lines and later ones, with more workers, stand in line
  for (const WorkerInfo& worker : store.workers())
    width = std::max(width, display_width(worker.name));
  return width;
}

}  // namespace

RunReport::RunReport(RunView run, Output& out, Language language)
    : run_(std::move(run)), out_(out), language_(language) {}

std::string RunReport::clock(RunTime time) const {
  if (!run_.stepped) return fmt::format("{:>9.3f} s", seconds(time));
  return say(language_, Text::step_clock, step_of(time));
}

void RunReport::line(const std::string& text) {
  pending_ += text + '\n';
  ++lines_;
}

void RunReport::header() {
  const RunRequest& request = run_.request;
  std::string text = say(language_, Text::header, lesson(request.scenario, name_of(language_)).title,
                         request.scenario, request.variant);
  for (const auto& [name, value] : request.params)
    text += fmt::format(" · {} {}", name, value);
  text += " · " + (run_.stepped ? say(language_, Text::header_steps, request.seed)
                                : say(language_, Text::header_seed, request.seed, request.speed));
  line(out_.ink(Ink::strong, text));
  out_.write(std::exchange(pending_, {}));
}

bool RunReport::progress() {
  const TraceStore& store = run_.store;
  for (; events_ < store.size(); ++events_) {
    tell_findings_until(events_);
    if (store[events_].kind == EventKind::print) tell_print(store[events_]);
  }
  tell_findings_until(store.size());
  return out_.write(std::exchange(pending_, {}));
}

void RunReport::tell_print(const Event& event) {
  const TraceStore& store = run_.store;
  const std::string name =
      event.worker < store.workers().size() ? one_line(store.workers()[event.worker].name) : "?";
  const std::string text = one_line(store.text(static_cast<TextId>(event.arg)));
  line(fmt::format("{}  {}  {}", out_.ink(Ink::dim, clock(static_cast<RunTime>(event.time))),
                   out_.worker_ink(event.worker, padded(name, longest_name(store))), text));
}

void RunReport::tell_findings_until(EventIndex events) {
  const auto& findings = run_.diagnosis.findings();
  const TraceStore& store = run_.store;
  for (; findings_ < findings.size() && findings[findings_].at <= events; ++findings_) {
    const Finding& finding = findings[findings_];
    if (!is_failure(finding.kind) || told_.size() >= kToldAtOnce) {
      kept_.push_back(findings_);
      continue;
    }
    line(fmt::format("{}  {}  {}", out_.ink(Ink::dim, clock(time_of(finding, store))),
                     out_.ink(Ink::bad, heading(finding.kind, language_)),
                     narrate(finding, store, language_)));
    told_.push_back({findings_, lines_});
  }
}

void RunReport::verdict(const Ending& ending) {
  tell_ending(ending);
  tell_rest_of_findings();
  tell_checks();
  tell_declaration(ending);
  tell_figures(ending);
  if (!run_.stepped && ending.end.outcome != Outcome::ok) tell_schedule(ending.end.outcome);
  out_.write(std::exchange(pending_, {}));
}

void RunReport::tell_ending(const Ending& ending) {
  const Outcome outcome = ending.end.outcome;
  const Ink ink = outcome == Outcome::ok ? Ink::good : outcome == Outcome::stopped ? Ink::strong : Ink::bad;
  line("");
  line(out_.ink(ink, say(language_, Text::result, words(outcome, language_))));
  if (ending.signal != 0) line("  " + say(language_, Text::interrupted, name_of_signal(ending.signal)));
  if (ending.limit) line("  " + say(language_, Text::limit_reached, ending.wall_seconds));
  if (!ending.end.reason.empty()) line("  " + one_line(ending.end.reason));
}

void RunReport::tell_rest_of_findings() {
  const auto& findings = run_.diagnosis.findings();
  const TraceStore& store = run_.store;
  for (const Told& told : told_) {
    if (lines_ - told.line < kStillInSight) continue;
    const Finding& finding = findings[told.finding];
    const RunTime time = time_of(finding, store);
    const std::string what = heading(finding.kind, language_);
    line("  " + (run_.stepped ? say(language_, Text::said_above_step, what, step_of(time))
                              : say(language_, Text::said_above, what, seconds(time))));
  }
  std::size_t in_full = 0;
  for (const std::size_t index : kept_) {
    const Finding& finding = findings[index];
    if (is_failure(finding.kind) || ++in_full > kToldAtOnce) continue;
    line("  " +
         say(language_, Text::remark, heading(finding.kind, language_), narrate(finding, store, language_)));
  }
  const std::size_t told = std::min(in_full, kToldAtOnce);
  if (kept_.size() > told) line("  " + say(language_, Text::more_findings, kept_.size() - told));
}

void RunReport::tell_checks() {
  for (const CheckResult& check : check_results(run_.store)) {
    line("  " + (check.ok ? say(language_, Text::check_held, one_line(check.name))
                          : out_.ink(Ink::bad, say(language_, Text::check_failed, one_line(check.name)))));
  }
}

void RunReport::tell_declaration(const Ending& ending) {
  const Variant* variant = run_.scenario.variant(run_.request.variant);
  if (variant == nullptr || ending.end.outcome == Outcome::stopped || ending.end.sandbox_failed) return;
  const char* verdict = words(variant->verdict, language_);
  const auto row = std::ranges::find(variant->outcomes, ending.end.outcome, &OutcomeRow::outcome);
  if (row == variant->outcomes.end() || row->expect == Expectation::forbidden) {
    if (machine_refused()) {
      line("  " + say(language_, Text::fault_of_machine));
    } else if (ending.end.outcome != Outcome::ok || variant->verdict == Verdict::always_fails) {
      line("  " + say(language_, Text::undeclared, verdict));
    }
    return;
  }
  line("  " + say(language_, Text::declared, verdict, language_ == Language::zh ? row->why_zh : row->why_en));
}

/// An error that nobody caught says that the machine has no more to give.
bool RunReport::machine_refused() const {
  return std::ranges::any_of(run_.diagnosis.findings(), [&](const Finding& finding) {
    return finding.kind == FindingKind::error_raised && is_fault_of_machine(run_.store.text(finding.text));
  });
}

/// What shows a failure again; not so long that it fills the screen.
void RunReport::tell_schedule(Outcome outcome) {
  constexpr std::size_t kLongest = 1000;
  const auto schedule = schedule_of(run_, outcome);
  const std::string text = schedule ? lockstep::to_text(*schedule) : "";
  if (!text.empty() && text.size() <= kLongest) line("  " + say(language_, Text::explore_replay, text));
}

void RunReport::tell_figures(const Ending& ending) {
  const TraceStore& store = run_.store;
  const Statistics figures = statistics(store, store.size());
  if (run_.stepped) {
    const std::size_t steps = run_.schedule ? run_.schedule->choices.size() : 0;
    line("  " + say(language_, Text::figures_step, store.workers().size(), store.size(), steps));
    return;
  }
  RunTime running = 0, waiting = 0, sleeping = 0;
  for (const WorkerStatistics& worker : figures.workers) {
    running += worker.running;
    waiting += worker.waiting;
    sleeping += worker.sleeping;
  }
  const RunTime all = running + waiting + sleeping;
  line("  " + say(language_, Text::figures, store.workers().size(), store.size(), seconds(figures.duration),
                  ending.wall_seconds));
  line("  " +
       say(language_, Text::shares, percent(running, all), percent(waiting, all), percent(sleeping, all)));
}

}  // namespace lockstep::cli
