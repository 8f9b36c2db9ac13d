// The tasks that wait for the workers of a pool: an object of kind pool, whose items are futures.
#pragma once

#include <optional>
#include <string_view>

#include "core/sync/object.hpp"

namespace lockstep {

/// closed: no more tasks; those that wait are still done. terminated: those that wait are dropped. broken: a
/// worker of it died, and nobody can say what became of its task.
enum class PoolStage : std::uint32_t { open, closed, terminated, broken };

/// Whether the pool is closed, as an Executor is, when the program of the process that made it ends.
enum class AtExit : std::int64_t { leave, close };

ObjectId create_task_queue(std::string_view name, int size, AtExit at_exit);
/// Tells of a worker that will take tasks. One visible step.
void hire(ObjectId pool, WorkerId worker);
/// What is raised where a pool takes no more tasks.
struct Refusal {
  const char* type;
  const char* message;
};
/// Puts a future into the queue. One visible step. Raises `closed` unless the pool is open, or
/// BrokenProcessPool.
void submit(ObjectId pool, ObjectId future, const Refusal& closed, const std::source_location& at);
/// Blocks until there is a task; nothing if there will be no more.
std::optional<ObjectId> take_task(ObjectId pool);
/// Goes from `open` to `stage`; the other stages stay. One visible step.
void end_tasks(ObjectId pool, PoolStage stage, const std::source_location& at);
/// Whether its tasks are still done: it is neither terminated nor broken. One visible step.
bool is_running(ObjectId pool);
/// No visible step: only for what the caller alone changes.
PoolStage stage_of_pool(ObjectId pool);

/// At the end of the program of the calling process: closes those of its pools that ask for it.
void close_pools_at_exit();

}  // namespace lockstep
