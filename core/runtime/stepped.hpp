// A run in steps: what the gated and the fiber runtime share. One worker has the turn; it computes until it
// announces its next visible operation and then asks a scheduler who goes next. Everything that the decision
// needs lies in the arena, so that any process of the run can make it.
//
// The two runtimes differ only in how the turn passes from worker to worker (yield), where events go (record)
// and what a worker is (start_thread …). Given the same schedule they record the same events.
#pragma once

#include <array>
#include <vector>

#include "core/runtime/folder_files.hpp"
#include "core/runtime/runtime.hpp"
#include "core/schedule/situation.hpp"

namespace lockstep {

// --- what can be told of a stepped run from its arena alone, between two steps ---

/// The move that a worker has, if it has one. What it does not have it waits for.
bool move_of(Arena& arena, WorkerId worker, Move& move);
/// The move of move.worker with this call, if its object is in `state`; `due` is left out.
bool move_of_call(const PendingCall& call, const ObjectState& state, Stand stand, Move& move);
using MoveBuffer = std::array<Move, kMaxWorkers>;
/// The choices that were made so far.
std::vector<Choice> choices_made(Arena& arena);
/// All moves, in `buffer`; under SleepRule::clock_order without the sleeps and time-outs whose turn it is
/// not.
Situation situation_of(Arena& arena, MoveBuffer& buffer);
/// True if the choice may be made now: a move, or begin to wait by hand. Also what clock_order leaves out.
bool is_possible(Arena& arena, Choice choice);

class SteppedRuntime : public Runtime {
 public:
  Arena& arena() final { return arena_; }
  Reply perform(const PendingCall& call, void* context = nullptr) override;
  void note(Event event) override;
  void sleep(RunTime duration, TextId activity, SiteId site) override;
  void compute(RunTime duration, TextId activity, SiteId site) override;
  /// The worker's own virtual time: the sum of its sleeps. Under clock_order the run's.
  RunTime now() const final;
  /// Not a choice of the schedule: it only says how long a sleep takes.
  std::uint64_t choose(std::uint64_t n) final;
  Files& files() override { return folder_; }
  /// The signal arrives in a step of its own (MoveKind::die), and until then the process does nothing more.
  void signal(WorkerId child, int number) final;

 protected:
  explicit SteppedRuntime(Arena& arena) : arena_(arena), control_(arena.header().step), folder_(arena) {}

  /// Gives the turn away. Returns when self() has been chosen; its step is booked then.
  virtual void yield() = 0;
  /// Takes an event in; its time and worker are filled in.
  virtual void record(const Event& event) = 0;
  /// Ends the process of `worker` by the signal, before its death is recorded.
  virtual void deliver(WorkerId worker, int signal) = 0;
  /// The worker will never move again: its process has ended beneath it.
  virtual void abandon(WorkerId worker) = 0;

  /// Makes a worker's slot fit for its first step; called before it first announces.
  void enter(WorkerId worker);
  /// Asks the scheduler until it names a worker, whose step is then booked; deaths are carried out on the
  /// way. kNoWorker if nobody can move (those who would have to wait have then begun to) or the scheduler
  /// halts.
  WorkerId decide(Scheduler& scheduler);
  /// The run begins anew.
  void forget_moves();
  /// The worker has recorded its end: with the first worker of a process its other threads are cut off.
  void leave(WorkerId worker);
  /// Records in `worker`'s name that it ended without doing so itself.
  void record_end(WorkerId worker, EventKind kind, int signal);
  /// What the last step did is known: writes its mark. Again, if more has befallen it.
  void mark_step();
  /// The signal that was sent to the process of `worker`, which is dying, arrives: its step has been booked.
  void carry_out_death(WorkerId worker);

  Arena& arena_;
  StepControl& control_;
  bool marking_ = true;  ///< keeps the run's digest and its marks

 private:
  /// What a worker's move, in moves_, followed from when it was computed.
  struct KnownMove {
    std::uint64_t history = 0;
    std::uint32_t seq = 0;
    std::uint16_t place = 0;  ///< in moves_, if it is still there
    Stand stand = Stand::absent;
    bool is_possible = false;
  };

  Situation look();
  void fix_choice(const Situation& situation, Choice choice);
  MoveKind chosen_kind(WorkerId me);
  /// Lets time pass: `begin` and `end` are the events that tell of it.
  void pass_time(RunTime duration, Event begin, EventKind end);
  void book(Choice choice);
  void settle();
  bool make_move(WorkerSlot& slot, void* context, Reply& reply);
  /// Drops the copies of one pipe's ends that a process holds; false if it holds none.
  bool lose_pipe(WorkerId worker);
  void begin_to_wait(WorkerId worker);
  void finish_wait(WorkerId worker);
  void commit(ObjectSlot& object, Event&& event, WorkerId worker);
  void stamp_and_record(Event& event, WorkerId worker);

  FolderFiles folder_;
  MoveBuffer moves_;
  std::vector<KnownMove> known_;  ///< by worker
  Move chosen_;                   ///< by the last decision of this object
  std::uint32_t chosen_at_ = 0;   ///< StepControl::steps behind it; 0: there was none
};

}  // namespace lockstep
