#include "core/explore/dpor/execution_log.hpp"

#include <algorithm>

#include "core/runtime/death.hpp"
#include "core/runtime/stepped.hpp"

namespace lockstep::dpor {

StepIndex ExecutionLog::head_of_worker(std::uint16_t worker) const {
  return worker < worker_heads_.size() ? worker_heads_[worker] : kNoStep;
}

StepIndex ExecutionLog::head_at_location(std::uint32_t location) const {
  return location < location_heads_.size() ? location_heads_[location] : kNoStep;
}

/// Widens all clocks if this worker has no column yet.
void ExecutionLog::make_room(std::uint16_t worker) {
  if (worker < stride_) return;
  const std::size_t stride = (std::size_t{worker} / 8 + 1) * 8;
  std::vector<std::uint32_t> wider(std::max(clocks_.size() / stride_, steps_.size()) * stride);
  for (std::size_t i = 0; i < steps_.size(); ++i)
    std::copy_n(clocks_.begin() + static_cast<std::ptrdiff_t>(i * stride_), stride_,
                wider.begin() + static_cast<std::ptrdiff_t>(i * stride));
  clocks_ = std::move(wider);
  stride_ = stride;
}

void ExecutionLog::join(std::uint32_t* clock, StepIndex i) const {
  const Step& step = (*this)[i];
  if (clock[step.print.worker] >= step.ordinal) return;
  const std::uint32_t* other = clocks_.data() + static_cast<std::size_t>(i) * stride_;
  for (std::size_t w = 0; w < stride_; ++w)
    clock[w] = std::max(clock[w], other[w]);
}

void ExecutionLog::join_locations(const Step& step, std::uint32_t* clock) const {
  StepIndex i = step.before_at_location;
  if (i == kNoStep) return;
  if (!step.print.writes()) {
    i = (*this)[i].last_write;
    if (i != kNoStep) join(clock, i);
    return;
  }
  for (; i != kNoStep; i = (*this)[i].before_at_location) {
    join(clock, i);
    if ((*this)[i].print.writes()) return;
  }
}

void ExecutionLog::push(const Announced& announced, const ObjectState* state) {
  const Footprint& print = announced.print;
  make_room(print.worker);
  if (print.worker >= worker_heads_.size()) worker_heads_.resize(stride_, kNoStep);
  if (print.location >= location_heads_.size()) location_heads_.resize(print.location + 64U, kNoStep);

  const StepIndex now = size();
  const auto n = static_cast<std::size_t>(now);
  Step& step = steps_.emplace_back(Step{announced});
  if (states_.size() <= n) states_.resize(n + 64);
  if (state != nullptr) states_[n] = *state;
  if (clocks_.size() < (n + 1) * stride_) clocks_.resize((n + 64) * stride_);

  step.before_of_worker = std::exchange(worker_heads_[print.worker], now);
  step.ordinal = step.before_of_worker == kNoStep ? 1 : (*this)[step.before_of_worker].ordinal + 1;
  std::uint32_t* clock = clocks_.data() + n * stride_;
  if (step.before_of_worker == kNoStep) {
    std::fill_n(clock, stride_, 0);
  } else {
    std::copy_n(clocks_.data() + static_cast<std::size_t>(step.before_of_worker) * stride_, stride_, clock);
  }
  if (print.location != 0) {
    step.before_at_location = std::exchange(location_heads_[print.location], now);
    join_locations(step, clock);
    const bool is_first = step.before_at_location == kNoStep;
    step.last_write = print.writes() ? now : is_first ? kNoStep : (*this)[step.before_at_location].last_write;
  }
  if (print.memory != 0) {
    for (StepIndex i = now - 1; i >= 0; --i) {
      if (share_memory((*this)[i].print, print)) join(clock, i);
    }
  }
  if (step.kind == MoveKind::die) {
    const StepIndex sender = ended_by(print.worker);
    if (sender != kNoStep) join(clock, sender);
  }
  clock[print.worker] = step.ordinal;
}

void ExecutionLog::sweep(std::vector<std::uint16_t> looked_at, std::vector<Prevented> ended) {
  const StepIndex last = size() - 1;
  steps_.back().print.sweeping = true;
  std::uint32_t* clock = clocks_.data() + static_cast<std::size_t>(last) * stride_;
  for (const std::uint16_t worker : looked_at) {
    const StepIndex head = head_of_worker(worker);
    if (head != kNoStep && head != last) join(clock, head);
  }
  sweeps_.push_back({last, std::move(looked_at), std::move(ended)});
}

const ExecutionLog::Sweep* ExecutionLog::sweep_of(StepIndex step) const {
  const auto is_it = [step](const Sweep& sweep) { return sweep.step == step; };
  const auto found = std::find_if(sweeps_.begin(), sweeps_.end(), is_it);
  return found == sweeps_.end() ? nullptr : &*found;
}

StepIndex ExecutionLog::ended_by(std::uint16_t worker) const {
  for (const Sweep& sweep : sweeps_) {
    for (const Prevented& one : sweep.ended) {
      if (one.step.print.worker == worker) return sweep.step;
    }
  }
  return kNoStep;
}

void ExecutionLog::truncate(StepIndex count) {
  while (size() > count) {
    const Step& step = steps_.back();
    worker_heads_[step.print.worker] = step.before_of_worker;
    if (step.print.location != 0) location_heads_[step.print.location] = step.before_at_location;
    steps_.pop_back();
  }
  while (!sweeps_.empty() && sweeps_.back().step >= count)
    sweeps_.pop_back();
}

std::optional<Effect> ExecutionLog::effect_before(const Announced& step, StepIndex earlier) const {
  // An arriving signal has been sent before: whatever touches the worker's object is free to come later.
  // And what a process loses at its end it has had since it began.
  if (step.kind == MoveKind::die || step.kind == MoveKind::wake || step.kind == MoveKind::lose_pipe)
    return step.print.effect;
  Move move{.worker = step.worker};
  const ObjectState& state = states_[static_cast<std::size_t>(earlier)];
  // Only a worker that has been started begins.
  if (step.call.kind == EventKind::worker_begin && state.value == stage_created) return std::nullopt;
  if (!move_of_call(step.call, state, step.stand, move)) return std::nullopt;
  return move.effect;
}

}  // namespace lockstep::dpor
