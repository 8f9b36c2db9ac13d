// What each worker of a stepped run could do next, told from the arena alone, between two steps.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "core/runtime/apply.hpp"
#include "core/schedule/situation.hpp"

namespace lockstep {

/// The move that a worker has, if it has one; else move.worker is kNoWorker, and it waits for its object.
bool move_of(Arena& arena, WorkerId worker, Move& move);
/// The move of move.worker with this call, if its object is in `state`; `due` is left out.
bool move_of_call(const PendingCall& call, const ObjectState& state, Stand stand, Move& move);
/// True if the move has to wait for the clock.
inline bool is_timely(const Move& move) {
  return move.kind == MoveKind::wake || move.kind == MoveKind::time_out;
}
/// The choices that were made so far.
std::vector<Choice> choices_made(Arena& arena);
using MoveBuffer = std::array<Move, kMaxWorkers>;
/// All moves, in `buffer`; under SleepRule::clock_order without the sleeps and time-outs whose turn it is
/// not.
Situation situation_of(Arena& arena, MoveBuffer& buffer);
/// True if the choice may be made now: a move, or begin to wait by hand. Also what clock_order leaves out.
bool is_possible(Arena& arena, Choice choice);

/// All moves, found anew for each decision. For a runtime whose workers decide in turn, each in its own
/// process.
class FoundMoves {
 public:
  /// True if the object that carries out a move is the one that decided for it.
  static constexpr bool kDecidesAlone = false;
  explicit FoundMoves(Arena& arena) : arena_(arena) {}
  Situation situation() { return situation_of(arena_, buffer_); }

  void clear() {}
  void entered(WorkerId) {}
  void worker_changed(WorkerId) {}
  void announced(WorkerId, const PendingCall&) {}
  void object_changed(ObjectId, WorkerId) {}

 private:
  Arena& arena_;
  MoveBuffer buffer_;
};

/// The same, kept from one step to the next: computed again are only those that something has befallen. For
/// a runtime that sees all that happens to the run, and tells of it.
class MoveTable {
 public:
  static constexpr bool kDecidesAlone = true;
  explicit MoveTable(Arena& arena) : arena_(arena), by_clock_(arena), followers_(kMaxObjects) {}

  /// The moves that are possible now; valid until something changes.
  Situation situation() {
    const StepControl& control = arena_.header().step;
    if (control.rule != SleepRule::any_order) [[unlikely]]
      return by_clock_.situation();
    if (is_anybody_leaving_) [[unlikely]]
      look_at_the_leaving();
    return {{moves_.data(), count_}, control.last, control.steps.load(std::memory_order_relaxed)};
  }

  /// The run begins anew: nobody has announced anything. To be called before the arena is emptied.
  void clear();
  /// The worker is about to announce something for the first time.
  void entered(WorkerId worker) { words_ = std::max<std::size_t>(words_, worker / 64U + 1U); }
  /// The worker stands elsewhere or has announced another call.
  void worker_changed(WorkerId worker);
  /// The worker stands at a call that it has announced, a copy of which is in its slot: what each step does.
  void announced(WorkerId worker, const PendingCall& call);
  /// The object has another state, by what `changer` did, which will stand elsewhere before anybody asks.
  void object_changed(ObjectId object, WorkerId changer) {
    std::uint64_t others = followers_[object].words[0];
    if (changer < 64) others &= ~(std::uint64_t{1} << changer);
    if (others != 0) state_changed(0, others);
    if (words_ > 1) [[unlikely]]
      object_changed_for_many(object, changer);
  }

 private:
  void announced_conditional(WorkerId worker, const PendingCall& call);
  void renew(WorkerId worker, const PendingCall& call);
  void renew_impossible(WorkerId worker, const PendingCall& call);
  void object_changed_for_many(ObjectId object, WorkerId changer);
  void state_changed(std::size_t word, std::uint64_t workers);
  void look_at_the_leaving();
  void follow(WorkerId worker, ObjectId object);
  Move* place_of(WorkerId worker);
  void put(const Move& move);
  void remove(WorkerId worker);
  void make_room(Move* at);
  void close_gap(Move* at);

  Arena& arena_;
  FoundMoves by_clock_;  ///< under SleepRule::clock_order
  /// By worker; behind the last one a sentinel, which is none: a search needs no other end.
  std::array<Move, kMaxWorkers + 1> moves_;
  std::size_t count_ = 0;
  std::size_t words_ = 1;  ///< of each set; behind them are no workers
  bool is_anybody_leaving_ = false;
  WorkerSet leaving_;                             ///< they end or die: their moves depend on every pipe
  std::vector<WorkerSet> followers_;              ///< by object: whose moves depend on its state
  std::array<ObjectId, kMaxWorkers> followed_{};  ///< by worker: the object whose state its move depends on
};

}  // namespace lockstep
