// Who can never move again in a stepped run, told from the arena alone, between two steps.
#pragma once

#include "core/arena/arena.hpp"
#include "core/schedule/wait_chain.hpp"

namespace lockstep {

/// What keeps the worker from moving, as the analysis tells it from events (core/analysis/stuck.hpp): only a
/// wait for a lock or for somebody's end can be hopeless while anybody moves. A worker that has not announced
/// a call, or that has a move, is not kept. O(length of the chain).
Root root_of(Arena& arena, WorkerId worker, bool anyone_moves);

/// False for daemons and for whatever lives in a daemon process: the program ends without them.
bool holds_program_open(const Arena& arena, WorkerId worker);

}  // namespace lockstep
