// A digest of everything that the future of a run on fibers depends on, taken between two steps.
#pragma once

#include <cstdint>

#include "core/explore/stable_names.hpp"
#include "core/runtime/fiber.hpp"

namespace lockstep {

/// Covers, for each worker: where it stands, its pending operation, all that its operations have told it so
/// far (StepSlot::history) and the state of its random numbers; for each object: its state, with the items of
/// a queue and the order of a condition's sleepers; files; each process's copies of Globals; under
/// SleepRule::clock_order also what is due when; and what has gone wrong so far (a check, an error, a death
/// nobody asked for). Workers and objects go by their stable names, texts by their ids in the arena. It
/// leaves out what only a reader of the trace sees: sequence numbers, tickets, names, who moved last, prints
/// that are done, and whether a worker that cannot go on has begun to wait by hand.
///
/// So in one FiberRun equal digests mean equal futures (but for collisions, about n² / 2⁶⁵ for n states), as
/// long as a program's behaviour follows from what its operations tell it.
std::uint64_t digest_of_state(FiberRuntime& runtime, StableNames& names);

}  // namespace lockstep
