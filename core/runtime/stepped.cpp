#include "core/runtime/stepped.hpp"

#include <algorithm>
#include <cassert>

#include "core/runtime/apply.hpp"
#include "core/runtime/death.hpp"
#include "core/runtime/holders.hpp"
#include "core/schedule/schedule.hpp"

namespace lockstep {
namespace {

/// Adds a value to a digest; also a 0 to the digest 0 changes it.
std::uint64_t mixed(std::uint64_t digest, std::uint64_t value) {
  digest = (digest ^ value) * 0x9E37'79B9'7F4A'7C15 + 0xD1B5'4A32'D192'ED03;
  return digest ^ (digest >> 32);
}

bool is_timed(const PendingCall& call) { return call.timeout_ns > 0; }

/// What a time-out or a begun wait does to the object.
Effect effect_of(StateChange change) { return change == nullptr ? Effect::reads : Effect::writes; }

/// Whether the move has to wait for the clock.
bool is_timely(const Move& move) { return move.kind == MoveKind::wake || move.kind == MoveKind::time_out; }

std::size_t in_clock_order(MoveBuffer& moves, std::size_t count) {
  const auto end = moves.begin() + static_cast<std::ptrdiff_t>(count);
  const auto others = std::stable_partition(moves.begin(), end, [](const Move& m) { return !is_timely(m); });
  if (others != moves.begin()) return static_cast<std::size_t>(others - moves.begin());
  moves[0] =
      *std::min_element(moves.begin(), end, [](const Move& a, const Move& b) { return a.due < b.due; });
  return count == 0 ? 0 : 1;
}

}  // namespace

bool move_of_call(const PendingCall& call, const ObjectState& state, Stand stand, Move& move) {
  const Operation& operation = *call.operation;
  move.object = call.object;
  move.operation = call.kind;
  if (is_ready(call, state, move.worker)) {
    move.kind = MoveKind::perform;
    move.effect = operation.effect;
  } else if (call.timeout_ns == 0) {
    move.kind = MoveKind::would_block;
    move.effect = effect_of(operation.expire);
  } else if (stand == Stand::at_call && operation.enter != nullptr) {
    move.kind = MoveKind::begin_to_wait;
    move.effect = Effect::writes;
  } else if (is_timed(call)) {
    move.kind = MoveKind::time_out;
    move.effect = effect_of(operation.expire);
  } else {
    return false;
  }
  return true;
}

bool move_of(Arena& arena, WorkerId worker, Move& move) {
  const WorkerSlot& slot = arena.worker(worker);
  const StepSlot& step = slot.step;
  move = Move{.worker = worker};
  switch (step.stand) {
    case Stand::at_call:
    case Stand::waiting: {
      const ObjectState& state = current_state(arena.object(slot.pending.object));
      if (!move_of_call(slot.pending, state, step.stand, move)) move.worker = kNoWorker;
      if (move.kind == MoveKind::time_out) move.due = step.due;
      break;
    }
    case Stand::sleeping:
      move.kind = MoveKind::wake;
      move.operation = EventKind::sleep_end;
      move.effect = Effect::none;
      move.due = step.due;
      break;
    case Stand::dying:
      move.kind = MoveKind::die;
      move.operation = EventKind::worker_killed;
      // First its copies of the ends of pipes go, one a step, then itself.
      move.object = step.signal == 0 ? kNoObject : next_pipe_of(arena, worker);
      if (move.object == kNoObject) move.object = slot.object;
      if (step.signal == 0) move.worker = kNoWorker;
      break;
    case Stand::absent:
    case Stand::busy:
    case Stand::ended: move.worker = kNoWorker; break;
  }
  return move.worker != kNoWorker;
}

std::vector<Choice> choices_made(Arena& arena) {
  const StepControl& control = arena.header().step;
  const auto* const first = control.choices.data();
  return {first, first + control.steps.load(std::memory_order_relaxed)};
}

Situation situation_of(Arena& arena, MoveBuffer& buffer) {
  const StepControl& control = arena.header().step;
  const std::uint32_t workers = arena.worker_count();
  std::size_t count = 0;
  for (std::uint32_t id = 0; id < workers; ++id) {
    if (move_of(arena, static_cast<WorkerId>(id), buffer[count])) ++count;
  }
  if (control.rule == SleepRule::clock_order && count > 0) count = in_clock_order(buffer, count);
  return {std::span<const Move>(buffer.data(), count), control.last,
          control.steps.load(std::memory_order_relaxed)};
}

bool is_possible(Arena& arena, Choice choice) {
  if (choice.worker >= arena.worker_count()) return false;
  Move move;
  const bool has_move = move_of(arena, choice.worker, move);
  if (!choice.by_hand) return has_move;
  const bool can_wait = arena.worker(choice.worker).step.stand == Stand::at_call;
  return can_wait && (!has_move || move.kind == MoveKind::time_out);
}

RunTime SteppedRuntime::now() const {
  return control_.rule == SleepRule::clock_order ? control_.clock : arena_.worker(self()).step.clock;
}

// SplitMix64, as in the live runtime: a live run and its schedule draw the same numbers.
std::uint64_t SteppedRuntime::choose(std::uint64_t n) {
  assert(n >= 1);
  return next_random(arena_.worker(self()).step.random) % n;
}

void SteppedRuntime::enter(WorkerId worker) {
  StepSlot& step = arena_.worker(worker).step;
  step.clock = 0;
  step.history = 1;  // not 0, which mixing in zeros would leave at 0
  step.random = first_random(arena_.header().seed, worker);
  step.stand = Stand::busy;
}

void SteppedRuntime::stamp_and_record(Event& event, WorkerId worker) {
  // The step that goes on is the last one booked; what precedes the first one belongs to it.
  const std::uint32_t steps = control_.steps.load(std::memory_order_relaxed);
  event.time =
      static_cast<std::uint64_t>(steps == 0 ? 0 : steps - 1) * static_cast<std::uint64_t>(kStepTime) +
      control_.events_in_step++;
  event.worker = worker;
  if (!marking_) return record(event);
  const bool is_text = argument_of(event.kind) == ArgumentType::text || event.value().type == ValueType::text;
  const std::uint64_t what = std::uint64_t{worker} << 48 | std::uint64_t{event.object} << 32 |
                             std::uint64_t{static_cast<std::uint8_t>(event.kind)} << 8 | event.flags;
  std::uint64_t digest = mixed(control_.digest.load(std::memory_order_relaxed), what);
  // What a Local holds was told by other events, or is a process id or a time.
  if (!is_text && event.kind != EventKind::local_set)
    digest = mixed(digest, static_cast<std::uint64_t>(event.arg));
  control_.digest.store(digest, std::memory_order_relaxed);
  record(event);
}

void SteppedRuntime::commit(ObjectSlot& object, Event&& event, WorkerId worker) {
  const std::uint32_t next = object.seq.load(std::memory_order_relaxed) + 1;
  event.seq = next;
  stamp_and_record(event, worker);
  object.seq.store(next, std::memory_order_release);
  if (object.waiters.empty()) return;
  // Who becomes able to go on because of this, and who no longer is.
  object.waiters.each([&](WorkerId id) {
    WorkerSlot& waiter = arena_.worker(id);
    if (id == worker) return;
    if (!is_ready(waiter.pending, current_state(object), id)) {
      waiter.waker_seq = 0;
    } else if (waiter.waker_seq == 0) {
      waiter.waker_seq = next;
    }
  });
}

void SteppedRuntime::begin_to_wait(WorkerId worker) {
  WorkerSlot& slot = arena_.worker(worker);
  ObjectSlot& object = arena_.object(slot.pending.object);
  slot.ticket = object.next_ticket++;
  slot.waker_seq = 0;
  object.waiters.insert(worker);
  commit(object,
         prepare_without(object, slot.pending, worker, EventKind::block, slot.pending.operation->enter),
         worker);
  slot.step.stand = Stand::waiting;
}

void SteppedRuntime::finish_wait(WorkerId worker) {
  WorkerSlot& slot = arena_.worker(worker);
  arena_.object(slot.pending.object).waiters.erase(worker);
}

/// Makes the move that self() was chosen for; true if the call is over with it.
bool SteppedRuntime::make_move(WorkerSlot& slot, void* context, Reply& reply) {
  const WorkerId me = self();
  const PendingCall& call = slot.pending;
  ObjectSlot& object = arena_.object(call.object);
  switch (chosen_kind(me)) {
    case MoveKind::perform: {
      const bool waited = slot.step.stand == Stand::waiting;
      finish_wait(me);
      commit(object, apply_call(arena_, me, call, context, waited, reply), me);
      return true;
    }
    case MoveKind::would_block:
      commit(object, prepare_without(object, call, me, EventKind::would_block, call.operation->expire), me);
      reply.status = Reply::Status::would_block;
      return true;
    case MoveKind::time_out:
      if (slot.step.stand == Stand::at_call) begin_to_wait(me);
      finish_wait(me);
      commit(object, prepare_without(object, call, me, EventKind::timed_out, call.operation->expire), me);
      reply.status = Reply::Status::timed_out;
      return true;
    case MoveKind::begin_to_wait:
    case MoveKind::wake:
    case MoveKind::die: break;
  }
  begin_to_wait(me);
  return false;
}

Reply SteppedRuntime::perform(const PendingCall& call, void* context) {
  WorkerSlot& slot = arena_.worker(self());
  slot.pending = call;
  if (is_timed(call)) slot.step.due = now() + call.timeout_ns;
  if (slot.step.stand != Stand::dying) slot.step.stand = Stand::at_call;  // dying: it has killed itself
  Reply reply;
  do {
    yield();
  } while (!make_move(slot, context, reply));
  slot.step.stand = Stand::busy;
  slot.step.history = mixed(mixed(slot.step.history, static_cast<std::uint64_t>(reply.status)),
                            static_cast<std::uint64_t>(reply.result.bits));
  return reply;
}

void SteppedRuntime::note(Event event) {
  if (event.object == kNoObject) {
    stamp_and_record(event, self());
  } else {
    commit(arena_.object(event.object), std::move(event), self());
  }
}

void SteppedRuntime::sleep(RunTime duration, TextId activity, SiteId site) {
  const Event begin{.arg = duration, .extra = activity, .site = site, .kind = EventKind::sleep_begin};
  pass_time(duration, begin, EventKind::sleep_end);
}

void SteppedRuntime::compute(RunTime duration, TextId activity, SiteId site) {
  const Event begin{.arg = duration, .extra = activity, .site = site, .kind = EventKind::compute_begin};
  pass_time(duration, begin, EventKind::compute_end);
}

void SteppedRuntime::pass_time(RunTime duration, Event begin, EventKind end) {
  StepSlot& step = arena_.worker(self()).step;
  const SiteId site = begin.site;
  note(begin);
  step.due = now() + duration;
  step.sleep_site = site;
  if (step.stand != Stand::dying) step.stand = Stand::sleeping;
  yield();
  step.stand = Stand::busy;
  step.history = mixed(step.history, static_cast<std::uint64_t>(duration));
  note(Event{.site = site, .kind = end});
}

void SteppedRuntime::signal(WorkerId child, int number) {
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    const WorkerSlot& slot = arena_.worker(worker);
    StepSlot& step = arena_.worker(worker).step;
    if (slot.process != child || step.stand == Stand::absent || step.stand == Stand::ended) continue;
    if (step.stand == Stand::waiting) finish_wait(worker);
    step.stand = Stand::dying;
    step.signal = worker == child ? static_cast<std::uint8_t>(number) : 0;
  }
}

