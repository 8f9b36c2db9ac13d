#include "core/process/future.hpp"

#include <cstring>
#include <exception>

#include "core/process/raise_text.hpp"
#include "core/runtime/peek.hpp"

namespace lockstep {
namespace {

// State: count = FutureStage; value and limit = bits and type of the result, or the text of the error;
// generation = order in which it was set.

/// What lies in the items of a future.
struct StoredTask {
  api::Item (*run)(const std::byte*);
  alignas(std::max_align_t) std::array<std::byte, Task::kMostBytes> closure;
};
static_assert(std::is_trivially_copyable_v<StoredTask>);

constexpr std::uint32_t kTaskSlots = (sizeof(StoredTask) + sizeof(QueueSlot) - 1) / sizeof(QueueSlot);

FutureStage stage_of(const ObjectState& state) { return static_cast<FutureStage>(state.count); }
void set_stage(ObjectState& state, FutureStage stage) { state.count = static_cast<std::uint16_t>(stage); }
bool is_over(const ObjectState& state) { return stage_of(state) >= FutureStage::cancelled; }

void answer(Application& a, bool value) {
  a.reply.result = Value::of_bool(value);
  a.arg = a.reply.result.bits;
  a.type = ValueType::boolean;
}

struct Enrolment {
  const std::function<void()>& otherwise;
  std::optional<TaskOutcome> outcome;
};

void begin(Application& a) {
  const bool goes = stage_of(a.state) == FutureStage::pending;
  if (goes) set_stage(a.state, FutureStage::running);
  answer(a, goes);
}

/// `context`: whether the error of a task is set.
void set_result(Application& a) {
  const bool raised = *static_cast<const bool*>(a.context);
  set_stage(a.state, raised ? FutureStage::failed : FutureStage::finished);
  a.state.value = a.call.arg;
  a.state.limit = static_cast<std::int64_t>(a.call.type);
  a.state.generation = a.call.extra;
  a.extra = 0;
  if (raised) a.flags = event_flag::kRaised;
}

bool is_there(const ObjectState& state, const PendingCall&, WorkerId) { return is_over(state); }

/// `context`: the FutureStage that is found.
void take_result(Application& a) {
  *static_cast<FutureStage*>(a.context) = stage_of(a.state);
  a.reply.result = {static_cast<ValueType>(a.state.limit), a.state.value};
  a.arg = a.reply.result.bits;
  a.type = a.reply.result.type;
  if (stage_of(a.state) == FutureStage::cancelled) {
    a.type = ValueType::none;
    a.reply.result = {ValueType::none, 1};  // for the worker's history: not a result
  }
  if (stage_of(a.state) == FutureStage::failed) a.flags = event_flag::kRaised;
}

void cancel(Application& a) {
  if (stage_of(a.state) == FutureStage::pending) set_stage(a.state, FutureStage::cancelled);
  answer(a, stage_of(a.state) == FutureStage::cancelled);
}

void ask(Application& a) {
  const auto question = static_cast<FutureQuestion>(a.call.arg);
  const FutureStage stage = stage_of(a.state);
  a.extra = static_cast<TextId>(question);
  answer(a, question == FutureQuestion::done      ? is_over(a.state)
            : question == FutureQuestion::running ? stage == FutureStage::running
                                                  : stage == FutureStage::cancelled);
}

/// With it no outcome looks like the answer "not done".
constexpr std::int64_t kDone = 0x656E'6F64'0000'0001;

/// Asks whether it is done.
void look_or_enrol(Application& a) {
  a.extra = static_cast<TextId>(FutureQuestion::done);
  answer(a, is_over(a.state));
  auto& enrolment = *static_cast<Enrolment*>(a.context);
  if (!is_over(a.state)) return enrolment.otherwise();
  if (stage_of(a.state) == FutureStage::cancelled) {
    enrolment.outcome = TaskOutcome{Value::nothing(), false};
  } else {
    const Value value{static_cast<ValueType>(a.state.limit), a.state.value};
    enrolment.outcome = TaskOutcome{value, stage_of(a.state) == FutureStage::failed};
  }
  a.reply.result = {ValueType::none, enrolment.outcome->value.bits ^ kDone};  // for the worker's history
}

constexpr Operation kBegin{.kind = EventKind::future_run, .apply = begin};
constexpr Operation kSet{.kind = EventKind::future_set, .apply = set_result};
constexpr Operation kResult{
    .kind = EventKind::future_result, .ready = is_there, .apply = take_result, .effect = Effect::reads};
constexpr Operation kCancel{.kind = EventKind::future_cancel, .apply = cancel};
constexpr Operation kAsk{.kind = EventKind::future_state, .apply = ask, .effect = Effect::reads};
/// Writes: the order in which callbacks are given is theirs.
constexpr Operation kEnrol{.kind = EventKind::future_state, .apply = look_or_enrol};
constexpr Operation kCallback{.kind = EventKind::future_callback, .effect = Effect::none};

TaskOutcome failure(std::string_view text) { return {Value::of_text(runtime().arena().intern(text)), true}; }

}  // namespace

ObjectId create_future(ObjectId pool, const Task& task) {
  const ObjectId id = create_object({.kind = ObjectKind::future,
                                     .name = task.call,
                                     .initial_type = ValueType::none,
                                     .related = pool,
                                     .item_capacity = kTaskSlots,
                                     .state = {}});
  Arena& arena = runtime().arena();
  StoredTask stored{task.run, task.closure};
  std::memcpy(static_cast<void*>(arena.items(arena.object(id))), &stored, sizeof stored);
  return id;
}

bool begin_future(ObjectId future) { return call(make_call(kBegin, future, api::kNowhere)).result.bits != 0; }

TaskOutcome run_task(ObjectId future) {
  Arena& arena = runtime().arena();
  StoredTask task;
  std::memcpy(&task, static_cast<const void*>(arena.items(arena.object(future))), sizeof task);
  try {
    return {task.run(task.closure.data()).value()};
  } catch (const Error& error) {
    return failure(error.what());
  } catch (const std::bad_alloc&) {
    return failure("MemoryError");
  } catch (const std::exception& error) {
    return failure(std::string("Exception: ") + error.what());
  }
}

void set_future(ObjectId future, TaskOutcome outcome, std::uint32_t order) {
  PendingCall set = make_call(kSet, future, api::kNowhere);
  set.arg = outcome.value.bits;
  set.type = outcome.value.type;
  set.extra = order;
  call(set, &outcome.raised);
}

bool cancel_future(ObjectId future, const std::source_location& at) {
  return call(make_call(kCancel, future, at)).result.bits != 0;
}

bool ask_future(ObjectId future, FutureQuestion question, const std::source_location& at) {
  return call(make_call(kAsk, future, at, static_cast<std::int64_t>(question))).result.bits != 0;
}

std::optional<TaskOutcome> await_future(ObjectId future, api::Timeout timeout,
                                        const std::source_location& at) {
  FutureStage stage = FutureStage::pending;
  const Reply reply = call(make_call(kResult, future, at, 0, timeout), &stage);
  if (!reply.done()) return std::nullopt;
  if (stage == FutureStage::cancelled) raise("CancelledError", "", site_of(at));
  return TaskOutcome{reply.result, stage == FutureStage::failed};
}

std::optional<TaskOutcome> outcome_or(ObjectId future, const std::function<void()>& otherwise) {
  Enrolment enrolment{otherwise, std::nullopt};
  call(make_call(kEnrol, future, api::kNowhere), &enrolment);
  return enrolment.outcome;
}

std::uint32_t order_of_future(ObjectId future) { return peek(future).generation; }

void tell_callback(ObjectId future) { call(make_call(kCallback, future, api::kNowhere)); }

api::Item error_item(const TaskOutcome& outcome) { return api::Item(outcome.value); }

void raise_outcome(const TaskOutcome& outcome, const std::source_location& at) {
  raise_text(error_item(outcome).str(), site_of(at));
}

}  // namespace lockstep
