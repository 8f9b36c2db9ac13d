#include "core/runtime/stepped.hpp"

#include <algorithm>
#include <cassert>

#include "core/runtime/death.hpp"
#include "core/runtime/holders.hpp"
#include "core/runtime/hopeless.hpp"
#include "core/schedule/schedule.hpp"

namespace lockstep {
namespace {

/// Adds a value to a digest; also a 0 to the digest 0 changes it.
std::uint64_t mixed(std::uint64_t digest, std::uint64_t value) {
  digest = (digest ^ value) * 0x9E37'79B9'7F4A'7C15 + 0xD1B5'4A32'D192'ED03;
  return digest ^ (digest >> 32);
}

/// Whether FiberEnd, how a run ended, depends on such events.
constexpr bool decides_end(EventKind kind) {
  return kind == EventKind::check || kind == EventKind::worker_end || kind == EventKind::worker_killed ||
         kind == EventKind::terminate || kind == EventKind::kill;
}

}  // namespace

template <class Moves>
RunTime SteppedRuntime<Moves>::now() const {
  return control_.rule == SleepRule::clock_order ? control_.clock : arena_.worker(self()).step.clock;
}

// SplitMix64, as in the live runtime: a live run and its schedule draw the same numbers.
template <class Moves>
std::uint64_t SteppedRuntime<Moves>::choose(std::uint64_t n) {
  assert(n >= 1);
  return next_random(arena_.worker(self()).step.random) % n;
}

template <class Moves>
void SteppedRuntime<Moves>::enter(WorkerId worker) {
  StepSlot& step = arena_.worker(worker).step;
  step.clock = 0;
  step.history = 1;  // not 0, which mixing in zeros would leave at 0
  step.random = first_random(arena_.header().seed, worker);
  step.stand = Stand::busy;
  moves_.entered(worker);
}

/// Gives the event its time and takes it into the digest.
template <class Moves>
void SteppedRuntime<Moves>::stamp(Event& event) {
  // The step that goes on is the last one booked; what precedes the first one belongs to it.
  const std::uint32_t steps = control_.steps.load(std::memory_order_relaxed);
  event.time =
      static_cast<std::uint64_t>(steps == 0 ? 0 : steps - 1) * static_cast<std::uint64_t>(kStepTime) +
      control_.events_in_step++;
  const bool is_text = argument_of(event.kind) == ArgumentType::text || event.value().type == ValueType::text;
  const std::uint64_t what = std::uint64_t{event.worker} << 48 | std::uint64_t{event.object} << 32 |
                             std::uint64_t{static_cast<std::uint8_t>(event.kind)} << 8 | event.flags;
  std::uint64_t digest = mixed(control_.digest.load(std::memory_order_relaxed), what);
  // What a Local holds was told by other events, or is a process id or a time.
  if (!is_text && event.kind != EventKind::local_set)
    digest = mixed(digest, static_cast<std::uint64_t>(event.arg));
  control_.digest.store(digest, std::memory_order_relaxed);
}

template <class Moves>
inline void SteppedRuntime<Moves>::stamp_and_record(Event& event, WorkerId worker) {
  if (!is_recorded_ && !decides_end(event.kind)) return;
  event.worker = worker;
  if (is_recorded_) stamp(event);
  record(event);
}

// FiberRuntime::perform is one function with all that each step does; what few steps do stays out of it, so
// that it finds room in the registers: hence noinline.

/// Who becomes able to go on because of the operation `seq` of the worker, and who no longer is.
template <class Moves>
void SteppedRuntime<Moves>::note_wakers(const ObjectSlot& object, WorkerId worker, std::uint32_t seq) {
  object.waiters.each([&](WorkerId id) {
    WorkerSlot& waiter = arena_.worker(id);
    if (id == worker) return;
    if (!is_ready(waiter.pending, current_state(object), id)) {
      waiter.waker_seq = 0;
    } else if (waiter.waker_seq == 0) {
      waiter.waker_seq = seq;
    }
  });
}

/// The next state of the object becomes its current one.
template <class Moves>
inline void SteppedRuntime<Moves>::advance(ObjectSlot& object, ObjectId id, WorkerId worker) {
  const std::uint32_t next = object.seq.load(std::memory_order_relaxed) + 1;
  object.seq.store(next, std::memory_order_release);
  moves_.object_changed(id, worker);
  if (is_recorded_ && !object.waiters.empty()) note_wakers(object, worker, next);
}

template <class Moves>
void SteppedRuntime<Moves>::commit(ObjectSlot& object, Event&& event, WorkerId worker) {
  event.seq = object.seq.load(std::memory_order_relaxed) + 1;
  stamp_and_record(event, worker);
  advance(object, event.object, worker);
}

template <class Moves>
void SteppedRuntime<Moves>::begin_to_wait(WorkerId worker) {
  WorkerSlot& slot = arena_.worker(worker);
  ObjectSlot& object = arena_.object(slot.pending.object);
  slot.ticket = object.next_ticket++;
  slot.waker_seq = 0;
  object.waiters.insert(worker);
  commit(object,
         prepare_without(object, slot.pending, worker, EventKind::block, slot.pending.operation->enter),
         worker);
  stand_at(worker, Stand::waiting);
}

template <class Moves>
inline void SteppedRuntime<Moves>::finish_wait(WorkerId worker) {
  WorkerSlot& slot = arena_.worker(worker);
  arena_.object(slot.pending.object).waiters.erase(worker);
}

/// Does what was announced and is possible.
template <class Moves>
inline void SteppedRuntime<Moves>::carry_out(WorkerId me, const PendingCall& call, void* context, bool waited,
                                             Reply& reply) {
  ObjectSlot& object = arena_.object(call.object);
  const Application application = applied(arena_, object, me, call, context, reply);
  if (is_recorded_ || reply.status == Reply::Status::error || decides_end(call.kind)) {
    commit(object, event_of(application, waited), me);
  } else {
    advance(object, call.object, me);
  }
}

/// Makes the move that `me`, which has the turn, was chosen for; true if the call is over with it.
template <class Moves>
bool SteppedRuntime<Moves>::make_rare_move(WorkerId me, WorkerSlot& slot, MoveKind kind, void* context,
                                           Reply& reply) {
  const PendingCall& call = slot.pending;
  ObjectSlot& object = arena_.object(call.object);
  switch (kind) {
    case MoveKind::perform:
      finish_wait(me);
      carry_out(me, call, context, true, reply);
      return true;
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
    case MoveKind::lose_pipe:
      lose_next_pipe(me);
      cut_off_threads(me);
      return false;
    case MoveKind::begin_to_wait:
    case MoveKind::wake:
    case MoveKind::die: break;
  }
  begin_to_wait(me);
  return false;
}

template <class Moves>
Reply SteppedRuntime<Moves>::perform(const PendingCall& call, void* context) {
  const WorkerId me = self();
  WorkerSlot& slot = arena_.worker(me);
  slot.pending = call;
  if (call.timeout_ns > 0) slot.step.due = now() + call.timeout_ns;
  const bool is_dying = slot.step.stand == Stand::dying;  // it has killed itself
  if (is_dying || ends_process(call, slot, me)) [[unlikely]] {
    if (!is_dying) stand_at(me, slot, Stand::ending);
  } else {
    slot.step.stand = Stand::at_call;
    moves_.announced(me, call);
  }
  Reply reply;
  for (bool is_over = false; !is_over;) {
    yield();
    const MoveKind kind = chosen_kind(me);
    if (kind == MoveKind::perform && slot.step.stand != Stand::waiting) [[likely]] {
      carry_out(me, call, context, false, reply);
      is_over = true;
    } else {
      is_over = make_rare_move(me, slot, kind, context, reply);
    }
  }
  slot.step.stand = Stand::busy;
  if (has_histories_) {
    slot.step.history = mixed(mixed(slot.step.history, static_cast<std::uint64_t>(reply.status)),
                              static_cast<std::uint64_t>(reply.result.bits));
  }
  return reply;
}

template <class Moves>
void SteppedRuntime<Moves>::note(Event event) {
  if (event.object == kNoObject) {
    stamp_and_record(event, self());
  } else {
    commit(arena_.object(event.object), std::move(event), self());
  }
}

template <class Moves>
void SteppedRuntime<Moves>::sleep(RunTime duration, TextId activity, SiteId site) {
  const Event begin{.arg = duration, .extra = activity, .site = site, .kind = EventKind::sleep_begin};
  pass_time(duration, begin, EventKind::sleep_end);
}

template <class Moves>
void SteppedRuntime<Moves>::compute(RunTime duration, TextId activity, SiteId site) {
  const Event begin{.arg = duration, .extra = activity, .site = site, .kind = EventKind::compute_begin};
  pass_time(duration, begin, EventKind::compute_end);
}

template <class Moves>
void SteppedRuntime<Moves>::pass_time(RunTime duration, Event begin, EventKind end) {
  const WorkerId me = self();
  StepSlot& step = arena_.worker(me).step;
  const SiteId site = begin.site;
  note(begin);
  step.due = now() + duration;
  step.sleep_site = site;
  if (step.stand != Stand::dying) stand_at(me, Stand::sleeping);
  yield();
  step.stand = Stand::busy;
  step.history = mixed(step.history, static_cast<std::uint64_t>(duration));
  note(Event{.site = site, .kind = end});
}

template <class Moves>
void SteppedRuntime<Moves>::note_the_hopeless(WorkerId process) {
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    const WorkerSlot& slot = arena_.worker(worker);
    const bool may_wait = slot.step.stand == Stand::at_call || slot.step.stand == Stand::waiting;
    if (slot.process != process || !may_wait) continue;
    const Root root = root_of(arena_, worker, true);
    if (root.kind != Root::Kind::moves) hopeless_ended(worker, root.kind);
  }
}

