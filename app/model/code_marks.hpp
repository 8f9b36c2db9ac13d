// Who stands at which line of a source file at a moment, and which values were last set in which line.
#pragma once

#include <string_view>
#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

struct LineWorker {
  int line = 0;  ///< from 1
  WorkerId worker = kNoWorker;
  WorkerState state = WorkerState::running;
  friend bool operator==(const LineWorker&, const LineWorker&) = default;
};

struct LineValue {
  int line = 0;
  ObjectId object = kNoObject;
  WorkerId worker = kNoWorker;  ///< who set it
  Value value;
  EventIndex event = kNoEvent;
  friend bool operator==(const LineValue&, const LineValue&) = default;
};

struct CodeMarks {
  std::vector<LineWorker> workers;  ///< workers that live, by line, then by number
  std::vector<LineValue> values;    ///< by line, the newest first; locals of workers that live only
  int last_line = 0;                ///< of the last event before the moment that has one in this file
  WorkerId last_worker = kNoWorker;
};

/// After the first `n` events. `file` as in SiteInfo. O((workers + objects) · log events).
CodeMarks code_marks(const TraceStore& store, EventIndex n, std::string_view file);

/// The last event among the first `n` that gave an object a value (wrote it; for a check, tested it), or
/// kNoEvent. Looks back over at most the last 256 operations of the object.
EventIndex last_write(const TraceStore& store, ObjectId object, EventIndex n);
/// Running, waiting or sleeping.
bool lives(WorkerState state);
/// True for events that give their object a value: store, add, local-set, file-write …
bool is_write(EventKind kind);

}  // namespace lockstep
