// The value of a Global in one process: each process has a copy of its own, made when it was started.
#pragma once

#include "core/analysis/process_of.hpp"

namespace lockstep::analysis {

/// The Global's value in the worker's process after the first `n` events.
Value private_value(const TraceStore& store, ObjectId global, WorkerId worker, EventIndex n);

}  // namespace lockstep::analysis
