// A run in steps as its user sees it: real threads and processes that move one operation at a time, forward
// and back. Going back starts the same program again and replays the schedule to the step before; the user
// sees the old run until the new one stands there (a few milliseconds).
//
// One thread uses an object; no call blocks longer than noted. Every command returns at once; poll() tells
// when it has been carried out, and `ready()` that the next one may be given.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/schedule/policy.hpp"
#include "core/schedule/schedule.hpp"
#include "core/session/live_order.hpp"
#include "core/session/session.hpp"

namespace lockstep {

/// Where one worker stands, for its card.
struct WorkerCard {
  WorkerId worker = kNoWorker;
  bool ended = false;
  bool sleeping = false;
  bool waiting = false;  ///< has begun to wait for its pending operation
  /// What it is about to do: the kind, object, argument, line and value type of the event to come.
  Event pending;
  bool timed = false;              ///< the pending call has a time-out
  std::optional<Move> move;        ///< what happens when it goes; nothing: it would wait
  bool can_begin_to_wait = false;  ///< Choice::by_hand is possible
  std::vector<WorkerId> held_by;   ///< who would have to let it go on: a lock's owner, the worker it joins
  RunTime due = 0;                 ///< sleeping, timed: on the virtual clock
};

/// A tree of all that was tried. Node 0 is the start of the run.
struct TriedNode {
  std::uint32_t parent = 0;
  Choice choice;                        ///< that led here
  std::uint32_t step = 0;               ///< depth
  std::optional<Outcome> outcome;       ///< if a run ended here
  std::vector<std::uint32_t> children;  ///< oldest first
};

enum class RunUntil : std::uint8_t {
  end,
  next_synchronization,  ///< of one worker: before it acquires, waits, puts, gets, joins …
  finding,               ///< the step after which something was found
};

class SteppedRun {
 public:
  using Started = std::variant<std::unique_ptr<SteppedRun>, std::string>;
  /// Starts a run and brings it to the position after `choices` (all that are possible). About 10 ms.
  static Started start(const RunRequest& request, const std::vector<Choice>& choices = {},
                       std::function<void()> on_data = {});
  /// The same from a schedule's text; its marks are checked, and where the replay diverges it stops there and
  /// says so (divergence()).
  static Started start(const Schedule& schedule, std::function<void()> on_data = {});
  /// Starts a stepped run of the same program and brings it to where the live run stood after the first
  /// `count` of its events (all that are known): live_difference() says where that is not possible. The live
  /// run may go on, have ended or be dropped meanwhile.
  static Started from_live(const Session& live, EventIndex count = kNoEvent,
                           std::function<void()> on_data = {});
  ~SteppedRun();

  bool poll();
  void wait(int ms);

  // --- where it stands ---
  bool ready() const;                          ///< halted at position(), all its events taken in
  std::uint32_t position() const;              ///< steps taken
  std::uint32_t length() const;                ///< steps of the branch that forward() follows; >= position()
  const std::vector<Choice>& choices() const;  ///< of the branch: [0, length())
  const std::vector<WorkerCard>& cards() const;  ///< of all workers that exist; meaningful when ready()
  RunPhase phase() const;                        ///< paused: halted; stuck, ended
  const RunEnd& end() const;
  /// "" or: "The replay diverges at step 12: Customer 1 cannot go on there." Steps count from 1 in sentences.
  const std::string& divergence() const;
  const Divergence& divergence_details() const;  ///< the same as numbers; steps count from 0
  /// After from_live(): where and why the steps first differ from the live run. Known once ready().
  const std::optional<LiveDifference>& live_difference() const;
  const TraceStore& store() const;  ///< good until the next command
  const Diagnosis& diagnosis() const;
  /// Grows when store() becomes another object.
  int generation() const;
  Halt halted() const;                ///< why it stands; Halt::none unless ready()
  const RunRequest& request() const;  ///< filled in
  const Scenario& scenario() const;
  Schedule schedule() const;  ///< of [0, position()), with marks
  const std::vector<TriedNode>& tree() const;
  std::uint32_t tree_position() const;
  std::vector<int> pids() const;

  // --- commands ---
  void step(Choice choice);  ///< ignored if it is not possible
  void back();
  void forward();                  ///< along the branch
  void go_to(std::uint32_t step);  ///< clamped to [0, length()]
  void go_to_node(std::uint32_t node);
  void run(const PolicySpec& policy, RunUntil until, WorkerId worker = kNoWorker);
  void halt();     ///< stops run() where it is
  void restart();  ///< go_to(0)
  /// Lets all workers go freely from here; the run goes on as a live one. `this` is then of no more use.
  std::unique_ptr<Session> continue_live(double speed);

 private:
  struct Impl;
  static Started begin(const RunRequest& request, std::vector<Choice> choices,
                       std::vector<std::uint8_t> marks, std::function<void()> on_data);
  explicit SteppedRun(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lockstep
