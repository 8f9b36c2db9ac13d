// Short names of workers, for badges.
#pragma once

#include <span>
#include <string>

#include "core/event/definitions.hpp"

namespace lockstep {

/// One to three characters that tell a worker from the others of its run: "A" for Shop A, "2" for Eater 2,
/// "m" for main. Falls back to the number of the worker where names do not differ.
std::string badge_text(std::span<const WorkerInfo> workers, WorkerId worker);

}  // namespace lockstep