bool SteppedRuntime::lose_pipe(WorkerId worker) {
  const bool whole_process = arena_.worker(worker).process == worker;
  const ObjectId pipe = whole_process ? next_pipe_of(arena_, worker) : kNoObject;
  if (pipe == kNoObject) return false;
  commit(arena_.object(pipe), prepare_loss(arena_, pipe, worker), worker);
  return true;
}

void SteppedRuntime::record_end(WorkerId worker, EventKind kind, int signal) {
  while (lose_pipe(worker)) {
  }
  WorkerSlot& slot = arena_.worker(worker);
  if (slot.step.stand == Stand::waiting) finish_wait(worker);
  slot.step.stand = Stand::ended;
  ObjectSlot& own = arena_.object(slot.object);
  ObjectState& next = own.states[(own.seq.load(std::memory_order_relaxed) + 1) & 1];
  next = current_state(own);
  next.value = stage_ended;
  next.limit = -signal;
  commit(own, Event{.arg = signal, .object = slot.object, .kind = kind}, worker);
  slot.lifecycle.store(Lifecycle::ended, std::memory_order_release);
}

void SteppedRuntime::leave(WorkerId worker) {
  arena_.worker(worker).step.stand = Stand::ended;
  if (arena_.worker(worker).process != worker) return;
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto other = static_cast<WorkerId>(id);
    const WorkerSlot& slot = arena_.worker(other);
    const bool goes_on = slot.step.stand != Stand::absent && slot.step.stand != Stand::ended;
    if (slot.process != worker || !goes_on) continue;
    record_end(other, EventKind::worker_cut_off, 0);
    abandon(other);
  }
}

