// The fiber runtime: all workers of a run take turns on fibers of one OS thread. Nothing waits, nothing costs
// more than a few nanoseconds, and the same program can be run millions of times, each time under another
// schedule. Threads and processes are both fibers here; what a process has of its own is its private words
// (Global) and a copy of its body. C++ variables that a body reaches by reference are shared, other than
// after a fork.
#pragma once

#include <exception>
#include <memory>
#include <vector>

#include "core/runtime/fiber_switch.hpp"
#include "core/runtime/memory_files.hpp"
#include "core/runtime/stepped.hpp"

namespace lockstep {

/// How one execution ended.
struct FiberEnd {
  std::uint32_t steps = 0;
  bool halted = false;        ///< the scheduler said kHalt, a limit of the sandbox was reached, or kMaxSteps
  bool all_ended = false;     ///< every worker that was started has ended
  bool check_failed = false;  ///< some check did not hold
  bool error_raised = false;  ///< some worker ended by an error that nobody caught
  bool killed = false;        ///< some worker was killed, and no other had asked for it
  bool deadlock = false;      ///< some worker was in a deadlock, or behind one, when others ended it
  bool stuck = false;         ///< the same without a cycle; no daemon
};

/// One OS thread uses an object, always the same. Not nested: a worker's body runs no other FiberRuntime.
class FiberRuntime final : public SteppedRuntime<MoveTable> {
 public:
  explicit FiberRuntime(Arena& arena);
  ~FiberRuntime() override;

  /// What can be set for each execution.
  struct Plan {
    void (*set_up)(Arena&) = nullptr;  ///< fills the main worker's slot in the empty arena
    const Body* main = nullptr;        ///< what the main worker runs
    std::uint64_t seed = 1;
    /// Events are appended. Null: they are not recorded, and the run has neither digest nor marks.
    std::vector<Event>* trace = nullptr;
    /// StepSlot::history is kept, so that states can be told apart.
    bool has_histories = true;
  };
  /// Empties the arena and runs the program once from its start. When it returns, all of its workers' stacks
  /// are unwound: those that had not ended never go on (their operations do nothing then), so the arena shows
  /// the state in which the run ended. Passes on what the scheduler throws.
  FiberEnd execute(const Plan& plan, Scheduler& scheduler);

  /// Files and private words as they are now, and what has gone wrong so far; for digests of the state.
  const MemoryFiles& memory_files() const { return memory_files_; }
  std::int64_t private_value(WorkerId process, ObjectId object) const {
    const Words* words = process < words_.size() ? words_[process].get() : nullptr;
    return words == nullptr ? 0 : words->values[object].load(std::memory_order_relaxed);
  }
  /// The program has a Global, so that a new process gets copies.
  bool has_private_words() const { return has_words_; }
  const FiberEnd& end_so_far() const { return end_; }
  /// Those for whom terminate or kill was called.
  const WorkerSet& asked_to_end() const { return asked_to_end_; }

  bool has_kernel() const override { return false; }
  Reply perform(const PendingCall& call, void* context = nullptr) override;
  void note(Event event) override;
  void sleep(RunTime duration, TextId activity, SiteId site) override;
  void compute(RunTime duration, TextId activity, SiteId site) override;
  std::atomic<std::int64_t>& private_word(ObjectId object) override;
  Files& files() override { return memory_files_; }
  void start_thread(WorkerId child, Body body) override;
  void start_process(WorkerId child, Body body) override;
  int reap(WorkerId child) override;

 protected:
  void yield() override;
  void record(const Event& event) override;
  void deliver(WorkerId, int) override {}
  void abandon(WorkerId) override {}
  void hopeless_ended(WorkerId worker, Root::Kind why) override;

 private:
  /// Thrown through a worker that will never go on, to unwind it.
  struct Abandoned {};
  /// The same where another error is on its way already and a destructor asks: goes no further than the
  /// operation, which does nothing then.
  struct AbandonedInDestructor {};
  /// A pooled fiber; worker n of each execution runs on the n-th.
  struct Stage {
    explicit Stage(FiberRuntime& runtime);
    FiberRuntime& runtime;
    Body body;
    bool occupied = false;
    Fiber fiber;
  };
  struct Words {
    std::array<std::atomic<std::int64_t>, kMaxObjects> values{};
  };

  static void run_stage(void* stage);
  void run_body(Stage& stage);
  /// Whose turn it is after this worker's; kNoWorker: the execution is over.
  WorkerId choose_next();
  void switch_to(WorkerId next);
  void start(WorkerId child, Body body);
  void unwind_all();
  [[noreturn]] static void give_up();
  void clear_words();
  FiberEnd end_of() const;
  Stage& stage(WorkerId worker);
  Words& words(WorkerId process);
  /// kNoWorker, also as self(): execute's caller.
  Fiber& fiber_of(WorkerId worker) { return worker == kNoWorker ? home_ : stages_[worker]->fiber; }

  Fiber home_;                                  ///< of execute's caller
  std::vector<std::unique_ptr<Stage>> stages_;  ///< by worker
  std::vector<std::unique_ptr<Words>> words_;   ///< by process
  MemoryFiles memory_files_;
  Scheduler* scheduler_ = nullptr;
  std::vector<Event>* trace_ = nullptr;
  std::exception_ptr failure_;  ///< the scheduler's
  FiberEnd end_;
  WorkerSet asked_to_end_;        ///< terminate or kill was called for them
  WorkerId starter_ = kNoWorker;  ///< has the turn while a worker that it starts comes to its first operation
  bool unwinding_ = false;
  bool has_words_ = false;  ///< the program has a Global
};

}  // namespace lockstep
