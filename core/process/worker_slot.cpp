#include "core/process/worker_slot.hpp"

#include <cassert>

#include "core/runtime/death.hpp"
#include "core/sync/object.hpp"

namespace lockstep {
namespace {

/// False while somebody else is still filling it.
bool is_complete(const WorkerSlot& slot) {
  return slot.lifecycle.load(std::memory_order_acquire) != Lifecycle::unused;
}

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
    if (!is_complete(slot) || slot.kind != WorkerKind::thread) continue;
    const bool counted =
        slot.process == process || (id < process && descends_from(arena, process, slot.process));
    if (counted && is_thread_number(arena.text(slot.name))) ++used;
  }
  return "Thread-" + std::to_string(used + 1);
}

/// As multiprocessing numbers them: each child of a process, named or not; "1:2" is the second child of the
/// first one. `before`: only those with a lower number.
std::string identity_of_child(Arena& arena, WorkerId parent, std::uint32_t before) {
  int children = 0;
  for (std::uint32_t id = 0; id < before; ++id) {
    const WorkerSlot& slot = arena.worker(static_cast<WorkerId>(id));
    if (!is_complete(slot) || slot.kind != WorkerKind::process) continue;
    if (arena.worker(slot.parent).process == parent) ++children;
  }
  const WorkerId grandparent = arena.worker(parent).parent;
  const std::string prefix = grandparent == kNoWorker
                                 ? std::string()
                                 : identity_of_child(arena, arena.worker(grandparent).process, parent) + ":";
  return prefix + std::to_string(children + 1);
}

std::string default_name(Arena& arena, WorkerKind kind) {
  if (kind == WorkerKind::process) return next_process_name("Process-");
  return next_thread_name(arena, arena.worker(runtime().self()).process);
}

/// A thread is a daemon if the one that makes it is; a process if the process that makes it is.
bool default_daemon(Arena& arena, WorkerKind kind) {
  const WorkerSlot& self = arena.worker(runtime().self());
  if (kind == WorkerKind::process) return arena.worker(self.process).daemon;
  return self.kind == WorkerKind::thread && self.daemon;
}

}  // namespace

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

std::string next_process_name(std::string_view prefix) {
  Arena& arena = runtime().arena();
  const WorkerId process = arena.worker(runtime().self()).process;
  return std::string(prefix) + identity_of_child(arena, process, arena.worker_count());
}

void create_main_worker(Arena& arena) {
  [[maybe_unused]] const WorkerId id = arena.allocate_worker();
  assert(id == kMainWorker);
  const ObjectId console = arena.allocate_object();
  ObjectSlot& console_slot = arena.object(console);
  console_slot.kind = ObjectKind::console;
  console_slot.name = arena.intern("console");
  console_slot.states[0] = kNewState;
  console_slot.defined.store(1, std::memory_order_release);
  const ObjectId object = arena.allocate_object();
  ObjectSlot& own = arena.object(object);
  own.kind = ObjectKind::process;
  own.name = arena.intern("main");
  own.owner = kMainWorker;
  own.states[0] = kNewState;
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

}  // namespace lockstep