template <class Moves>
void SteppedRuntime<Moves>::signal(WorkerId child, int number) {
  note_the_hopeless(child);
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    const WorkerSlot& slot = arena_.worker(worker);
    StepSlot& step = arena_.worker(worker).step;
    if (slot.process != child || step.stand == Stand::absent || step.stand == Stand::ended) continue;
    if (step.stand == Stand::waiting) finish_wait(worker);
    step.signal = worker == child ? static_cast<std::uint8_t>(number) : 0;
    stand_at(worker, Stand::dying);
  }
}

template <class Moves>
bool SteppedRuntime<Moves>::lose_next_pipe(WorkerId process) {
  return lose_pipe(arena_, process, kNoWorker,
                   [&](ObjectSlot& pipe, Event&& event) { commit(pipe, std::move(event), process); });
}

template <class Moves>
void SteppedRuntime<Moves>::record_end(WorkerId worker, EventKind kind, int signal) {
  while (lose_next_pipe(worker)) {
  }
  WorkerSlot& slot = arena_.worker(worker);
  if (slot.step.stand == Stand::waiting) finish_wait(worker);
  stand_at(worker, Stand::ended);
  ObjectSlot& own = arena_.object(slot.object);
  ObjectState& next = own.states[(own.seq.load(std::memory_order_relaxed) + 1) & 1];
  next = current_state(own);
  next.value = stage_ended;
  next.limit = -signal;
  commit(own, Event{.arg = signal, .object = slot.object, .kind = kind}, worker);
  slot.lifecycle.store(Lifecycle::ended, std::memory_order_release);
}