void SteppedRuntime::book(Choice choice) {
  const std::uint32_t step = control_.steps.load(std::memory_order_relaxed);
  if (is_timely(chosen_)) {
    StepSlot& slot = arena_.worker(choice.worker).step;
    slot.clock = std::max(slot.clock, chosen_.due);
    control_.clock = std::max(control_.clock, chosen_.due);
  }
  control_.choices[step] = choice;
  control_.last = choice.worker;
  control_.events_in_step = 0;
  control_.steps.store(step + 1, std::memory_order_release);
}

/// Nobody can move: whoever would have to wait begins to, so that the record says what each waits for.
void SteppedRuntime::settle() {
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    if (arena_.worker(worker).step.stand == Stand::at_call) begin_to_wait(worker);
  }
}

void SteppedRuntime::mark_step() {
  const std::uint32_t steps = control_.steps.load(std::memory_order_relaxed);
  if (steps > 0 && marking_)
    control_.marks[steps - 1] = mark_of(control_.digest.load(std::memory_order_relaxed));
}

void SteppedRuntime::carry_out_death(WorkerId worker) {
  const int signal = arena_.worker(worker).step.signal;
  deliver(worker, signal);
  const bool cut_off = arena_.worker(worker).cut_off.load(std::memory_order_relaxed);
  record_end(worker, cut_off ? EventKind::worker_cut_off : EventKind::worker_killed, cut_off ? 0 : signal);
  abandon(worker);
  leave(worker);
}

