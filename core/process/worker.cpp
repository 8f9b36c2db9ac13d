#include "core/process/worker.hpp"

#include <csignal>

#include "core/process/channel.hpp"
#include "core/process/joined.hpp"
#include "core/process/raise_text.hpp"
#include "core/runtime/death.hpp"
#include "core/runtime/peek.hpp"

namespace lockstep {
namespace {

// Operations on a worker's own object; its state: see WorkerStage.

bool is_process(const Application& a) { return a.object.kind == ObjectKind::process; }

void start_worker(Application& a) {
  if (a.state.value != stage_created) {
    return a.fail(is_process(a) ? "AssertionError" : "RuntimeError",
                  is_process(a) ? "cannot start a process twice" : "threads can only be started once");
  }
  a.state.value = stage_started;
}

bool has_ended(const ObjectState& state, const PendingCall&, WorkerId) { return state.value == stage_ended; }

void ask_alive(Application& a) {
  a.reply.result = Value::of_bool(a.state.value == stage_started || a.state.value == stage_running);
  a.type = ValueType::boolean;
  a.arg = a.reply.result.bits;
}

/// Who has joined it, in `chosen`: each adds only itself.
void join(Application& a) { a.state.chosen.insert(a.worker); }

constexpr Operation kStart{.kind = EventKind::worker_start, .apply = start_worker};
constexpr Operation kJoin{
    .kind = EventKind::join, .ready = has_ended, .apply = join, .effect = Effect::reads};
constexpr Operation kIsAlive{.kind = EventKind::is_alive, .apply = ask_alive, .effect = Effect::reads};
constexpr Operation kTerminate{.kind = EventKind::terminate};
constexpr Operation kKill{.kind = EventKind::kill};

ObjectId object_of(WorkerId worker) { return runtime().arena().worker(worker).object; }

bool was_started(WorkerId worker) {
  const auto& lifecycle = runtime().arena().worker(worker).lifecycle;
  return lifecycle.load(std::memory_order_acquire) >= Lifecycle::started ||
         peek(object_of(worker)).value != stage_created;
}

/// True if it had ended in time.
bool join_in_time(WorkerId worker, api::Timeout timeout, const api::Where& at) {
  const bool ended = call(make_call(kJoin, object_of(worker), at, worker, timeout)).done();
  if (ended && runtime().arena().worker(worker).kind == WorkerKind::process) runtime().reap(worker);
  return ended;
}

}  // namespace

bool has_joined(WorkerId worker) {
  Arena& arena = runtime().arena();
  const WorkerId self = runtime().self();
  const WorkerSet joiners = peek(object_of(worker)).chosen;
  bool known = joiners.contains(self);
  joiners.each([&](WorkerId other) {
    const WorkerSlot& slot = arena.worker(other);
    const bool thread_of_mine = slot.kind == WorkerKind::thread && slot.process == arena.worker(self).process;
    known = known || (thread_of_mine && other != self && has_joined(other));
  });
  return known;
}

void join_worker(WorkerId worker) { join_in_time(worker, api::kForever, api::kNowhere); }

bool is_alive(WorkerId worker, const std::source_location& at) {
  return call(make_call(kIsAlive, object_of(worker), at)).result.bits != 0;
}

namespace api {

Worker::Worker(WorkerKind kind, const WorkerOptions& options, std::function<void()> body)
    : id_(create_worker(kind, options)),
      object_(object_of(id_)),
      kind_(kind),
      body_(std::make_shared<std::function<void()>>(std::move(body))) {}

void Worker::start(Where at) const {
  Arena& arena = runtime().arena();
  const WorkerSlot& self = arena.worker(arena.worker(runtime().self()).process);
  if (kind_ == WorkerKind::process && self.daemon) {
    raise("AssertionError", "daemonic processes are not allowed to have children", site_of(at));
  }
  call(make_call(kStart, object_, at, id_));
  arena.worker(id_).lifecycle.store(Lifecycle::started, std::memory_order_release);
  try {
    if (kind_ == WorkerKind::process) {
      give_channels_to(id_, at);
      // The worker takes the body along, as CPython's forget their target: what the body keeps alive may keep
      // this handle.
      runtime().start_process(id_, {run_process_body, std::move(*body_)});
    } else {
      runtime().start_thread(id_, {run_thread_body, std::move(*body_)});
    }
  } catch (const Error& failure) {
    record_death(arena, id_, EventKind::worker_cut_off, 0);
    raise_text(failure.what(), site_of(at));
  }
}

bool Worker::join(Timeout timeout, Where at) const {
  const bool process = kind_ == WorkerKind::process;
  if (id_ == runtime().self()) {
    raise(process ? "AssertionError" : "RuntimeError", "cannot join current thread", site_of(at));
  }
  if (!was_started(id_)) {
    raise(process ? "AssertionError" : "RuntimeError",
          process ? "can only join a started process" : "cannot join thread before it is started",
          site_of(at));
  }
  return join_in_time(id_, timeout, at);
}

bool Worker::is_alive(Where at) const { return lockstep::is_alive(id_, at); }

bool Worker::daemon() const { return runtime().arena().worker(id_).daemon; }

std::string Worker::name() const {
  Arena& arena = runtime().arena();
  return std::string(arena.text(arena.worker(id_).name));
}

namespace {

void check_started(WorkerId id, std::string_view method, const Where& at) {
  if (was_started(id)) return;
  raise("AttributeError", "'NoneType' object has no attribute '" + std::string(method) + "'", site_of(at));
}

}  // namespace

void Process::terminate(Where at) const {
  check_started(id_, "terminate", at);
  call(make_call(kTerminate, object_, at, id_));
  runtime().signal(id_, SIGTERM);
}

void Process::kill(Where at) const {
  check_started(id_, "kill", at);
  call(make_call(kKill, object_, at, id_));
  runtime().signal(id_, SIGKILL);
}

std::optional<int> Process::exitcode() const {
  const ObjectState state = peek(object_);
  if (state.value != stage_ended) return std::nullopt;
  return static_cast<int>(state.limit);
}

int Process::pid() const { return runtime().arena().worker(id_).pid.load(std::memory_order_acquire); }

std::string current_name() {
  Arena& arena = runtime().arena();
  return std::string(arena.text(arena.worker(runtime().self()).name));
}

int current_pid() {
  Arena& arena = runtime().arena();
  return arena.worker(arena.worker(runtime().self()).process).pid.load(std::memory_order_acquire);
}

}  // namespace api
}  // namespace lockstep
