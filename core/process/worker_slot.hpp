// The slot of a new worker, with the name, the number and the daemon flag that CPython would give it. Nothing
// here blocks or is a visible step.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/arena/arena.hpp"

namespace lockstep::api {

/// How a worker is made. An empty name becomes Thread-1, Process-1 … (Process-1:2 is the second child of the
/// first process).
struct WorkerOptions {
  std::string name;
  /// A daemon is cut off when its program ends. Unset: a thread as the thread that makes it, a process as the
  /// process that does.
  std::optional<bool> daemon{};
};

}  // namespace lockstep::api

namespace lockstep {

/// A worker that the calling one makes, not started yet, and its object. ArenaFull beyond 256 workers.
WorkerId create_worker(WorkerKind kind, const api::WorkerOptions& options);

/// Fills the slot of the main worker (id 0) of a new run.
void create_main_worker(Arena& arena);

/// The name of the next child of the calling process, without one of its own: "ForkPoolWorker-" and its
/// number.
std::string next_process_name(std::string_view prefix);

}  // namespace lockstep