template <class Moves>
void SteppedRuntime<Moves>::leave(WorkerId worker) {
  stand_at(worker, Stand::ended);
  if (arena_.worker(worker).process == worker) cut_off_threads(worker);
}

template <class Moves>
void SteppedRuntime<Moves>::cut_off_threads(WorkerId process) {
  note_the_hopeless(process);
  arena_.worker(process).ending.store(true, std::memory_order_relaxed);  // should the run go on live
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto other = static_cast<WorkerId>(id);
    const WorkerSlot& slot = arena_.worker(other);
    const bool goes_on = slot.step.stand != Stand::absent && slot.step.stand != Stand::ended;
    if (slot.process != process || other == process || !goes_on) continue;
    record_end(other, EventKind::worker_cut_off, 0);
    abandon(other);
  }
}

template <class Moves>
inline void SteppedRuntime<Moves>::book(Choice choice) {
  const std::uint32_t step = control_.steps.load(std::memory_order_relaxed);
  control_.choices[step] = choice;
  control_.last = choice.worker;
  if (is_recorded_) control_.events_in_step = 0;
  control_.steps.store(step + 1, std::memory_order_release);
}

template <class Moves>
void SteppedRuntime<Moves>::settle(bool anyone_moves) {
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    if (arena_.worker(worker).step.stand != Stand::at_call) continue;
    if (!anyone_moves || root_of(arena_, worker, true).kind != Root::Kind::moves) begin_to_wait(worker);
  }
  if (is_recorded_) mark_step();
}

