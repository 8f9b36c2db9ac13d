// The live runtime: the operating system schedules, this only makes each visible operation atomic on its
// object, lets workers wait and wakes them, and records what happened.
//
// The fast path of an operation: take the object's guard (one compare-and-swap), copy its state, apply,
// record into the worker's own ring, commit by one store, free the guard.
#pragma once

#include "core/arena/ring.hpp"
#include "core/runtime/apply.hpp"
#include "core/runtime/folder_files.hpp"
#include "core/runtime/os_workers.hpp"
#include "core/runtime/runtime.hpp"

namespace lockstep {

class LiveRuntime final : public Runtime {
 public:
  /// Makes the calling thread worker `self` of the run in `arena`. One object per worker thread; it must
  /// outlive the worker's body.
  LiveRuntime(Arena& arena, WorkerId self, const HostHooks& hooks);
  ~LiveRuntime() override;

  Reply perform(const PendingCall& call, void* context = nullptr) override;
  void note(Event event) override;
  void sleep(RunTime duration, TextId activity, SiteId site) override;
  void compute(RunTime duration, TextId activity, SiteId site) override;
  RunTime now() const override;
  std::uint64_t choose(std::uint64_t n) override;
  std::atomic<std::int64_t>& private_word(ObjectId object) override;
  Files& files() override { return files_; }
  void start_thread(WorkerId child, Body body) override;
  void start_process(WorkerId child, Body body) override;
  int reap(WorkerId child) override;
  void signal(WorkerId child, int number) override;

  // For a worker whose stepped run goes on live.
  /// The pending call waits already, as one of its object's waiters, at most `rest` longer (if it has a
  /// time-out at all).
  Reply go_on_waiting(void* context, RunTime rest);
  void go_on_sleeping(RunTime rest, SiteId site);
  void go_on_computing(RunTime rest, SiteId site);
  /// Its random numbers and its own clock, which now() tells, go on from there.
  void go_on_from(std::uint64_t random, RunTime clock);

 private:
  /// Where the learner can stop a worker: pause, and in slow motion a pause before each operation.
  void checkpoint();
  void hold_while_paused();
  void slow_down();
  /// Applies the call if it is possible and records it. The guard is held.
  bool attempt(const PendingCall& call, void* context, ObjectSlot& object, bool waited, Reply& reply);
  Reply wait(const PendingCall& call, void* context, ObjectSlot& object, RunTime time);
  /// This worker's process ends: the others of its workers begin nothing more, then its pipes go.
  void begin_to_end();
  /// The end of its process has begun, by another worker. Asked under the guard of the object that an
  /// operation is about: whoever sees what that end did sees the end.
  bool is_cut_off() const {
    return process_.ending.load(std::memory_order_relaxed) && slot_.process != self_;
  }
  /// Records that the call did not happen now: it waits, timed out or would block.
  void record_without(const PendingCall& call, ObjectSlot& object, EventKind kind, StateChange change);
  void commit(ObjectSlot& object, Event event);
  /// Picks those who wait for the object and could go on now. The guard is held.
  void choose_waiters(ObjectSlot& object);
  void wake_chosen();

  WorkerSlot& slot_;
  const WorkerSlot& process_;
  RingWriter ring_;
  const HostHooks& hooks_;
  FolderFiles files_;
  std::uint64_t random_;
  RunTime clock_ahead_ = 0;  ///< of the run's clock
  WorkerSet chosen_;
};

/// For the supervisor: lets every waiter of every object look again, after a worker died.
void wake_all_waiters(Arena& arena);

}  // namespace lockstep
