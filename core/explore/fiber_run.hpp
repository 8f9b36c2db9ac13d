// A program that can be run again and again on fibers in the calling thread, each time under a schedule of
// one's choice.
#pragma once

#include <functional>
#include <vector>

#include "core/explore/stable_names.hpp"
#include "core/explore/state_digest.hpp"
#include "core/runtime/fiber.hpp"

namespace lockstep {

/// One OS thread uses an object. Each has an arena of its own.
class FiberRun {
 public:
  /// `main` is what the main worker runs. It may be called any number of times and must do the same each time
  /// but for what its operations tell it. `seed` only draws the lengths of random sleeps.
  explicit FiberRun(std::function<void()> main, std::uint64_t seed = 1);

  /// One execution from the start. `trace`: its events are appended (times in steps, as in a gated run), and
  /// StepControl::marks are those of a gated run.
  /// Passes on what the scheduler throws.
  FiberEnd run(Scheduler& scheduler, std::vector<Event>* trace = nullptr);
  /// The same where nobody asks for events or state_digest: the quickest.
  FiberEnd run_unseen(Scheduler& scheduler);

  /// The state at the end of the last run, or between two steps when a scheduler asks. Texts keep their ids
  /// from run to run, so they may differ from those of another FiberRun or of a gated run: compare
  /// arena().text(id).
  Arena& arena() { return arena_; }
  FiberRuntime& runtime() { return runtime_; }

  // Names that are the same in all interleavings; see StableNames. Between two steps, or after a run.
  std::uint32_t stable_worker(WorkerId id) { return names_.worker(id); }
  std::uint32_t stable_object(ObjectId id) { return names_.object(id); }
  /// Two moves touch the same thing if these are equal: the object, and for a Global the process whose copy
  /// it is. 0: no object.
  std::uint32_t stable_location(const Move& move) { return names_.location(move.object, move.worker); }
  /// Equal digests = same future, in this FiberRun; see digest_of_state. Between two steps, or after a run.
  std::uint64_t state_digest() { return digest_of_state(runtime_, names_); }

 private:
  Arena arena_;
  FiberRuntime runtime_;
  StableNames names_;
  std::function<void()> main_;
  Body body_;
  std::uint64_t seed_;
};

}  // namespace lockstep
