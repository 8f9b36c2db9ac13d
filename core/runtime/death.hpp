// What is written in the name of a worker that can no longer write for itself.
#pragma once

#include "core/arena/arena.hpp"

namespace lockstep {

/// What the object of a worker (kind thread or process) holds: ObjectState::value is the stage, limit the
/// exit code.
enum WorkerStage : std::int64_t { stage_created, stage_started, stage_running, stage_ended };

/// Frees what `worker` held of the arena's guards, records its end (worker_killed with the signal, or
/// worker_cut_off, also if it is a daemon that its parent had dismissed) and lets those go on who wait for
/// it. The worker's thread must not exist any more, or never have existed.
void record_death(Arena& arena, WorkerId worker, EventKind kind, int signal);

}  // namespace lockstep
