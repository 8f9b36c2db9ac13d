// A run in steps: what the gated and the fiber runtime share. One worker has the turn; it computes until it
// announces its next visible operation and then asks a scheduler who goes next. Everything that the decision
// needs lies in the arena, so that any process of the run can make it.
//
// The two runtimes differ only in how the turn passes from worker to worker (yield), where events go (record)
// and what a worker is (start_thread …), and in where they know the moves from: `Moves` is MoveTable or
// FoundMoves. Given the same schedule they record the same events.
#pragma once

#include "core/runtime/moves.hpp"
#include "core/runtime/runtime.hpp"
#include "core/schedule/situation.hpp"
#include "core/schedule/wait_chain.hpp"

namespace lockstep {

template <class Moves>
class SteppedRuntime : public Runtime {
 public:
  Reply perform(const PendingCall& call, void* context = nullptr) override;
  void note(Event event) override;
  void sleep(RunTime duration, TextId activity, SiteId site) override;
  void compute(RunTime duration, TextId activity, SiteId site) override;
  /// The worker's own virtual time: the sum of its sleeps. Under clock_order the run's.
  RunTime now() const final;
  /// Not a choice of the schedule: it only says how long a sleep takes.
  std::uint64_t choose(std::uint64_t n) final;
  /// The signal arrives in a step of its own (MoveKind::die), and until then the process does nothing more.
  void signal(WorkerId child, int number) final;

 protected:
  SteppedRuntime(Arena& arena, WorkerId self)
      : Runtime(arena, self), control_(arena.header().step), moves_(arena) {}

  /// Gives the turn away. Returns when self() has been chosen; its step is booked then.
  virtual void yield() = 0;
  /// Takes an event in; its time and worker are filled in. Where nobody looks at the events, only those that
  /// decide how the run ends, without a time.
  virtual void record(const Event& event) = 0;
  /// Ends the process of `worker` by the signal, before its death is recorded.
  virtual void deliver(WorkerId worker, int signal) = 0;
  /// The worker will never move again: its process has ended beneath it.
  virtual void abandon(WorkerId worker) = 0;
  /// The worker could never have moved again, and is ended by others.
  virtual void hopeless_ended(WorkerId /*worker*/, Root::Kind /*why*/) {}

  /// Makes a worker's slot fit for its first step; called before it first announces.
  void enter(WorkerId worker);
  /// Asks the scheduler until it names a worker, whose step is then booked; deaths are carried out on the
  /// way. kNoWorker if nobody can move or the scheduler halts. Whoever can never move again has begun to
  /// wait.
  WorkerId decide(Scheduler& scheduler);
  /// The run begins anew; to be called before the arena is emptied.
  void forget_moves();
  /// The worker has recorded its end: with the first worker of a process its other threads are cut off.
  void leave(WorkerId worker);
  /// Records in `worker`'s name that it ended without doing so itself.
  void record_end(WorkerId worker, EventKind kind, int signal);
  /// What the last step did is known: writes its mark. Again, if more has befallen it.
  [[gnu::noinline]] void mark_step();
  /// Whoever can never move again begins to wait, so that the record says at once what each waits for.
  [[gnu::noinline]] void settle(bool anyone_moves);
  /// The signal that was sent to the process of `worker`, which is dying, arrives: its step has been booked.
  [[gnu::noinline]] void carry_out_death(WorkerId worker);

  StepControl& control_;
  Moves moves_;
  bool is_recorded_ = true;    ///< somebody looks at the events; digest and marks are kept
  bool has_histories_ = true;  ///< StepSlot::history is kept

 private:
  /// Takes up a stand in which a decision may find the worker.
  void stand_at(WorkerId worker, Stand stand) { stand_at(worker, arena_.worker(worker), stand); }
  void stand_at(WorkerId worker, WorkerSlot& slot, Stand stand) {
    slot.step.stand = stand;
    moves_.worker_changed(worker);
  }
  void fix_choice(const Move& move, std::uint32_t step);
  [[gnu::noinline]] void fix_rare_choice(Choice choice, std::uint32_t step);
  MoveKind chosen_kind(WorkerId me);
  /// Lets time pass: `begin` and `end` are the events that tell of it.
  void pass_time(RunTime duration, Event begin, EventKind end);
  void book(Choice choice);
  void carry_out(WorkerId me, const PendingCall& call, void* context, bool waited, Reply& reply);
  [[gnu::noinline]] bool make_rare_move(WorkerId me, WorkerSlot& slot, MoveKind kind, void* context,
                                        Reply& reply);
  /// Drops the copies of the next pipe's ends that the process holds; false if it holds none.
  [[gnu::noinline]] bool lose_next_pipe(WorkerId process);
  /// Tells of those of a process who could never have moved again; before any of them is ended.
  void note_the_hopeless(WorkerId process);
  /// The process ends: its other workers do nothing more.
  void cut_off_threads(WorkerId process);
  void begin_to_wait(WorkerId worker);
  void finish_wait(WorkerId worker);
  [[gnu::noinline]] void commit(ObjectSlot& object, Event&& event, WorkerId worker);
  void advance(ObjectSlot& object, ObjectId id, WorkerId worker);
  [[gnu::noinline]] void note_wakers(const ObjectSlot& object, WorkerId worker, std::uint32_t seq);
  void stamp(Event& event);
  void stamp_and_record(Event& event, WorkerId worker);

  MoveKind chosen_{};            ///< by the last decision of this object
  std::uint32_t chosen_at_ = 0;  ///< StepControl::steps behind it; 0: there was none
};

}  // namespace lockstep
