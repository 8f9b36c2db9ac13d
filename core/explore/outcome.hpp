// What an execution came to, from the state in which it ended.
#pragma once

#include "core/runtime/fiber.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep {

/// deadlock: some wait for each other's locks or ends in a cycle, or did until others ended them; stuck:
/// nobody can move, without a cycle; then error, failed_check, killed; else ok (also for a run that was
/// halted before any of these). The same word as outcome_of(findings) of the run's trace.
Outcome outcome_of_end(Arena& arena, const FiberEnd& end);

/// What has gone wrong already while the run goes on, else ok. The run's end
/// cannot be ok any more.
Outcome failure_so_far(const FiberEnd& end);

/// Whether a run that ends so has failed, as exit status 1 of the command line means it.
constexpr bool is_failure(Outcome outcome) { return outcome != Outcome::ok && outcome != Outcome::stopped; }

}  // namespace lockstep
