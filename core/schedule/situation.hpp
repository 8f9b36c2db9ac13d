// What a scheduler sees between two steps, and what it answers. Plain data: the gated runtime keeps it in
// shared memory, the fiber runtime on the stack, the tests write it by hand.
//
// A stepped run is a transition system. Between two steps every worker stands at a visible operation that it
// has announced. A worker has at most one move: what it would do is a function of its pending operation and
// of the object's state, so a schedule is a list of workers. Only a learner has one choice more (`by_hand`).
#pragma once

#include <cstdint>
#include <span>

#include "core/event/event.hpp"

namespace lockstep {

/// How an operation touches its object. Two steps of different workers commute unless they touch the same
/// object and one of them writes.
enum class Effect : std::uint8_t {
  none,   ///< commutes with everything: print, a check, the end of a sleep
  reads,  ///< commutes with other reads
  writes,
};

enum class MoveKind : std::uint8_t {
  perform,        ///< the pending operation is possible and happens
  would_block,    ///< a call that does not wait finds it impossible
  begin_to_wait,  ///< it is impossible; the worker starts to wait for it
  time_out,       ///< the wait for it ends by its time-out
  wake,           ///< a sleep ends
  lose_pipe,      ///< its process ends, and its copies of the ends of one pipe go
  die,            ///< the signal that was sent arrives
};

/// What one worker could do next.
struct Move {
  WorkerId worker = kNoWorker;
  ObjectId object = kNoObject;
  MoveKind kind = MoveKind::perform;
  EventKind operation = EventKind::worker_begin;  ///< the pending one
  Effect effect = Effect::writes;
  RunTime due = 0;  ///< wake, time_out: when its time is up on the virtual clock
};

/// One entry of a schedule. The text form is the worker's number, with "w" behind it for `by_hand`.
struct Choice {
  WorkerId worker = kNoWorker;
  /// The worker begins to wait for what is not possible now and will not be counted as a move, because it
  /// changes nothing for anybody: "let it go and wait". A learner may do so; no scheduler does.
  bool by_hand = false;
  std::uint8_t padding = 0;
  friend bool operator==(const Choice&, const Choice&) = default;
};
static_assert(sizeof(Choice) == 4);

inline constexpr Choice kHalt{kNoWorker, false, 0};

struct Situation {
  std::span<const Move> moves;  ///< those that are possible now, by worker id
  WorkerId last = kNoWorker;    ///< who moved last
  std::uint32_t step = 0;       ///< steps taken so far

  /// The move of that worker, or null.
  const Move* move_of(WorkerId worker) const {
    for (const Move& move : moves) {
      if (move.worker == worker) return &move;
    }
    return nullptr;
  }
  /// True if letting another than `last` go interrupts it: it could have gone on.
  bool preempts(WorkerId worker) const { return worker != last && move_of(last) != nullptr; }
};

/// Answers one question: who goes next? (As shuttle's schedulers do.)
class Scheduler {
 public:
  virtual ~Scheduler() = default;
  /// One of situation.moves; never called without any. kHalt stops the run here.
  virtual Choice next(const Situation& situation) = 0;
};

/// Which sleeps and time-outs a scheduler may let end.
enum class SleepRule : std::uint8_t {
  any_order,    ///< "sleep is not synchronization": any sleep may end at any time
  clock_order,  ///< only when nobody else can go, and the earliest first
};

/// Why a gated run stands still.
enum class Halt : std::uint32_t {
  none,             ///< it does not
  position,         ///< all that was planned is done
  policy,           ///< the policy names nobody (manual)
  synchronization,  ///< a worker stands before its next synchronization, or cannot go on
  asked,            ///< the session asked for it
  nobody,           ///< nobody can move
  step_limit,       ///< kMaxSteps
  diverged,         ///< what was planned is not possible, or did something else; see Divergence
};

/// How a replay differs from what it replays.
enum class DivergenceKind : std::uint32_t {
  none,
  impossible,  ///< the worker has no move at that step
  nobody,      ///< nobody can move although steps are left
  events,      ///< the step did something else than its mark says
};

struct Divergence {
  DivergenceKind kind = DivergenceKind::none;
  std::uint32_t step = 0;  ///< from 0
  WorkerId worker = kNoWorker;
};

/// In a stepped run the time of an event is the number of its step: step n lies at n * kStepTime.
inline constexpr RunTime kStepTime = 1'000'000'000;

}  // namespace lockstep
