#include "app/cli/step_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/failure.hpp"
#include "app/cli/run_facts.hpp"
#include "core/analysis/pending.hpp"

namespace lockstep::cli {
namespace {

std::string name_of(WorkerId worker, const TraceStore& store) {
  return worker < store.workers().size() ? one_line(store.workers()[worker].name) : "?";
}

}  // namespace

void StepView::forget() {
  events_ = 0;
  findings_ = 0;
  generation_ = 0;
}

void StepView::tell_where(const SteppedRun& run) {
  tell_new_events(run);
  line("");
  line(out_.ink(Ink::strong, say(language_, Text::step_position, run.position())));
  for (const WorkerCard& card : run.cards()) {
    const bool not_started = !card.move && card.pending.kind == EventKind::worker_begin;
    if (!not_started || card.ended) tell_card(run, card);
  }
}

void StepView::tell_card(const SteppedRun& run, const WorkerCard& card) {
  const TraceStore& store = run.store();
  const Pending pending{card.worker, card.pending, card.move, card.waiting, card.sleeping, card.ended};
  std::string text = describe_pending(pending, store, store.size(), language_);
  if (card.pending.site != 0 && card.pending.site < store.sites().size())
    text += " " + say(language_, Text::step_line, store.sites()[card.pending.site].line);
  const std::string effect = describe_effect(pending, store, store.size(), language_);
  if (!effect.empty()) text += " · " + effect;

  const bool next = run.position() < run.length() && run.choices()[run.position()].worker == card.worker;
  const std::string number = card.move ? fmt::format("{:>3}", card.worker) : "  -";
  line(fmt::format("{}{} {}  {}", number, next ? out_.ink(Ink::strong, "→") : " ",
                   out_.worker_ink(card.worker, padded(name_of(card.worker, store), 14)), one_line(text)));
}

void StepView::tell_new_events(const SteppedRun& run) {
  const TraceStore& store = run.store();
  if (run.generation() != generation_) events_ = std::min(events_, store.size());
  generation_ = run.generation();
  for (; events_ < store.size(); ++events_) {
    const Event& event = store[events_];
    if (event.worker >= store.workers().size()) continue;
    const auto step = step_of(static_cast<RunTime>(event.time));
    line(fmt::format("{}  {}  {}", out_.ink(Ink::dim, fmt::format("{:>3}", step)),
                     out_.worker_ink(event.worker, padded(name_of(event.worker, store), 14)),
                     one_line(describe(event, store, language_))));
  }
  const auto& findings = run.diagnosis().findings();
  findings_ = std::min(findings_, findings.size());
  for (; findings_ < findings.size(); ++findings_) {
    const Finding& finding = findings[findings_];
    if (!is_failure(finding.kind)) continue;
    line(fmt::format("     {}  {}", out_.ink(Ink::bad, heading(finding.kind, language_)),
                     narrate(finding, store, language_)));
  }
}

}  // namespace lockstep::cli
