// The value of a Global in one process: each process has a copy of its own, made when it was started.
#pragma once

#include "core/trace/store.hpp"

namespace lockstep::analysis {

/// The process of a worker, as the id of its first worker.
WorkerId process_of(const TraceStore& store, WorkerId worker);
/// The Global's value in the worker's process after the first `n` events.
Value private_value(const TraceStore& store, ObjectId global, WorkerId worker, EventIndex n);

}  // namespace lockstep::analysis
