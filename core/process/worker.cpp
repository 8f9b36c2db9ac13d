#include "core/process/worker.hpp"

#include <cassert>
#include <csignal>
#include <cstring>
#include <new>

#include "core/process/channel.hpp"
#include "core/process/joined.hpp"
#include "core/process/manager.hpp"
#include "core/process/task_queue.hpp"
#include "core/runtime/apply.hpp"
#include "core/runtime/death.hpp"

namespace lockstep {
namespace {

// --- operations on a worker's own object; see WorkerStage ---

bool is_process(const Application& a) { return a.object.kind == ObjectKind::process; }

void start_worker(Application& a) {
  if (a.state.value != stage_created) {
    return a.fail(is_process(a) ? "AssertionError" : "RuntimeError",
                  is_process(a) ? "cannot start a process twice" : "threads can only be started once");
  }
  a.state.value = stage_started;
}

void begin_worker(Application& a) { a.state.value = stage_running; }

void end_worker(Application& a) {
  a.state.value = stage_ended;
  a.state.limit = a.call.arg;
  if (a.call.extra != 0) a.flags = event_flag::kRaised;
  a.extra = 0;
}

bool has_ended(const ObjectState& state, const PendingCall&, WorkerId) { return state.value == stage_ended; }

void ask_alive(Application& a) {
  a.reply.result = Value::of_bool(a.state.value == stage_started || a.state.value == stage_running);
  a.type = ValueType::boolean;
  a.arg = a.reply.result.bits;
}

constexpr Operation kStart{.kind = EventKind::worker_start, .apply = start_worker};
constexpr Operation kBegin{.kind = EventKind::worker_begin, .apply = begin_worker};
constexpr Operation kEnd{.kind = EventKind::worker_end, .apply = end_worker};
/// Who has joined it, in `chosen`: each adds only itself.
void join(Application& a) { a.state.chosen.insert(a.worker); }

/// The process that made it, a daemon, leaves.
void dismiss(Application& a) {
  if (a.state.value != stage_ended) a.arena.worker(a.object.owner).cut_off.store(true);
}

constexpr Operation kJoin{
    .kind = EventKind::join, .ready = has_ended, .apply = join, .effect = Effect::reads};
constexpr Operation kIsAlive{.kind = EventKind::is_alive, .apply = ask_alive, .effect = Effect::reads};
constexpr Operation kTerminate{.kind = EventKind::terminate};
constexpr Operation kKill{.kind = EventKind::kill};
constexpr Operation kDismiss{.kind = EventKind::terminate, .apply = dismiss};

const ObjectState& state_of(Arena& arena, WorkerId id) {
  const ObjectSlot& object = arena.object(arena.worker(id).object);
  return object.states[object.seq.load(std::memory_order_acquire) & 1];
}

bool was_started(WorkerId id) {
  if (runtime().arena().worker(id).lifecycle.load(std::memory_order_acquire) >= Lifecycle::started)
    return true;
  ObjectSlot& object = runtime().arena().object(runtime().arena().worker(id).object);
  const Guard guard(object.guard, runtime().self());
  return current_state(object).value != stage_created;
}

/// A call on a worker's object that no line of the program makes.
PendingCall internal_call(const Operation& operation, WorkerId worker, std::int64_t arg = 0) {
  PendingCall result;
  result.operation = &operation;
  result.kind = operation.kind;
  result.object = runtime().arena().worker(worker).object;
  result.arg = arg;
  return result;
}

// --- slots ---

bool is_thread_number(std::string_view name) {
  constexpr std::string_view kPrefix = "Thread-";
  return name.starts_with(kPrefix) && name.size() > kPrefix.size() &&
         name.find_first_not_of("0123456789", kPrefix.size()) == std::string_view::npos;
}

/// The process and those that it descends from, up to main: a fork copies CPython's counter of thread names.
bool descends_from(Arena& arena, WorkerId process, WorkerId ancestor) {
  while (process != ancestor && arena.worker(process).parent != kNoWorker)
    process = arena.worker(arena.worker(process).parent).process;
  return process == ancestor;
}

/// As CPython numbers them: every thread that got no name of its own, in this process and before its fork.
std::string next_thread_name(Arena& arena, WorkerId process) {
  int used = 0;
  for (std::uint32_t id = 0; id < arena.worker_count(); ++id) {
    const WorkerSlot& slot = arena.worker(static_cast<WorkerId>(id));
    const bool counted =
        slot.process == process || (id < process && descends_from(arena, process, slot.process));
    if (counted && slot.kind == WorkerKind::thread && is_thread_number(arena.text(slot.name))) ++used;
  }
  return "Thread-" + std::to_string(used + 1);
}

/// As multiprocessing numbers them: each child of a process, named or not; "1:2" is the second child of the
/// first one. `before`: only those with a lower number.
std::string identity_of_child(Arena& arena, WorkerId parent, std::uint32_t before) {
  int children = 0;
  for (std::uint32_t id = 0; id < before; ++id) {
    const WorkerSlot& slot = arena.worker(static_cast<WorkerId>(id));
    if (slot.kind == WorkerKind::process && arena.worker(slot.parent).process == parent) ++children;
  }
  const WorkerId grandparent = arena.worker(parent).parent;
  const std::string prefix = grandparent == kNoWorker
                                 ? std::string()
                                 : identity_of_child(arena, arena.worker(grandparent).process, parent) + ":";
  return prefix + std::to_string(children + 1);
}

std::string default_name(Arena& arena, WorkerKind kind) {
  const WorkerId process = arena.worker(runtime().self()).process;
  if (kind == WorkerKind::thread) return next_thread_name(arena, process);
  return next_process_name("Process-");
}

/// A thread is a daemon if the one that makes it is; a process if the process that makes it is.
bool default_daemon(Arena& arena, WorkerKind kind) {
  const WorkerSlot& self = arena.worker(runtime().self());
  if (kind == WorkerKind::process) return arena.worker(self.process).daemon;
  return self.kind == WorkerKind::thread && self.daemon;
}

WorkerId create_worker(WorkerKind kind, const api::WorkerOptions& options) {
  Arena& arena = runtime().arena();
  const WorkerId self = runtime().self();
  const TextId name = arena.intern(options.name.empty() ? default_name(arena, kind) : options.name);
  const WorkerId id = arena.allocate_worker();
  WorkerSlot& slot = arena.worker(id);
  slot.name = name;
  slot.kind = kind;
  slot.daemon = options.daemon.value_or(default_daemon(arena, kind));
  slot.parent = self;
  slot.ordinal = ++arena.worker(self).children;
  slot.created_after =
      static_cast<std::uint32_t>(arena.worker(self).ring.head.load(std::memory_order_relaxed));
  slot.process = kind == WorkerKind::process ? id : arena.worker(self).process;
  slot.object = create_object({.kind = kind == WorkerKind::process ? ObjectKind::process : ObjectKind::thread,
                               .name = {},
                               .owner = id,
                               .found_by_name = true,
                               .state = {},
                               .name_id = name});
  slot.lifecycle.store(Lifecycle::created, std::memory_order_release);
  return id;
}

// --- the life of a worker ---

void note_raised(std::string_view text) {
  lockstep::Event event{.arg = runtime().arena().intern(text), .kind = EventKind::raise};
  event.flags = static_cast<std::uint8_t>(ValueType::text);
  runtime().note(event);
}

/// Runs the body; true if it ended without an error.
bool run_guarded(const std::function<void()>& body) {
  try {
    body();
    return true;
  } catch (const Error& error) {
    if (!error.recorded()) note_raised(error.what());
  } catch (const std::bad_alloc&) {
    note_raised("MemoryError");
  } catch (const ArenaFull& limit) {
    note_raised(std::string("SandboxLimit: ") + limit.what());
  } catch (const std::exception& failure) {
    note_raised(std::string("Exception: ") + failure.what());
  }
  return false;
}

int end_self(bool ok) {
  const int code = ok ? 0 : 1;
  PendingCall end = internal_call(kEnd, runtime().self(), code);
  end.extra = ok ? 0 : 1;
  call(end);
  runtime().arena().worker(runtime().self()).lifecycle.store(Lifecycle::ended, std::memory_order_release);
  return code;
}

void begin_self() {
  runtime().arena().worker(runtime().self()).lifecycle.store(Lifecycle::running, std::memory_order_release);
  call(internal_call(kBegin, runtime().self()));
}

int run_thread_body(const std::function<void()>& body) {
  begin_self();
  return end_self(run_guarded(body));
}

void join_worker(WorkerId id) {
  Arena& arena = runtime().arena();
  call(internal_call(kJoin, id, id));
  if (arena.worker(id).kind == WorkerKind::process) runtime().reap(id);
}

template <class Visit>
void each_started_worker(Arena& arena, Visit&& visit) {
  for (std::uint32_t id = 1; id < arena.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    const Lifecycle stage = arena.worker(worker).lifecycle.load(std::memory_order_acquire);
    if (stage != Lifecycle::unused && state_of(arena, worker).value != stage_created) visit(worker);
  }
}

}  // namespace

bool has_joined(WorkerId id) {
  Arena& arena = runtime().arena();
  const WorkerId self = runtime().self();
  WorkerSet joiners;
  {
    ObjectSlot& object = arena.object(arena.worker(id).object);
    const Guard guard(object.guard, self);
    joiners = current_state(object).chosen;
  }
  bool known = joiners.contains(self);
  joiners.each([&](WorkerId other) {
    const WorkerSlot& slot = arena.worker(other);
    const bool thread_of_mine = slot.kind == WorkerKind::thread && slot.process == arena.worker(self).process;
    known = known || (thread_of_mine && other != self && has_joined(other));
  });
  return known;
}

namespace {

/// What CPython does at exit: threading._shutdown joins the non-daemon threads; then multiprocessing
/// terminates the daemon children and joins all children. Each is a visible step.
void leave_program() {
  Arena& arena = runtime().arena();
  const WorkerId self = runtime().self();
  const auto is_child = [&](WorkerId id) {
    const WorkerSlot& slot = arena.worker(id);
    return slot.kind == WorkerKind::process && arena.worker(slot.parent).process == self;
  };
  lockstep::Event leaving{.kind = EventKind::exit_wait};
  runtime().note(leaving);
  close_pools_at_exit();
  shut_down_managers_at_exit();
  each_started_worker(arena, [&](WorkerId id) {
    const WorkerSlot& slot = arena.worker(id);
    if (slot.kind == WorkerKind::thread && slot.process == self && !slot.daemon) join_worker(id);
  });
  each_started_worker(arena, [&](WorkerId id) {
    if (!is_child(id) || !arena.worker(id).daemon || has_joined(id)) return;
    call(internal_call(kDismiss, id, id));
    runtime().signal(id, SIGTERM);
  });
  each_started_worker(arena, [&](WorkerId id) {
    if (is_child(id) && !has_joined(id)) join_worker(id);
  });
}

}  // namespace

int run_process_body(const std::function<void()>& body) {
  begin_self();
  const bool ok = run_guarded(body);
  leave_program();
  return end_self(ok);
}

std::string next_process_name(std::string_view prefix) {
  Arena& arena = runtime().arena();
  const WorkerId process = arena.worker(runtime().self()).process;
  return std::string(prefix) + identity_of_child(arena, process, arena.worker_count());
}

bool is_alive(WorkerId worker, const std::source_location& at) {
  return call(make_call(kIsAlive, runtime().arena().worker(worker).object, at)).result.bits != 0;
}

void create_main_worker(Arena& arena) {
  [[maybe_unused]] const WorkerId id = arena.allocate_worker();
  assert(id == kMainWorker);
  const ObjectId console = arena.allocate_object();
  ObjectSlot& console_slot = arena.object(console);
  console_slot.kind = ObjectKind::console;
  console_slot.name = arena.intern("console");
  console_slot.defined.store(1, std::memory_order_release);
  const ObjectId object = arena.allocate_object();
  ObjectSlot& own = arena.object(object);
  own.kind = ObjectKind::process;
  own.name = arena.intern("main");
  own.owner = kMainWorker;
  own.states[0] = {};
  own.states[0].value = stage_started;
  own.defined.store(1, std::memory_order_release);
  WorkerSlot& slot = arena.worker(kMainWorker);
  slot.name = own.name;
  slot.kind = WorkerKind::main;
  slot.parent = kNoWorker;
  slot.process = kMainWorker;
  slot.object = object;
  slot.wait_status.store(-1, std::memory_order_relaxed);
  slot.lifecycle.store(Lifecycle::started, std::memory_order_release);
}

namespace api {

Worker::Worker(WorkerKind kind, const WorkerOptions& options, std::function<void()> body)
    : id_(create_worker(kind, options)),
      object_(runtime().arena().worker(id_).object),
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
    const std::string text = failure.what();
    raise(failure.type(), text.substr(std::min(text.size(), failure.type().size() + 2)), site_of(at));
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
  const bool ended = call(make_call(kJoin, object_, at, id_, timeout)).done();
  if (ended && process) runtime().reap(id_);
  return ended;
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
  const ObjectState& state = state_of(runtime().arena(), id_);
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
