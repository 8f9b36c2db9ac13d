// Who is known to have ended.
#pragma once

#include "core/arena/arena.hpp"

namespace lockstep {

/// Whether the calling worker knows that `worker` has ended: it has joined it, or a thread of its process
/// that had. What others do meanwhile changes nothing in that, so it is no visible step.
bool has_joined(WorkerId worker);

/// Joins a worker that was started, as no line of the program asks for: blocks until it has ended. One
/// visible step.
void join_worker(WorkerId worker);

}  // namespace lockstep
