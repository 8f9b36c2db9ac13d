// Optimal dynamic partial order reduction: explores exactly one execution of each Mazurkiewicz trace.
//
// Abdulla, Aronsson, Jonsson, Sagonas: "Optimal dynamic partial order reduction", POPL 2014, and "Source
// sets: a foundation for optimal dynamic partial order reduction", JACM 64(4), 2017: happens-before by vector
// clocks, sleep sets, and wakeup trees into which the races of each complete execution are put the other way
// round. Operations that wait are treated as in Nidhugg: see races.hpp.
//
// The subtrees cannot be given to several threads: a step may sleep only because all that begins with it has
// been explored before, so that its races stand in the wakeup trees of what comes after.
#pragma once

#include <functional>
#include <vector>

#include "core/explore/dpor/execution_log.hpp"
#include "core/explore/dpor/names.hpp"
#include "core/explore/dpor/races.hpp"
#include "core/explore/dpor/wakeup_tree.hpp"

namespace lockstep::dpor {

/// An execution that the search has just run.
struct Execution {
  const ExecutionLog& log;
  const FiberEnd& end;
  FiberRun& run;
};

struct SearchCounts {
  std::uint64_t complete = 0;   ///< executions to the end of the program: one for each trace
  std::uint64_t redundant = 0;  ///< begun, and found to be like one that was explored
  std::uint64_t cut = 0;        ///< reached max_steps
  /// Times that a worker went on for very long and others got their turn: what it would have done without
  /// them for even longer is not explored.
  std::uint64_t interrupted = 0;
};

class Search final : private Scheduler {
 public:
  /// `on_execution` is called after each execution that counts as complete or cut.
  using OnExecution = std::function<void(const Execution&)>;
  Search(FiberRun& run, std::uint32_t max_steps, OnExecution on_execution);

  /// Runs one more execution; false: that was the last one. Passes on what `on_execution` throws, and
  /// std::runtime_error if the program does not do the same under the same schedule; it is over then.
  bool advance();
  const SearchCounts& counts() const { return counts_; }
  /// Estimate of how much is explored, 0 … 1: branches that are known now count as equally large.
  double fraction() const;

 private:
  /// A state on the way of the execution that goes on.
  struct Frame {
    WakeupTrees::Ref pending = WakeupTrees::kNone;  ///< branches to be explored after the one that is
    std::uint32_t explored = 0;                     ///< branches that are done
    std::uint32_t in_a_row = 0;                     ///< steps of the worker that moved last, up to here
    std::uint32_t sleep_begin = 0;
    std::uint32_t sleep_end = 0;
    WorkerSet gone;  ///< workers that have ended or will do nothing more than end
    WorkerSet sleeping;
  };

  Choice next(const Situation& situation) override;
  Choice replayed(const Situation& situation) const;
  bool backtrack();

  void open_frame(std::uint32_t depth);
  void look_at_workers(Frame& frame);
  WorkerId ended_process(const ExecutionLog::Step& step) const;
  void note_sweep(const Frame& before, const Frame& after);
  const Move* choose(const Situation& situation, Frame& frame);
  bool is_asleep(const Frame& frame, const Footprint& print) const;
  Footprint print_of(const Move& move);
  void record(const Situation& situation, const Move& move, Footprint print);
  void drop_what_was_not_reached();
  void collect_blocked();
  ExecutionLog::Prevented prevented(WorkerId id, bool was_asleep);
  void reverse_races();
  std::span<const Footprint> sleep_of(const Frame& frame) const;

  FiberRun& run_;
  Names names_;
  std::uint32_t max_steps_;
  OnExecution on_execution_;
  SearchCounts counts_;

  ExecutionLog log_;
  RaceDetector races_;
  WakeupTrees trees_;
  std::vector<Frame> frames_;                    ///< by depth
  std::vector<Footprint> sleep_;                 ///< of all frames, one behind the other
  WakeupTrees::Ref below_ = WakeupTrees::kNone;  ///< what hangs below the branch that was chosen last
  std::uint32_t replay_ = 0;                     ///< steps that the log holds already

  bool asleep_ = false;  ///< why the execution was halted
  bool cut_ = false;
  bool is_over_ = false;
  std::vector<Announced> blocked_;
  std::vector<Footprint> sequence_;
};

}  // namespace lockstep::dpor
