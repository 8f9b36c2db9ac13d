#include "core/runtime/moves.hpp"

#include <algorithm>
#include <utility>

#include "core/runtime/holders.hpp"

namespace lockstep {
namespace {

/// What a time-out or a begun wait does to the object.
Effect effect_of(StateChange change) { return change == nullptr ? Effect::reads : Effect::writes; }

std::size_t in_clock_order(MoveBuffer& moves, std::size_t count) {
  const auto end = moves.begin() + static_cast<std::ptrdiff_t>(count);
  const auto others = std::stable_partition(moves.begin(), end, [](const Move& m) { return !is_timely(m); });
  if (others != moves.begin()) return static_cast<std::size_t>(others - moves.begin());
  moves[0] =
      *std::min_element(moves.begin(), end, [](const Move& a, const Move& b) { return a.due < b.due; });
  return count == 0 ? 0 : 1;
}

/// The move of a worker with what it has announced and is possible.
inline Move move_with(const PendingCall& call, WorkerId worker) {
  return {.worker = worker, .object = call.object, .operation = call.kind, .effect = call.operation->effect};
}

/// The move, with move.worker, where that is not possible; `due` is left out.
inline bool move_without(const PendingCall& call, Stand stand, Move& move) {
  const Operation& operation = *call.operation;
  if (call.timeout_ns == 0) {
    move.kind = MoveKind::would_block;
    move.effect = effect_of(operation.expire);
  } else if (stand == Stand::at_call && operation.enter != nullptr) {
    move.kind = MoveKind::begin_to_wait;
    move.effect = Effect::writes;
  } else if (call.timeout_ns > 0) {
    move.kind = MoveKind::time_out;
    move.effect = effect_of(operation.expire);
  } else {
    return false;
  }
  move.object = call.object;
  move.operation = call.kind;
  return true;
}

}  // namespace

bool move_of_call(const PendingCall& call, const ObjectState& state, Stand stand, Move& move) {
  if (!is_ready(call, state, move.worker)) return move_without(call, stand, move);
  move = move_with(call, move.worker);
  return true;
}

namespace {

bool has_announced(const WorkerSlot& slot) {
  return slot.step.stand == Stand::at_call || slot.step.stand == Stand::waiting;
}

/// The move, with move.worker, of one that has announced a call.
bool announced_move(const Arena& arena, const WorkerSlot& slot, const PendingCall& call, Move& move) {
  const ObjectState& state = current_state(arena.object(call.object));
  const bool is_possible = move_of_call(call, state, slot.step.stand, move);
  if (move.kind == MoveKind::time_out) move.due = slot.step.due;
  return is_possible;
}

/// The move, with move.worker, of one that has announced nothing.
bool other_move(Arena& arena, const WorkerSlot& slot, Move& move) {
  const StepSlot& step = slot.step;
  switch (step.stand) {
    case Stand::sleeping:
      move.kind = MoveKind::wake;
      move.operation = EventKind::sleep_end;
      move.effect = Effect::none;
      move.due = step.due;
      return true;
    case Stand::ending:
      move.object = next_pipe_of(arena, move.worker);
      if (move.object == kNoObject) return announced_move(arena, slot, slot.pending, move);
      move.kind = MoveKind::lose_pipe;
      move.operation = EventKind::pipe_close;
      return true;
    case Stand::dying:
      if (step.signal == 0) return false;
      move.kind = MoveKind::die;
      move.operation = EventKind::worker_killed;
      // First its copies of the ends of pipes go, one a step, then itself.
      move.object = next_pipe_of(arena, move.worker);
      if (move.object == kNoObject) move.object = slot.object;
      return true;
    default: return false;
  }
}

}  // namespace

bool move_of(Arena& arena, WorkerId worker, Move& move) {
  const WorkerSlot& slot = arena.worker(worker);
  move = Move{.worker = worker};
  const bool is_possible =
      has_announced(slot) ? announced_move(arena, slot, slot.pending, move) : other_move(arena, slot, move);
  if (!is_possible) move.worker = kNoWorker;
  return is_possible;
}

std::vector<Choice> choices_made(Arena& arena) {
  const StepControl& control = arena.header().step;
  const auto* const first = control.choices.data();
  return {first, first + control.steps.load(std::memory_order_relaxed)};
}

[[gnu::noinline]] Situation situation_of(Arena& arena, MoveBuffer& buffer) {
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

// --- MoveTable ---

void MoveTable::clear() {
  for (std::uint32_t worker = 0; worker < arena_.worker_count(); ++worker)
    follow(static_cast<WorkerId>(worker), kNoObject);
  leaving_.clear();
  is_anybody_leaving_ = false;
  words_ = 1;
  count_ = 0;
  moves_[0].worker = kNoWorker;
}

inline void MoveTable::follow(WorkerId worker, ObjectId object) {
  ObjectId& followed = followed_[worker];
  if (followed == object) return;
  if (followed != kNoObject) followers_[followed].erase(worker);
  if (object != kNoObject) followers_[object].insert(worker);
  followed = object;
}

/// Where the move of the worker is, or would be.
inline Move* MoveTable::place_of(WorkerId worker) {
  static_assert(kNoWorker >= kMaxWorkers, "the sentinel ends each search");
  Move* at = moves_.data();
  while (at->worker < worker)
    ++at;
  return at;
}

// Out of line, for they are rare (see SteppedRuntime): most workers have a move both before and after.
[[gnu::noinline]] void MoveTable::make_room(Move* at) {
  Move* const end = moves_.data() + ++count_;
  std::move_backward(at, end, end + 1);
}
[[gnu::noinline]] void MoveTable::close_gap(Move* at) {
  Move* const end = moves_.data() + count_--;
  std::move(at + 1, end + 1, at);
}

inline void MoveTable::put(const Move& move) {
  Move* const at = place_of(move.worker);
  if (at->worker != move.worker) make_room(at);
  *at = move;
}

inline void MoveTable::remove(WorkerId worker) {
  Move* const at = place_of(worker);
  if (at->worker == worker) close_gap(at);
}

void MoveTable::announced(WorkerId worker, const PendingCall& call) {
  if (call.operation->ready != nullptr) return announced_conditional(worker, call);
  follow(worker, kNoObject);
  put(move_with(call, worker));
}

[[gnu::noinline]] void MoveTable::announced_conditional(WorkerId worker, const PendingCall& call) {
  follow(worker, call.object);
  renew(worker, call);
}

/// As above, of one that follows its object already.
inline void MoveTable::renew(WorkerId worker, const PendingCall& call) {
  const ObjectState& state = current_state(std::as_const(arena_).object(call.object));
  if (is_ready(call, state, worker)) {
    put(move_with(call, worker));
  } else {
    renew_impossible(worker, call);
  }
}

/// As above, where what it has announced is not possible.
[[gnu::noinline]] void MoveTable::renew_impossible(WorkerId worker, const PendingCall& call) {
  const StepSlot& step = arena_.worker(worker).step;
  Move move{.worker = worker};
  if (move_without(call, step.stand, move)) {
    if (move.kind == MoveKind::time_out) move.due = step.due;
    put(move);
  } else {
    remove(worker);
  }
}

void MoveTable::worker_changed(WorkerId worker) {
  const WorkerSlot& slot = arena_.worker(worker);
  if (has_announced(slot)) return announced(worker, slot.pending);
  follow(worker, kNoObject);
  Move move{.worker = worker};
  if (other_move(arena_, slot, move)) {
    put(move);
  } else {
    remove(worker);
  }
  const bool leaves = slot.step.stand == Stand::dying || slot.step.stand == Stand::ending;
  if (!leaves && !is_anybody_leaving_) return;
  leaving_.erase(worker);
  if (leaves) leaving_.insert(worker);
  is_anybody_leaving_ = !leaving_.empty();
}

[[gnu::noinline]] void MoveTable::state_changed(std::size_t word, std::uint64_t workers) {
  for (; workers != 0; workers &= workers - 1) {
    const auto worker = static_cast<WorkerId>(word * 64 + static_cast<std::size_t>(__builtin_ctzll(workers)));
    renew(worker, arena_.worker(worker).pending);
  }
}

[[gnu::noinline]] void MoveTable::object_changed_for_many(ObjectId object, WorkerId changer) {
  WorkerSet others = followers_[object];
  others.erase(changer);
  for (std::size_t word = 1; word < words_; ++word)
    state_changed(word, others.words[word]);
}

[[gnu::noinline]] void MoveTable::look_at_the_leaving() {
  const WorkerSet leaving = leaving_;
  leaving.each([this](WorkerId worker) { worker_changed(worker); });
}

}  // namespace lockstep
