// What a worker of a stepped run is about to do, and what would come of it now, in words: for the cards of
// step mode, the prompt of the command line and the boxes of the timeline.
#pragma once

#include <optional>
#include <string>

#include "core/analysis/finding.hpp"
#include "core/schedule/situation.hpp"

namespace lockstep {

/// One worker between two steps. The members are those of its WorkerCard.
struct Pending {
  WorkerId worker = kNoWorker;
  /// Kind, object, argument, line, value type and key (`extra`) of the event to come; before it happens, the
  /// argument is what the caller gives: the value to write, the amount to add or to release.
  Event event{};
  std::optional<Move> move{};  ///< nothing: it would wait, or waits
  bool waiting = false;        ///< has begun to wait
  bool sleeping = false;
  bool ended = false;
};

/// What it is about to do: "acquire Plate", "write count = 0 to ticket.json", "add 1 to sold", "start
/// Customer 2". Of a worker that has ended: "ended", "cut off before its end", "killed by signal 9". No full
/// stop. Never empty.
std::string describe_pending(const Pending& pending, const TraceStore& store, EventIndex n,
                             Language language);
/// What it would see or come to after the first `n` events: "would see 0", "sold is 0 now", "would wait: held
/// by Worker 2 since step 5", "sleeping: paying". Empty if there is nothing to tell. O(log n) and what lies
/// between n and the last events of its object.
std::string describe_effect(const Pending& pending, const TraceStore& store, EventIndex n, Language language);

/// One or two short words for a box: an event that has happened ("read 1", "write 0", "acquire", "arrive
/// 2/3"), or one to come, whose result is not known ("read", "write 0", "+1").
std::string box_label(const Event& event, const TraceStore& store, Language language);
std::string box_label(const Pending& pending, const TraceStore& store, Language language);

}  // namespace lockstep
