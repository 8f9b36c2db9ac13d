#include "core/process/inspect.hpp"

#include <csignal>

#include "core/platform/process.hpp"
#include "core/process/worker.hpp"
#include "core/runtime/death.hpp"

namespace lockstep::api {
namespace {

/// pid of the adopter of orphans where there is no kernel.
constexpr int kModelledAdopter = 1;

WorkerId find_process(int pid) {
  Arena& arena = runtime().arena();
  for (std::uint32_t id = 0; id < arena.worker_count(); ++id) {
    const WorkerSlot& slot = arena.worker(static_cast<WorkerId>(id));
    if (slot.kind != WorkerKind::thread && slot.pid.load(std::memory_order_acquire) == pid)
      return static_cast<WorkerId>(id);
  }
  return kNoWorker;
}

WorkerId process_with_pid(int pid, const Where& at) {
  const WorkerId process = find_process(pid);
  if (process == kNoWorker)
    raise("ValueError", "no process of this run has the pid " + std::to_string(pid), site_of(at));
  return process;
}

/// The process that started it; kNoWorker for main.
WorkerId parent_of(Arena& arena, WorkerId process) {
  const WorkerId parent = arena.worker(process).parent;
  return parent == kNoWorker ? kNoWorker : arena.worker(parent).process;
}

bool has_ended(Arena& arena, WorkerId process) {
  const ObjectSlot& object = arena.object(arena.worker(process).object);
  return object.states[object.seq.load(std::memory_order_acquire) & 1].value == stage_ended;
}

bool is_reaped(Arena& arena, WorkerId process) {
  if (arena.worker(process).wait_status.load(std::memory_order_acquire) != -1) return true;
  const WorkerId parent = parent_of(arena, process);
  return parent == kNoWorker || has_ended(arena, parent);
}

/// `context`: the WorkerId of the process.
void look_at_state(Application& a) {
  const WorkerId process = *static_cast<const WorkerId*>(a.context);
  const int pid = a.arena.worker(process).pid.load(std::memory_order_acquire);
  const bool stepped = a.arena.header().step.stepped.load(std::memory_order_relaxed) != 0;
  if (a.state.value == stage_ended) {
    // It has said that it ends; the kernel will be done with it in a moment.
    const bool gone = is_reaped(a.arena, process);
    if (!gone && runtime().has_kernel()) platform::wait_for_exit(pid);
    a.arg = gone ? 0 : runtime().has_kernel() ? platform::kernel_state(pid) : 'Z';
  } else {
    a.arg = stepped || !runtime().has_kernel() ? 'S' : platform::kernel_state(pid);
  }
  a.reply.result = Value::of_int(a.arg);
}

/// On the parent's object; `context`: the WorkerId of the child.
void look_at_parent(Application& a) {
  const WorkerId child = *static_cast<const WorkerId*>(a.context);
  const WorkerId parent = a.object.owner;
  const bool adopted = a.state.value == stage_ended;
  const int parent_pid = a.arena.worker(parent).pid.load(std::memory_order_acquire);
  int now = adopted ? kModelledAdopter : parent_pid;
  if (runtime().has_kernel()) {
    if (adopted) platform::wait_for_exit(parent_pid);
    now = platform::parent_of(a.arena.worker(child).pid.load(std::memory_order_acquire));
  }
  a.arg = adopted ? kSandbox : parent;
  a.extra = static_cast<TextId>(now);
  a.reply.result = Value::of_int(now);
}

constexpr Operation kState{.kind = EventKind::kernel_state, .apply = look_at_state};
constexpr Operation kTerminate{.kind = EventKind::terminate};
constexpr Operation kKill{.kind = EventKind::kill};
constexpr Operation kParent{.kind = EventKind::parent_pid, .apply = look_at_parent, .effect = Effect::reads};

int parent_pid_of_worker(WorkerId process, const Where& at) {
  Arena& arena = runtime().arena();
  const WorkerId parent = parent_of(arena, process);
  if (parent == kNoWorker) return runtime().has_kernel() ? platform::parent_pid() : kModelledAdopter;
  const PendingCall ask = make_call(kParent, arena.worker(parent).object, at);
  return static_cast<int>(call(ask, &process).result.bits);
}

}  // namespace

std::vector<std::string> enumerate(Where at) {
  Arena& arena = runtime().arena();
  const WorkerId process = arena.worker(runtime().self()).process;
  std::vector<std::string> names;
  for (std::uint32_t id = 0; id < arena.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    const WorkerSlot& slot = arena.worker(worker);
    if (slot.process != process || slot.lifecycle.load(std::memory_order_acquire) == Lifecycle::unused)
      continue;
    const bool surely = worker == process || worker == runtime().self();
    if (surely || is_alive(worker, at)) names.emplace_back(arena.text(slot.name));
  }
  runtime().note(lockstep::Event{
      .arg = static_cast<std::int64_t>(names.size()), .site = site_of(at), .kind = EventKind::thread_list});
  return names;
}

int active_count(Where at) { return static_cast<int>(enumerate(at).size()); }

int parent_pid(Where at) {
  Arena& arena = runtime().arena();
  return parent_pid_of_worker(arena.worker(runtime().self()).process, at);
}

int parent_pid_of(int pid, Where at) { return parent_pid_of_worker(process_with_pid(pid, at), at); }

void os_kill(int pid, int signal, Where at) {
  const WorkerId process = find_process(pid);
  if (process == kNoWorker) raise("ProcessLookupError", "[Errno 3] No such process", site_of(at));
  const Operation& operation = signal == SIGTERM ? kTerminate : kKill;
  call(make_call(operation, runtime().arena().worker(process).object, at, process));
  runtime().signal(process, signal);
}

char kernel_state(int pid, Where at) {
  WorkerId process = process_with_pid(pid, at);
  const PendingCall ask = make_call(kState, runtime().arena().worker(process).object, at);
  return static_cast<char>(call(ask, &process).result.bits);
}

}  // namespace lockstep::api
