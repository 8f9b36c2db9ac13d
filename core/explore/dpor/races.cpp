#include "core/explore/dpor/races.hpp"

#include <algorithm>

namespace lockstep::dpor {

void RaceDetector::start_from(StepIndex last_of_worker) {
  clock_.assign(log_->clock_size(), 0);
  if (last_of_worker == kNoStep) return;
  const ExecutionLog::Clock clock = log_->clock(last_of_worker);
  std::copy(clock.begin(), clock.end(), clock_.begin());
}

void RaceDetector::add(StepIndex earlier, const Announced& later, Effect effect) {
  Footprint print = later.print;
  print.effect = effect;
  races_.push_back({earlier, print});
  join(earlier);
}

void RaceDetector::join(StepIndex i) {
  if (i == kNoStep) return;
  const ExecutionLog::Clock clock = log_->clock(i);
  for (std::size_t w = 0; w < clock_.size(); ++w)
    clock_[w] = std::max(clock_[w], clock[w]);
}

void RaceDetector::along_location(const Announced& later, StepIndex from) {
  for (StepIndex i = from; i != kNoStep; i = (*log_)[i].before_at_location) {
    const Footprint& print = (*log_)[i].print;
    if (!print.writes() && !later.print.writes()) continue;
    const bool ordered = is_ordered(i);
    if (!ordered) {
      const std::optional<Effect> effect = log_->effect_before(later, i);
      if (!effect) continue;
      add(i, later, *effect);
    }
    if (print.writes()) return;  // orders all that lies before it at this location
  }
}

/// For a step that copies memory, or writes what others copy: such are rare, so all steps are looked through.
void RaceDetector::along_memory(const Announced& later, StepIndex from) {
  for (StepIndex i = from; i >= 0; --i) {
    const Footprint& print = (*log_)[i].print;
    if (is_ordered(i) || !dependent(print, later.print)) continue;
    const bool same_object = print.location == later.print.location;
    const std::optional<Effect> effect = same_object ? log_->effect_before(later, i) : later.print.effect;
    if (effect) add(i, later, *effect);
  }
}

/// A step that ended others, or looked at which of them had ended, with the last steps of those.
void RaceDetector::with_swept(const ExecutionLog::Sweep& sweep) {
  std::vector<StepIndex> heads;
  for (const std::uint16_t worker : sweep.looked_at) {
    StepIndex head = log_->head_of_worker(worker);
    while (head >= sweep.step)
      head = (*log_)[head].before_of_worker;
    if (head != kNoStep) heads.push_back(head);
  }
  std::sort(heads.rbegin(), heads.rend());
  const ExecutionLog::Step& step = (*log_)[sweep.step];
  for (const StepIndex head : heads) {
    if (!is_ordered(head)) add(head, step, step.print.effect);
  }
}

/// With what the ended would have done next: at once, or after something that need not come behind their end.
void RaceDetector::with_prevented(const ExecutionLog::Sweep& sweep, bool is_new) {
  for (const ExecutionLog::Prevented& one : sweep.ended) {
    bool may_be_possible = is_new && one.was_possible;
    if (!one.was_possible) {
      for (StepIndex i = log_->head_at_location(one.step.print.location); i > sweep.step;
           i = (*log_)[i].before_at_location)
        may_be_possible |= (*log_)[i].print.writes() && !log_->happens_before(sweep.step, i);
    }
    if (may_be_possible) races_.push_back({sweep.step, one.step.print});
  }
}

const std::vector<RaceDetector::Race>& RaceDetector::find(const ExecutionLog& log, StepIndex first_new,
                                                          std::span<const Announced> blocked) {
  log_ = &log;
  races_.clear();
  for (StepIndex i = first_new; i < log.size(); ++i) {
    const ExecutionLog::Step& step = log[i];
    const ExecutionLog::Sweep* const sweep = step.print.sweeping ? log.sweep_of(i) : nullptr;
    if (step.before_at_location == kNoStep && step.print.memory == 0 && sweep == nullptr) continue;
    start_from(step.before_of_worker);
    if (step.kind == MoveKind::die) join(log.ended_by(step.print.worker));
    if (step.print.memory != 0) {
      along_memory(step, i - 1);
    } else {
      along_location(step, step.before_at_location);
    }
    if (sweep != nullptr) with_swept(*sweep);
  }
  for (const ExecutionLog::Sweep& sweep : log.sweeps())
    with_prevented(sweep, sweep.step >= first_new);
  for (const Announced& step : blocked) {
    start_from(log.head_of_worker(step.print.worker));
    along_location(step, log.head_at_location(step.print.location));
  }
  return races_;
}

void reversed(const ExecutionLog& log, const RaceDetector::Race& race, std::vector<Footprint>& sequence) {
  sequence.clear();
  for (StepIndex i = race.earlier + 1; i < log.size(); ++i) {
    if (!log.happens_before(race.earlier, i)) sequence.push_back(log[i].print);
  }
  sequence.push_back(race.later);
}

}  // namespace lockstep::dpor
