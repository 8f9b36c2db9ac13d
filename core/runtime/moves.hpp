// What each worker of a stepped run could do next, told from the arena alone, between two steps.
#pragma once

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

/// All moves, kept from one step to the next: computed again are only those that something has befallen. For
/// a runtime that sees all that happens to the run, and tells of it.
class MoveTable {
 public:
  explicit MoveTable(Arena& arena) : arena_(arena), followers_(kMaxObjects) {}

  /// The run begins anew: nobody has announced anything. To be called before the arena is emptied.
  void clear();
  /// The worker stands elsewhere or has announced another call.
  void worker_changed(WorkerId worker);
  /// The object has another state, by what `changer` did, which will stand elsewhere before anybody asks.
  void object_changed(ObjectId object, WorkerId changer) {
    const WorkerSet& followers = followers_[object];
    for (std::size_t word = 0; word < words_; ++word) {
      std::uint64_t others = followers.words[word];
      if (word == changer / 64U) others &= ~(std::uint64_t{1} << (changer % 64U));
      if (others != 0) state_changed(word, others);
    }
  }
  /// Those that are possible, by worker; valid until something changes.
  std::span<const Move> moves() {
    if (!leaving_.empty()) [[unlikely]]
      look_at_the_leaving();
    return {moves_.data(), count_};
  }

 private:
  void follow(WorkerId worker, ObjectId object);
  Move* place_of(WorkerId worker);
  void put(const Move& move, WorkerId worker, bool is_possible);
  void state_changed(std::size_t word, std::uint64_t workers);
  void look_at_the_leaving();

  Arena& arena_;
  MoveBuffer moves_;  ///< by worker
  std::size_t count_ = 0;
  std::size_t words_ = 1;                         ///< of each set; behind them are no workers
  WorkerSet leaving_;                             ///< they end or die: their moves depend on every pipe
  std::vector<WorkerSet> followers_;              ///< by object: whose moves depend on its state
  std::array<ObjectId, kMaxWorkers> followed_{};  ///< by worker: the object whose state its move depends on
};

}  // namespace lockstep
