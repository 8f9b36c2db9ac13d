// Taking in where a run stands.
#include <algorithm>
#include <limits>

#include "core/session/step_cards.hpp"
#include "core/session/stepped_run_impl.hpp"

namespace lockstep {

/// True if it is halted, or over, and all that it recorded has been taken in.
bool SteppedRun::Impl::stands(RunCore& core) const {
  if (core.is_over()) return true;
  const StepControl& step = core.arena.header().step;
  if (step.halted.load(std::memory_order_acquire) == Halt::none) return false;
  std::uint64_t recorded = 0;
  for (std::uint32_t id = 0; id < core.arena.worker_count(); ++id)
    recorded += core.arena.worker(static_cast<WorkerId>(id)).ring.head.load(std::memory_order_acquire);
  // A program that has come to its end is over in a moment.
  return core.taken() == recorded && !core.diagnosis.all_ended();
}

std::size_t SteppedRun::Impl::failures() const {
  const auto& findings = shown->diagnosis.findings();
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return is_failure(f.kind); }));
}

bool SteppedRun::Impl::poll() {
  RunCore& core = coming ? *coming : *shown;
  bool changed = core.take_in(std::numeric_limits<std::size_t>::max());
  if (coming) {
    if (!stands(*coming)) return false;
    retire(std::exchange(shown, std::move(coming)));
    ++generation;
  } else if (ready && !stands(*shown)) {
    ready = false;  // a death from outside is being taken in
    return true;
  } else if (!ready && !stands(*shown)) {
    if (seeks_finding && failures() > findings_before) control().stop_asked = 1;
    return changed;
  }
  const std::uint32_t offers = control().offers_version.load(std::memory_order_acquire);
  if (ready && offers == offers_seen && !(shown->is_over() && phase != RunPhase::ended)) return changed;
  offers_seen = offers;
  ready = true;
  arrive();
  return true;
}

void SteppedRun::Impl::judge() {
  halted = control().halted.load(std::memory_order_acquire);
  if (shown->is_over()) {
    phase = RunPhase::ended;
    end = shown->judge_end(false);
  } else if (shown->diagnosis.all_stuck()) {
    phase = RunPhase::stuck;
    end = {outcome_of(shown->diagnosis.findings()), false, {}};
  } else {
    phase = RunPhase::paused;
    end = {};
  }
}

void SteppedRun::Impl::arrive() {
  const StepControl& step = control();
  position = step.steps.load(std::memory_order_acquire);
  judge();
  const std::span<const Choice> taken(step.choices.data(), position);
  // Where nobody can move all have begun to wait, and nothing can follow.
  if (halted == Halt::nobody && position < branch.size()) branch.resize(position);
  // Of those a live run's order has made, it has left out the waits that had begun by themselves.
  const bool left_some_out = step.plan.planned < aim;
  const bool follows_branch = position <= branch.size() && !left_some_out &&
                              std::equal(taken.begin(), taken.end(), branch.begin()) &&
                              halted != Halt::diverged;
  if (!follows_branch) {
    branch.assign(taken.begin(), taken.end());
    marks.resize(std::min<std::size_t>(marks.size(), position));
  }
  if (marks.size() < position) marks.resize(position);
  std::copy_n(step.marks.begin(), position, marks.begin());
  tree.follow(taken);
  if (phase != RunPhase::paused) tree.set_outcome(end.outcome);

  cards = cards_of(shown->arena);
  std::vector<Event> to_come;
  for (const WorkerCard& card : cards)
    to_come.push_back(card.pending);
  shown->definitions.declare_for(to_come);

  if (halted == Halt::diverged) describe_divergence();
  if (follows) live_difference = first_difference(*follows, shown->store);
  follows.reset();
  if (seeks_finding) return_to_finding();
}

void SteppedRun::Impl::describe_divergence() {
  divergence = control().divergence;
  std::string who = "worker " + std::to_string(divergence.worker);
  if (shown->store.has_worker(divergence.worker)) who = shown->store.workers()[divergence.worker].name;
  std::string& sentence = divergence_sentence;
  sentence = "The replay diverges at step " + std::to_string(divergence.step + 1) + ": ";
  switch (divergence.kind) {
    case DivergenceKind::impossible: sentence += who + " cannot go on there."; break;
    case DivergenceKind::nobody:
      sentence += "nobody can go on there, although it says that " + who + " does.";
      break;
    case DivergenceKind::events: sentence += who + " did something else there than was recorded."; break;
    case DivergenceKind::none: break;
  }
}

/// run(…, finding) has gone past the first new failure: to the step after which it was certain.
void SteppedRun::Impl::return_to_finding() {
  seeks_finding = false;
  std::size_t seen = 0;
  for (const Finding& finding : shown->diagnosis.findings()) {
    if (!is_failure(finding.kind) || seen++ < findings_before) continue;
    const RunTime time = finding.at == 0 ? 0 : static_cast<RunTime>(shown->store[finding.at - 1].time);
    const auto step = static_cast<std::uint32_t>(time / kStepTime) + 1;
    if (step < position) go_to(step);
    return;
  }
}

}  // namespace lockstep
