// What a worker's history remembers of an object or a worker that it was told of. Ids are given in the order
// of creation, which is another one where steps that commute come in another order.
#pragma once

#include "core/arena/arena.hpp"

namespace lockstep {

/// Digest of whose how-manieth it is, up to the main worker: the same in all interleavings.
std::uint64_t origin_of_worker(const Arena& arena, WorkerId worker);
/// As above; of an object that is found by its name: its id.
std::uint64_t origin_of_object(const Arena& arena, ObjectId object);

}  // namespace lockstep
