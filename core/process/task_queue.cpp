#include "core/process/task_queue.hpp"

#include "core/runtime/origin.hpp"
#include "core/runtime/peek.hpp"

namespace lockstep {
namespace {

// State: put and got count tasks, task n lies in slot n % kMostTasks; generation = PoolStage; limit = size.

constexpr std::uint32_t kMostTasks = kMaxObjects;  // each has an object

PoolStage stage_of(const ObjectState& state) { return static_cast<PoolStage>(state.generation); }

constexpr Refusal kBroken{"BrokenProcessPool",
                          "A child process terminated abruptly, the process pool is not usable anymore"};

/// `context`: what is raised if it is closed.
void put_task(Application& a) {
  const PoolStage stage = stage_of(a.state);
  if (stage != PoolStage::open) {
    const Refusal& refusal = stage == PoolStage::broken ? kBroken : *static_cast<const Refusal*>(a.context);
    return a.fail(refusal.type, refusal.message);
  }
  QueueSlot& slot = a.arena.items(a.object)[a.state.put % kMostTasks];
  slot = {0, ValueType::none, 0, static_cast<ObjectId>(a.call.arg)};
  ++a.state.put;
}

bool has_task(const ObjectState& state, const PendingCall&, WorkerId) {
  return state.put != state.got || stage_of(state) != PoolStage::open;
}

/// `context`: an optional ObjectId.
void take(Application& a) {
  a.extra = 0;
  if (a.state.put == a.state.got) {
    a.flags = event_flag::kEnd;
    a.arg = 0;
    a.reply.result = Value::nothing();
    return;
  }
  const ObjectId task = a.arena.items(a.object)[a.state.got % kMostTasks].about;
  ++a.state.got;
  a.arg = task;
  a.reply.result = {ValueType::integer, static_cast<std::int64_t>(origin_of_object(a.arena, task))};
  *static_cast<std::optional<ObjectId>*>(a.context) = task;
}

void end(Application& a) {
  const auto stage = static_cast<PoolStage>(a.call.arg);
  a.arg = 0;
  // Closing what was terminated changes nothing; terminating what was closed does.
  if (static_cast<std::uint32_t>(stage) > a.state.generation)
    a.state.generation = static_cast<std::uint32_t>(stage);
  if (stage != PoolStage::closed) a.state.got = a.state.put;
}

void ask_running(Application& a) {
  const PoolStage stage = stage_of(a.state);
  a.reply.result = Value::of_bool(stage == PoolStage::open || stage == PoolStage::closed);
  a.arg = a.reply.result.bits;
  a.type = ValueType::boolean;
}

constexpr Operation kHire{.kind = EventKind::pool_hire, .effect = Effect::none};
constexpr Operation kRunning{.kind = EventKind::future_state, .apply = ask_running, .effect = Effect::reads};
constexpr Operation kSubmit{.kind = EventKind::pool_submit, .apply = put_task};
constexpr Operation kTake{.kind = EventKind::pool_take, .ready = has_task, .apply = take, .exclusive = true};
constexpr Operation kClose{.kind = EventKind::pool_close, .apply = end};
constexpr Operation kTerminate{.kind = EventKind::pool_terminate, .apply = end};

}  // namespace

ObjectId create_task_queue(std::string_view name, int size, AtExit at_exit) {
  ObjectState state;
  ObjectSpec spec{.kind = ObjectKind::pool,
                  .name = name,
                  .initial = static_cast<std::int64_t>(at_exit),
                  .limit = size,
                  .owner = runtime().arena().worker(runtime().self()).process,
                  .item_capacity = kMostTasks,
                  .state = &state};
  state.limit = size;
  return create_object(spec);
}

void hire(ObjectId pool, WorkerId worker) { call(make_call(kHire, pool, api::kNowhere, worker)); }

void submit(ObjectId pool, ObjectId future, const Refusal& closed, const std::source_location& at) {
  Arena& arena = runtime().arena();
  PendingCall submit = make_call(kSubmit, pool, at, future);
  submit.extra = arena.object(future).name;
  Refusal refusal = closed;
  call(submit, &refusal);
}

std::optional<ObjectId> take_task(ObjectId pool) {
  std::optional<ObjectId> task;
  call(make_call(kTake, pool, api::kNowhere), &task);
  return task;
}

void end_tasks(ObjectId pool, PoolStage stage, const std::source_location& at) {
  const Operation& operation = stage == PoolStage::closed ? kClose : kTerminate;
  call(make_call(operation, pool, at, static_cast<std::int64_t>(stage)));
}

bool is_running(ObjectId pool) { return call(make_call(kRunning, pool, api::kNowhere)).result.bits != 0; }

PoolStage stage_of_pool(ObjectId pool) { return stage_of(peek(pool)); }

void close_pools_at_exit() {
  Arena& arena = runtime().arena();
  const WorkerId process = arena.worker(runtime().self()).process;
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    const auto pool = static_cast<ObjectId>(id);
    const ObjectSlot& slot = arena.object(pool);
    if (slot.kind != ObjectKind::pool || slot.owner != process) continue;
    const bool asks = slot.initial == static_cast<std::int64_t>(AtExit::close);
    if (asks && stage_of_pool(pool) == PoolStage::open) end_tasks(pool, PoolStage::closed, api::kNowhere);
  }
}

}  // namespace lockstep
