// The failing schedule that is easiest to understand: fewest preemptions, then fewest switches, then fewest
// steps.
//
// Goes through the schedules in this order, so that the first failure is the least: a level for each number
// of preemptions and switches, as in iterative context bounding (Musuvathi, Qadeer, PLDI 2007). A state that
// has been reached with the same last worker at no higher cost is not looked at again. What is never reached
// at all is not there: if the search comes to its end without one, there is none.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "core/explore/board.hpp"
#include "core/explore/cost_table.hpp"
#include "core/explore/fiber_run.hpp"

namespace lockstep {

class LeastSearch final : private Scheduler {
 public:
  /// Keeps at most about `max_states` states (about 120 bytes each). `board` gets the failures, and tells of
  /// a cost that is reached already: what costs more is not looked at.
  LeastSearch(FiberRun& run, Board& board, std::uint32_t max_steps, std::size_t max_states = 3'000'000);

  /// Runs one execution; false: the search is over.
  bool advance();
  /// The search is over, and the board's best failure is the least of all that are not longer than max_steps.
  bool is_complete() const { return is_over_ && !gave_up_; }
  /// Every state has been seen, if there is no failure either.
  bool saw_all() const { return is_complete() && !cut_; }
  std::uint32_t preemptions() const { return cost_.preemptions; }  ///< of the level that it is at
  std::uint64_t states() const { return seen_.size(); }            ///< distinct, with who moved last
  std::uint64_t executions() const { return executions_; }

 private:
  using Path = std::uint32_t;  ///< index into paths_
  static constexpr Path kStart = 0;
  /// The way to a state: another one, then `steps` of one worker.
  struct Segment {
    Path before = kStart;
    std::uint32_t steps = 0;
    WorkerId worker = kNoWorker;
  };
  /// To be explored: from the state at the end of a path, let this worker go.
  struct Branch {
    Path path = kStart;
    std::uint32_t steps = 0;  ///< length of the path
    WorkerId worker = kNoWorker;
  };
  using Level = std::pair<std::uint32_t, std::uint32_t>;  ///< preemptions, switches

  Choice next(const Situation& situation) override;
  void start();
  bool take_branch();
  void lay_out(Path path);
  void branch_off(const Situation& situation);
  bool may_wait(const Move& move);

  FiberRun& run_;
  Board& board_;
  Tally& tally_;
  std::uint32_t max_steps_;
  std::size_t max_states_;
  std::uint64_t executions_ = 0;
  bool is_over_ = false;
  bool gave_up_ = false;  ///< too many states
  bool cut_ = false;      ///< some schedule was too long
  /// Somebody kills: who is killed before a step that commutes has taken one step less.
  bool has_kills_ = false;
  bool starts_again_ = false;

  std::vector<Segment> paths_{{}};
  std::map<Level, std::vector<Branch>> levels_;
  CostTable seen_;

  Branch branch_;
  ScheduleCost cost_;             ///< of the execution that goes on, where it is now
  std::vector<WorkerId> prefix_;  ///< who goes up to where the branch begins
};

}  // namespace lockstep
