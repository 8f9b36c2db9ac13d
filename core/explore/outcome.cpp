#include "core/explore/outcome.hpp"

#include "core/runtime/hopeless.hpp"

namespace lockstep {

Outcome outcome_of_end(Arena& arena, const FiberEnd& end) {
  if (end.deadlock) return Outcome::deadlock;
  if (!end.all_ended && !end.halted) {
    bool stuck = false;
    for (std::uint32_t id = 0; id < arena.worker_count(); ++id) {
      const auto worker = static_cast<WorkerId>(id);
      if (arena.worker(worker).step.stand != Stand::waiting) continue;
      if (root_of(arena, worker, false).kind == Root::Kind::cycle) return Outcome::deadlock;
      stuck = stuck || holds_program_open(arena, worker);
    }
    if (stuck) return Outcome::stuck;
  }
  return failure_so_far(end);
}

Outcome failure_so_far(const FiberEnd& end) {
  if (end.deadlock) return Outcome::deadlock;
  if (end.stuck) return Outcome::stuck;
  if (end.error_raised) return Outcome::error;
  if (end.check_failed) return Outcome::failed_check;
  return end.killed ? Outcome::killed : Outcome::ok;
}

}  // namespace lockstep
