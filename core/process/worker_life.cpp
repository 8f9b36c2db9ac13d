#include "core/process/worker_life.hpp"

#include <csignal>
#include <new>

#include "core/process/joined.hpp"
#include "core/process/manager.hpp"
#include "core/process/task_queue.hpp"
#include "core/runtime/death.hpp"
#include "core/runtime/peek.hpp"

namespace lockstep {
namespace {

void begin_worker(Application& a) { a.state.value = stage_running; }

/// `arg` of the call: the exit code; `extra`: whether it ended with an error.
void end_worker(Application& a) {
  a.state.value = stage_ended;
  a.state.limit = a.call.arg;
  if (a.call.extra != 0) a.flags = event_flag::kRaised;
  a.extra = 0;
}

/// The process that made it, a daemon, leaves.
void dismiss(Application& a) {
  if (a.state.value != stage_ended) a.arena.worker(a.object.owner).cut_off.store(true);
}

constexpr Operation kBegin{.kind = EventKind::worker_begin, .apply = begin_worker};
constexpr Operation kEnd{.kind = EventKind::worker_end, .apply = end_worker};
constexpr Operation kDismiss{.kind = EventKind::terminate, .apply = dismiss};

/// A call on a worker's object that no line of the program makes.
PendingCall call_on(WorkerId worker, const Operation& operation, std::int64_t arg = 0) {
  return make_call(operation, runtime().arena().worker(worker).object, api::kNowhere, arg);
}

void note_raised(std::string_view text) {
  Event event{.arg = runtime().arena().intern(text), .kind = EventKind::raise};
  event.flags = static_cast<std::uint8_t>(ValueType::text);
  runtime().note(event);
}

/// True if it ended without an error.
bool run_guarded(const std::function<void()>& work) {
  try {
    work();
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

void enter_stage(Lifecycle stage) {
  runtime().arena().worker(runtime().self()).lifecycle.store(stage, std::memory_order_release);
}

void begin_self() {
  enter_stage(Lifecycle::running);
  call(call_on(runtime().self(), kBegin));
}

int end_self(bool ok) {
  const int code = ok ? 0 : 1;
  PendingCall end = call_on(runtime().self(), kEnd, code);
  end.extra = ok ? 0 : 1;
  call(end);
  enter_stage(Lifecycle::ended);
  return code;
}

template <class Visit>
void each_started_worker(Arena& arena, Visit&& visit) {
  for (std::uint32_t id = 1; id < arena.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    const Lifecycle stage = arena.worker(worker).lifecycle.load(std::memory_order_acquire);
    if (stage != Lifecycle::unused && peek(arena.worker(worker).object).value != stage_created) visit(worker);
  }
}

/// What CPython does at exit: threading._shutdown joins the non-daemon threads; then multiprocessing
/// terminates the daemon children and joins all children. Each is a visible step, but for those that have
/// been joined: there CPython has nothing left to do either.
void leave_program() {
  Arena& arena = runtime().arena();
  const WorkerId self = runtime().self();
  const auto is_child = [&](WorkerId id) {
    const WorkerSlot& slot = arena.worker(id);
    return slot.kind == WorkerKind::process && arena.worker(slot.parent).process == self;
  };
  runtime().note({.kind = EventKind::exit_wait});
  close_pools_at_exit();
  shut_down_managers_at_exit();
  each_started_worker(arena, [&](WorkerId id) {
    const WorkerSlot& slot = arena.worker(id);
    const bool counts = slot.kind == WorkerKind::thread && slot.process == self && !slot.daemon;
    if (counts && !has_joined(id)) join_worker(id);
  });
  each_started_worker(arena, [&](WorkerId id) {
    if (!is_child(id) || !arena.worker(id).daemon || has_joined(id)) return;
    call(call_on(id, kDismiss, id));
    runtime().signal(id, SIGTERM);
  });
  each_started_worker(arena, [&](WorkerId id) {
    if (is_child(id) && !has_joined(id)) join_worker(id);
  });
}

}  // namespace

int run_process_body(const std::function<void()>& work) {
  begin_self();
  const bool ok = run_guarded(work);
  leave_program();
  return end_self(ok);
}

int run_thread_body(const std::function<void()>& work) {
  begin_self();
  return end_self(run_guarded(work));
}

}  // namespace lockstep
