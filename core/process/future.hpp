// A result that is not there yet: what a Pool calls AsyncResult and an Executor Future. An object of kind
// future; its task lies in its items.
#pragma once

#include <functional>
#include <optional>

#include "core/process/task.hpp"
#include "core/sync/object.hpp"

namespace lockstep {

/// How a task came out: a value, or an error as "ValueError: …".
struct TaskOutcome {
  Value value;
  bool raised = false;
};

enum class FutureStage : std::uint16_t { pending, running, cancelled, finished, failed };

/// What can be asked of a future; see Event::extra of future_state.
enum class FutureQuestion : std::uint8_t { done, running, cancelled };

ObjectId create_future(ObjectId pool, const Task& task);
/// Its task begins to run: false if it was cancelled. One visible step.
bool begin_future(ObjectId future);
/// Runs its task in the calling worker; errors are an outcome too.
TaskOutcome run_task(ObjectId future);
/// `order`: how many of the pool were set before it. One visible step; nothing if it is set already.
void set_future(ObjectId future, TaskOutcome outcome, std::uint32_t order);
/// Cancels it if it has not begun; true if it is cancelled then. One visible step.
bool cancel_future(ObjectId future, const std::source_location& at);
bool ask_future(ObjectId future, FutureQuestion question, const std::source_location& at);
/// Its outcome if it is there; else calls `otherwise`, before anybody can set it. One visible step.
std::optional<TaskOutcome> outcome_or(ObjectId future, const std::function<void()>& otherwise);
/// Blocks until it is there, at most `timeout`; nothing if the time is over. CancelledError.
std::optional<TaskOutcome> await_future(ObjectId future, api::Timeout timeout,
                                        const std::source_location& at);
/// The order in which it was set, for one that is there.
std::uint32_t order_of_future(ObjectId future);
/// Tells that a callback of it begins to run. One visible step.
void tell_callback(ObjectId future);

/// Raises the error that an outcome tells of.
[[noreturn]] void raise_outcome(const TaskOutcome& outcome, const std::source_location& at);
/// "ValueError: …"
api::Item error_item(const TaskOutcome& outcome);

}  // namespace lockstep
