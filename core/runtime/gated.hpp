// The gated runtime: real threads and real processes, of which one at a time has the turn. Whoever announces
// its next operation decides itself who goes on and wakes it by its futex: a hand-over is one wake and one
// wait. Nobody else takes part until the run halts; then the supervisor has the turn (gated_keeper.hpp).
//
// A worker that dies from outside, with the turn or without, leaves a state that the keeper can mend: the
// turn is one word, an event and its commit are two stores, and whoever was woken looks whether it is his.
#pragma once

#include <optional>

#include "core/runtime/folder_files.hpp"
#include "core/runtime/live.hpp"
#include "core/runtime/os_workers.hpp"
#include "core/runtime/stepped.hpp"

namespace lockstep {

/// StepControl::holder once the run has gone on live: nobody has the turn, and nobody needs it.
inline constexpr std::uint32_t kReleased = 0xFFFE;

class GatedRuntime : public SteppedRuntime<FoundMoves> {
 public:
  /// Makes the calling thread worker `self`. One object per worker thread; it must outlive the worker's body.
  /// `starter` (the sandbox for the main worker) waits until this worker has announced its first operation.
  GatedRuntime(Arena& arena, WorkerId self, WorkerId starter, const HostHooks& hooks);
  ~GatedRuntime() override;
  GatedRuntime(const GatedRuntime&) = delete;
  GatedRuntime& operator=(const GatedRuntime&) = delete;

  /// To be called by the worker's thread when its body has returned, having recorded its end: passes the turn
  /// on for the last time.
  void finish();

  Reply perform(const PendingCall& call, void* context = nullptr) final;
  void sleep(RunTime duration, TextId activity, SiteId site) final;
  void compute(RunTime duration, TextId activity, SiteId site) final;
  std::atomic<std::int64_t>& private_word(ObjectId object) final;
  Files& files() final { return files_; }
  void start_thread(WorkerId child, Body body) final;
  void start_process(WorkerId child, Body body) final;
  int reap(WorkerId child) final;

 protected:
  /// For the keeper, which is no worker.
  GatedRuntime(Arena& arena, const HostHooks& hooks);

  void yield() final;
  /// Waits where the ring of the event's worker is full; the wait is not recorded.
  void record(const Event& event) final;
  /// Blocks until the process is dead.
  void deliver(WorkerId worker, int signal) final;
  void abandon(WorkerId) final {}

  /// Decides who goes on, and hands over. May be asked only by who has the turn.
  void pass_turn();
  void give_turn(std::uint32_t next);
  /// Records those deaths that the supervisor has noticed and nobody has recorded.
  void bury_the_dead();

 private:
  struct Released {};
  void wait_for_turn();
  void start(WorkerId child, const std::function<void()>& launch);
  LiveRuntime& go_live();
  RunTime rest_of_wait();

  const HostHooks& hooks_;
  FolderFiles files_;
  std::optional<LiveRuntime> live_;
  std::uint32_t starter_;  ///< until it has announced its first operation; then kNoWorker
};

}  // namespace lockstep
