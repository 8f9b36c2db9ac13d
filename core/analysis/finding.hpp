// A finding: something that a run shows and a learner should know, as a value. Never a log line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

enum class FindingKind : std::uint8_t {
  data_race,
  atomicity_violation,
  deadlock_cycle,
  stuck,        ///< waits for ever and is not in a cycle: nobody is left who could let it go on
  lost_wakeup,  ///< stuck, and a notify or set came before the wait
  broken_check,
  error_raised,  ///< an error that nobody caught
  lock_order_inversion,
  starvation,
  busy_wait,
  unfinished_worker,  ///< cut off, or still going, when the program ended
  killed,             ///< a worker was ended from outside
};
/// "deadlock", "stuck", "lost-wakeup" … : the names in JSON.
std::string_view name_of(FindingKind kind) noexcept;

/// True if a correct program never shows it (exit status 1); false for remarks such as a cut-off daemon.
bool is_failure(FindingKind kind) noexcept;

struct Finding {
  FindingKind kind = FindingKind::stuck;
  /// Who takes part, in the order of the story.
  ///  - deadlock_cycle: workers[i] waits for objects[i], held by workers[i+1] (or its end, if that is a
  ///    Thread or Process); the lowest worker id is first;
  ///  - stuck, lost_wakeup: all workers wait for objects[0]. Whoever only waits behind them is not named:
  ///    its block event is in the evidence;
  ///  - data_race: the two accesses' workers, the earlier access first;
  ///  - atomicity_violation: who read and overwrote, then whose write was lost; events are read, lost write,
  ///    write; the last is missing if it is only about to happen (Diagnosis::impending). The events of a
  ///    managed dict or list are its server's; the workers are those who asked for them;
  ///  - lock_order_inversion: workers[i] took objects[i] and then objects[i+1]; the last took objects[0];
  ///  - killed: objects are the locks that it held.
  std::vector<WorkerId> workers{};
  std::vector<ObjectId> objects{};
  std::vector<EventIndex> events{};  ///< the evidence, oldest first
  EventIndex at = 0;                 ///< the number of events after which it was certain
  TextId text = 0;                   ///< error_raised: the message
  friend bool operator==(const Finding&, const Finding&) = default;
};

enum class Language : std::uint8_t { en, zh };

/// The finding in one or two sentences that name every participant, with lines: "Worker 1 holds Fork (line
/// 12) and waits for Plate (line 14), which Worker 2 holds …".
std::string narrate(const Finding& finding, const TraceStore& store, Language language);
/// A short heading: "Deadlock", "死锁".
std::string heading(FindingKind kind, Language language);
/// One or two words for captions: "waiting", "等待"; "semaphore", "信号量".
std::string label(WorkerState state, Language language);
std::string label(ObjectKind kind, Language language);
/// What a worker is doing after the first `n` events, for its lane: "waits for Plate, held by Worker 2",
/// "sleeping", or the activity that it named ("making a hotdog"). `view` must be of the same moment.
std::string describe(const WorkerView& view, WorkerId worker, const TraceStore& store, EventIndex n,
                     Language language);
/// One event as a phrase, for lists and tooltips: "acquires Fork", "puts A·1", "reads count = 1".
std::string describe(const Event& event, const TraceStore& store, Language language);

}  // namespace lockstep