/// The same as situation_of. A move follows from what its worker has announced, which its history tells, and
/// from its object's state: it is computed again only when one of them has changed.
Situation SteppedRuntime::look() {
  const std::uint32_t workers = arena_.worker_count();
  if (known_.size() < workers) known_.resize(workers);
  std::size_t count = 0;
  for (std::uint32_t id = 0; id < workers; ++id) {
    const WorkerSlot& slot = arena_.worker(static_cast<WorkerId>(id));
    const Stand stand = slot.step.stand;
    if (stand == Stand::ended || stand == Stand::absent) continue;
    if (stand != Stand::at_call && stand != Stand::waiting) {
      if (move_of(arena_, static_cast<WorkerId>(id), moves_[count])) ++count;
      continue;
    }
    KnownMove& known = known_[id];
    const std::uint32_t seq = arena_.object(slot.pending.object).seq.load(std::memory_order_relaxed);
    const bool same = known.history == slot.step.history && known.seq == seq && known.stand == stand;
    if (same && !known.is_possible) continue;
    if (!same || moves_[known.place].worker != id) {
      const bool is_possible = move_of(arena_, static_cast<WorkerId>(id), moves_[count]);
      known = {slot.step.history, seq, static_cast<std::uint16_t>(count), stand, is_possible};
      if (!is_possible) continue;
    } else if (known.place != count) {
      moves_[count] = moves_[known.place];
      known.place = static_cast<std::uint16_t>(count);
    }
    ++count;
  }
  if (control_.rule == SleepRule::clock_order && count > 0) count = in_clock_order(moves_, count);
  return {std::span<const Move>(moves_.data(), count), control_.last,
          control_.steps.load(std::memory_order_relaxed)};
}

/// Notes down what the choice means; begin_to_wait if it is made by hand.
void SteppedRuntime::fix_choice(const Situation& situation, Choice choice) {
  const Move* const move = situation.move_of(choice.worker);
  if (move != nullptr && !choice.by_hand) {
    chosen_ = *move;
  } else {
    assert(is_possible(arena_, choice) && "a scheduler names one of the moves");
    move_of(arena_, choice.worker, chosen_);  // one that clock_order leaves out
    if (choice.by_hand) chosen_ = {.worker = choice.worker, .kind = MoveKind::begin_to_wait};
  }
  chosen_at_ = situation.step + 1;
}

/// What `me` was chosen for: by this object, or in another process, where nothing is left but the choice.
MoveKind SteppedRuntime::chosen_kind(WorkerId me) {
  const std::uint32_t steps = control_.steps.load(std::memory_order_relaxed);
  if (chosen_at_ == steps) return chosen_.kind;
  Move move;
  const bool by_hand = control_.choices[steps - 1].by_hand;
  return by_hand || !move_of(arena_, me, move) ? MoveKind::begin_to_wait : move.kind;
}

void SteppedRuntime::forget_moves() {
  known_.clear();
  chosen_at_ = 0;
}

WorkerId SteppedRuntime::decide(Scheduler& scheduler) {
  for (;;) {
    mark_step();
    const Situation situation = look();
    if (situation.moves.empty()) {
      settle();
      mark_step();
      return kNoWorker;
    }
    if (situation.step == kMaxSteps) return kNoWorker;
    const Choice choice = scheduler.next(situation);
    if (choice.worker == kNoWorker) return kNoWorker;
    fix_choice(situation, choice);
    book(choice);
    if (chosen_.kind != MoveKind::die) return choice.worker;
    if (!lose_pipe(choice.worker)) carry_out_death(choice.worker);
  }
}

}  // namespace lockstep
