// The order of a live run as a schedule: who has to go, step by step, so that a stepped run does what the
// live run did. With it one can step from where a live run was paused or failed.
//
// Every operation that the live run recorded is one step, and so is each "begins to wait" (Choice::by_hand),
// so the stepped run records the same events: the same operations with the same results in the same order on
// each object. What it can differ in are times, process ids and what depends on them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/schedule/situation.hpp"
#include "core/trace/store.hpp"

namespace lockstep {

/// From which step on, and why, a stepped run does not do what the live run did.
struct LiveDifference {
  enum class Kind : std::uint8_t {
    killed_from_outside,  ///< a process died by a signal that nobody in the program had sent
    after_signal,         ///< a process went on after a signal was sent to it, and others depended on that
    too_long,             ///< a stepped run has at most kMaxSteps
    impossible,           ///< the worker has no move there
    other_operation,  ///< it does something else there: it must have looked at the clock, or at somebody's
                      ///< state, without a step
    other_value,      ///< it does the same there with another result
  };
  Kind kind = Kind::impossible;
  std::uint32_t step = 0;  ///< from 0: the first that is missing or differs
  std::string worker;      ///< name of whose step it would be
  friend bool operator==(const LiveDifference&, const LiveDifference&) = default;
};
std::string in_english(const LiveDifference& difference);
std::string in_chinese(const LiveDifference& difference);

/// What one step did in the live run.
struct LiveStep {
  Event event;
  EventIndex index = kNoEvent;  ///< of the event in the live trace
};

struct LiveOrder {
  std::vector<Choice> choices;
  std::vector<LiveStep> steps;               ///< as many as choices
  std::vector<WorkerId> stepped_worker;      ///< number in the stepped run of each worker of the live run
  std::vector<std::string> names;            ///< of the workers of the live run
  std::optional<LiveDifference> difference;  ///< why the choices end before the live run does
};

/// Whether Event::arg is the number of an object. Workers that make objects at the same time number them as
/// it comes; in a stepped run their steps do.
bool names_object(const Event& event);

/// Of the first `count` events. O(count), and O(count) more for each signal that is sent to a process.
LiveOrder order_of(const TraceStore& live, EventIndex count = kNoEvent);

/// Where a stepped run that made these choices (or as many of them as were possible) first differs.
std::optional<LiveDifference> first_difference(const LiveOrder& order, const TraceStore& stepped);

}  // namespace lockstep