template <class Moves>
void SteppedRuntime<Moves>::mark_step() {
  const std::uint32_t steps = control_.steps.load(std::memory_order_relaxed);
  if (steps > 0) control_.marks[steps - 1] = mark_of(control_.digest.load(std::memory_order_relaxed));
}

template <class Moves>
void SteppedRuntime<Moves>::carry_out_death(WorkerId worker) {
  const int signal = arena_.worker(worker).step.signal;
  deliver(worker, signal);
  const bool cut_off = arena_.worker(worker).cut_off.load(std::memory_order_relaxed);
  record_end(worker, cut_off ? EventKind::worker_cut_off : EventKind::worker_killed, cut_off ? 0 : signal);
  abandon(worker);
  leave(worker);
}

/// Notes down what was chosen.
template <class Moves>
inline void SteppedRuntime<Moves>::fix_choice(const Move& move, std::uint32_t step) {
  chosen_ = move.kind;
  if constexpr (!Moves::kDecidesAlone) chosen_at_ = step + 1;
  if (!is_timely(move)) [[likely]]
    return;
  StepSlot& slot = arena_.worker(move.worker).step;
  slot.clock = std::max(slot.clock, move.due);
  control_.clock = std::max(control_.clock, move.due);
}

/// The same of a choice that is made by hand, or that clock_order leaves out.
template <class Moves>
void SteppedRuntime<Moves>::fix_rare_choice(Choice choice, std::uint32_t step) {
  assert(is_possible(arena_, choice) && "a scheduler names one of the moves");
  Move move;
  move_of(arena_, choice.worker, move);
  if (choice.by_hand) move = {.worker = choice.worker, .kind = MoveKind::begin_to_wait};
  fix_choice(move, step);
}

/// What `me` was chosen for: by this object, or in another process, where nothing is left but the choice.
template <class Moves>
inline MoveKind SteppedRuntime<Moves>::chosen_kind(WorkerId me) {
  if constexpr (Moves::kDecidesAlone) return chosen_;
  const std::uint32_t steps = control_.steps.load(std::memory_order_relaxed);
  if (chosen_at_ == steps) [[likely]]
    return chosen_;
  Move move;
  const bool by_hand = control_.choices[steps - 1].by_hand;
  return by_hand || !move_of(arena_, me, move) ? MoveKind::begin_to_wait : move.kind;
}

template <class Moves>
void SteppedRuntime<Moves>::forget_moves() {
  moves_.clear();
  chosen_at_ = 0;
}

template <class Moves>
WorkerId SteppedRuntime<Moves>::decide(Scheduler& scheduler) {
  for (;;) {
    const Situation situation = moves_.situation();
    if (is_recorded_ || situation.moves.empty()) [[unlikely]]
      settle(!situation.moves.empty());
    if (situation.moves.empty() || situation.step == kMaxSteps) [[unlikely]]
      return kNoWorker;
    const Choice choice = scheduler.next(situation);
    if (choice.worker == kNoWorker) [[unlikely]]
      return kNoWorker;
    const Move* const move = situation.move_of(choice.worker);
    if (move != nullptr && !choice.by_hand) [[likely]] {
      fix_choice(*move, situation.step);
    } else {
      fix_rare_choice(choice, situation.step);
    }
    book(choice);
    if (chosen_ != MoveKind::die) [[likely]]
      return choice.worker;
    if (!lose_next_pipe(choice.worker)) carry_out_death(choice.worker);
  }
}

template class SteppedRuntime<MoveTable>;
template class SteppedRuntime<FoundMoves>;

}  // namespace lockstep
