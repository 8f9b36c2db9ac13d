// What each worker of a halted run is about to do.
#pragma once

#include <vector>

#include "core/arena/arena.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep {

/// The run must be halted.
std::vector<WorkerCard> cards_of(const Arena& arena);

}  // namespace lockstep
