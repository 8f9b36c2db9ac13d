#pragma once

#include "core/trace/store.hpp"

namespace lockstep {

/// After the first `n` events the worker computes: what passes its time is no sleep. O(log n).
bool is_computing(const TraceStore& store, WorkerId worker, EventIndex n);

}  // namespace lockstep
