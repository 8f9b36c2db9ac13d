// The legal transitions of a worker's state, as a table, and the state that an event leads to.
#pragma once

#include "core/event/event.hpp"

namespace lockstep {

/// True if a worker may go from one state to the other by a single event.
bool is_legal(WorkerState from, WorkerState to) noexcept;

/// The state of the event's own worker after the event. Events that say nothing about it leave `now` as it is.
/// (worker_start moves the child, not the caller, to ready.)
WorkerState state_after(WorkerState now, const Event& event) noexcept;

}  // namespace lockstep
