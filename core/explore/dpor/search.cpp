#include "core/explore/dpor/search.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/runtime/apply.hpp"

namespace lockstep::dpor {
namespace {

/// A worker that has gone on for so many steps while others could go may be polling: they get their turn, as
/// in a fair scheduler (Musuvathi, Qadeer: "Fair stateless model checking", PLDI 2008).
constexpr std::uint32_t kPatience = 500;

bool is_gone(const WorkerSlot& slot) {
  return slot.step.stand == Stand::ended || slot.step.stand == Stand::dying;
}

/// Whether an operation can depend on the object's state being right.
bool can_wait_for(const ObjectSlot& object) {
  switch (object.kind) {
    case ObjectKind::shared:
    case ObjectKind::global:
    case ObjectKind::local:
    case ObjectKind::file:
    case ObjectKind::check:
    case ObjectKind::console: return false;
    default: return true;
  }
}

}  // namespace

Search::Search(FiberRun& run, std::uint32_t max_steps, OnExecution on_execution)
    : run_(run), names_(run), max_steps_(max_steps), on_execution_(std::move(on_execution)) {}

std::span<const Footprint> Search::sleep_of(const Frame& frame) const {
  return {sleep_.data() + frame.sleep_begin, frame.sleep_end - frame.sleep_begin};
}

/// The state after the last step of the log is new.
void Search::open_frame(std::uint32_t depth) {
  Frame& frame = frames_.emplace_back();
  look_at_workers(frame);
  frame.sleep_begin = static_cast<std::uint32_t>(sleep_.size());
  if (depth > 0) {
    const Frame& before = frames_[depth - 1];
    note_sweep(before, frame);
    const Footprint& step = log_[static_cast<StepIndex>(depth) - 1].print;
    for (std::uint32_t i = before.sleep_begin; i < before.sleep_end; ++i) {
      const Footprint sleeper = sleep_[i];
      if (!dependent(sleeper, step)) sleep_.push_back(sleeper);
    }
    frame.pending = std::exchange(below_, WakeupTrees::kNone);
    frame.in_a_row = 1;
    if (depth > 1 &&
        log_[static_cast<StepIndex>(depth) - 2].worker == log_[static_cast<StepIndex>(depth) - 1].worker)
      frame.in_a_row += before.in_a_row;
  }
  frame.sleep_end = static_cast<std::uint32_t>(sleep_.size());
}

void Search::look_at_workers(Frame& frame) {
  Arena& arena = run_.arena();
  const std::uint32_t workers = arena.worker_count();
  for (std::uint32_t id = 0; id < workers; ++id) {
    const WorkerSlot& slot = arena.worker(static_cast<WorkerId>(id));
    if (is_gone(slot)) frame.gone.insert(static_cast<WorkerId>(id));
    if (slot.step.stand == Stand::sleeping) frame.sleeping.insert(static_cast<WorkerId>(id));
  }
}

/// The process whose workers the step ends, those that have not ended: kNoWorker if it is no such step.
WorkerId Search::ended_process(const ExecutionLog::Step& step) const {
  if (step.kind == MoveKind::lose_pipe) return step.worker;
  if (step.kind != MoveKind::perform) return kNoWorker;
  switch (step.call.kind) {
    case EventKind::terminate:
    case EventKind::kill: return static_cast<WorkerId>(step.call.arg);
    case EventKind::worker_end: return step.worker;  // its daemon threads, if it is a process's first worker
    default: return kNoWorker;
  }
}

/// Finds out whether the last step ended other workers.
void Search::note_sweep(const Frame& before, const Frame& after) {
  Arena& arena = run_.arena();
  const ExecutionLog::Step& step = log_[log_.size() - 1];
  const WorkerId process = ended_process(step);
  if (process == kNoWorker && before.gone == after.gone) return;
  std::vector<std::uint16_t> looked_at;
  std::vector<ExecutionLog::Prevented> ended;
  for (std::uint32_t n = 0; n < arena.worker_count(); ++n) {
    const auto id = static_cast<WorkerId>(n);
    const WorkerSlot& other = arena.worker(id);
    if (id == step.worker || other.step.stand == Stand::absent) continue;
    const bool was_ended = after.gone.contains(id) && !before.gone.contains(id);
    if (was_ended || other.process == process) looked_at.push_back(names_.worker(id));
    if (was_ended) ended.push_back(prevented(id, before.sleeping.contains(id)));
  }
  if (!looked_at.empty()) log_.sweep(std::move(looked_at), std::move(ended));
}

/// What a worker that has just been ended from without would have done next.
ExecutionLog::Prevented Search::prevented(WorkerId id, bool was_asleep) {
  const WorkerSlot& slot = run_.arena().worker(id);
  ExecutionLog::Prevented result;
  result.step = {.print = {.worker = names_.worker(id)}, .worker = id, .call = slot.pending};
  result.was_possible = was_asleep;
  if (was_asleep) return result;
  Move move{.worker = id};
  const ObjectState& state = current_state(run_.arena().object(slot.pending.object));
  const StepIndex head = log_.head_of_worker(result.step.print.worker);
  const bool was_waiting = head != kNoStep && log_[head].kind == MoveKind::begin_to_wait;
  const Stand stand = was_waiting ? Stand::waiting : Stand::at_call;
  result.was_possible = move_of_call(slot.pending, state, stand, move);
  result.step.print.effect = result.was_possible ? move.effect : slot.pending.operation->effect;
  if (result.step.print.effect != Effect::none)
    result.step.print.location = names_.location(slot.pending.object, id);
  return result;
}

Footprint Search::print_of(const Move& move) {
  Footprint print{.location = names_.location(move),
                  .worker = names_.worker(move.worker),
                  .effect = move.effect,
                  .sweeping = move.operation == EventKind::terminate || move.operation == EventKind::kill};
  if (!print.writes() || !run_.runtime().has_private_words()) return print;
  const ObjectKind kind = run_.arena().object(move.object).kind;
  print.forks = kind == ObjectKind::process && move.operation == EventKind::worker_start;
  if (print.forks || kind == ObjectKind::global) {
    const WorkerId process = run_.arena().worker(move.worker).process;
    print.memory = static_cast<std::uint16_t>(names_.worker(process) + 1);
  }
  return print;
}

bool Search::is_asleep(const Frame& frame, const Footprint& print) const {
  const std::span<const Footprint> sleep = sleep_of(frame);
  return std::any_of(sleep.begin(), sleep.end(),
                     [&](const Footprint& sleeper) { return sleeper.worker == print.worker; });
}

/// The next branch's worker; if nothing says which, the one that moved last, else the first that is awake.
const Move* Search::choose(const Situation& situation, Frame& frame) {
  while (frame.pending != WakeupTrees::kNone) {
    const WakeupTrees::Node node = trees_.pop(frame.pending);
    for (const Move& move : situation.moves) {
      if (names_.worker(move.worker) != node.step.worker) continue;
      below_ = node.child;
      return &move;
    }
    trees_.release(node.child);  // not possible: the reversal was only thought to be
  }
  const Move* last = situation.move_of(situation.last);
  if (last != nullptr && is_asleep(frame, print_of(*last))) last = nullptr;
  if (last != nullptr && frame.in_a_row < kPatience) return last;
  for (const Move& move : situation.moves) {
    if (move.worker == situation.last || is_asleep(frame, print_of(move))) continue;
    if (last != nullptr) ++counts_.interrupted;
    return &move;
  }
  return last;
}

void Search::record(const Situation& situation, const Move& move, Footprint print) {
  Arena& arena = run_.arena();
  const WorkerSlot& slot = arena.worker(move.worker);
  const Announced step{.print = print,
                       .worker = move.worker,
                       .kind = move.kind,
                       .stand = slot.step.stand,
                       .preempts = situation.preempts(move.worker),
                       .call = slot.pending};
  const ObjectState* state = nullptr;
  if (print.location != 0 && can_wait_for(arena.object(move.object))) {
    state = &current_state(arena.object(move.object));
  }
  log_.push(step, state);
}

Choice Search::replayed(const Situation& situation) const {
  const Choice choice{log_[static_cast<StepIndex>(situation.step)].worker};
  if (situation.move_of(choice.worker) == nullptr) {
    throw std::runtime_error(
        "The program did something else when the same schedule was run again, so it cannot be explored.");
  }
  return choice;
}

Choice Search::next(const Situation& situation) {
  const std::uint32_t depth = situation.step;
  if (depth < replay_) return replayed(situation);
  if (depth == frames_.size()) open_frame(depth);
  if (depth >= max_steps_) {
    cut_ = true;
    return kHalt;
  }
  const Move* move = choose(situation, frames_[depth]);
  if (move == nullptr) {
    asleep_ = true;
    return kHalt;
  }
  record(situation, *move, print_of(*move));
  return {move->worker};
}

/// Workers that wait for what will not come race with those who took it.
void Search::collect_blocked() {
  Arena& arena = run_.arena();
  blocked_.clear();
  for (std::uint32_t id = 0; id < arena.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    const WorkerSlot& slot = arena.worker(worker);
    const bool at_call = slot.step.stand == Stand::at_call || slot.step.stand == Stand::waiting;
    Move move;
    if (!at_call || move_of(arena, worker, move)) continue;
    const Footprint print{.location = names_.location(slot.pending.object, worker),
                          .worker = names_.worker(worker),
                          .effect = slot.pending.operation->effect};
    blocked_.push_back({.print = print, .worker = worker, .stand = slot.step.stand, .call = slot.pending});
  }
}

void Search::reverse_races() {
  for (const RaceDetector::Race& race : races_.find(log_, static_cast<StepIndex>(replay_), blocked_)) {
    reversed(log_, race, sequence_);
    Frame& frame = frames_[static_cast<std::size_t>(race.earlier)];
    if (!begins_asleep(sleep_of(frame), sequence_)) trees_.insert(frame.pending, sequence_);
  }
}

/// Branches that were to be followed behind the last step.
void Search::drop_what_was_not_reached() {
  trees_.release(std::exchange(below_, WakeupTrees::kNone));
  const auto steps = static_cast<std::size_t>(log_.size());
  if (frames_.size() > steps) trees_.release(std::exchange(frames_[steps].pending, WakeupTrees::kNone));
}

bool Search::advance() {
  names_.forget();
  asleep_ = cut_ = false;
  const FiberEnd end = run_.run_unseen(*this);
  cut_ = cut_ || (end.halted && !asleep_);  // a limit of the sandbox
  drop_what_was_not_reached();
  if (frames_.size() == static_cast<std::size_t>(log_.size())) {  // the end, where nobody was asked
    Frame last;
    look_at_workers(last);
    if (!frames_.empty()) note_sweep(frames_.back(), last);
  }
  collect_blocked();
  reverse_races();
  if (asleep_) {
    ++counts_.redundant;
  } else {
    ++(cut_ ? counts_.cut : counts_.complete);
    if (on_execution_) on_execution_({log_, end, run_});
  }
  return backtrack();
}

/// Goes back to the deepest state from which something is left to be explored.
bool Search::backtrack() {
  for (std::size_t depth = frames_.size(); depth-- > 0;) {
    Frame& frame = frames_[depth];
    if (frame.pending == WakeupTrees::kNone) continue;
    sleep_.resize(frame.sleep_end);
    sleep_.push_back(log_[static_cast<StepIndex>(depth)].print);
    ++frame.sleep_end;
    ++frame.explored;
    log_.truncate(static_cast<StepIndex>(depth));
    frames_.resize(depth + 1);
    replay_ = static_cast<std::uint32_t>(depth);
    return true;
  }
  is_over_ = true;
  return false;
}

double Search::fraction() const {
  if (is_over_) return 1;
  double done = 0;
  double share = 1;
  for (const Frame& frame : frames_) {
    const auto branches = static_cast<double>(frame.explored + 1 + trees_.length(frame.pending));
    done += share * frame.explored / branches;
    share /= branches;
  }
  return done;
}

}  // namespace lockstep::dpor
