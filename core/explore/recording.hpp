// A failure that was found, as a schedule that anybody can replay.
#pragma once

#include "core/explore/board.hpp"
#include "core/explore/program.hpp"

namespace lockstep {

/// Runs the program once more along the failure's choices, for the marks. Throws std::runtime_error if it
/// does not end as it did.
Schedule recorded(const Program& program, std::uint64_t seed, const Failure& failure);

}  // namespace lockstep
