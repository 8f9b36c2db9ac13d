#include "core/runtime/os_workers.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <thread>

#include "core/platform/process.hpp"
#include "core/runtime/runtime.hpp"

namespace lockstep {
namespace {

/// Not shared: fork gives each process a copy of its own.
std::array<std::atomic<std::int64_t>, kMaxObjects> private_words;

void enter(WorkerSlot& slot) {
  slot.tid.store(platform::current_thread_id(), std::memory_order_relaxed);
  slot.lifecycle.store(Lifecycle::running, std::memory_order_release);
}

}  // namespace

std::atomic<std::int64_t>& private_word_of(ObjectId object) { return private_words[object]; }

void start_os_thread(Arena& arena, WorkerId child, std::function<void()> life) {
  WorkerSlot& slot = arena.worker(child);
  slot.pid.store(platform::current_pid(), std::memory_order_relaxed);
  slot.version.fetch_add(1, std::memory_order_release);
  try {
    std::thread([&slot, life = std::move(life)] {
      enter(slot);
      life();
    }).detach();
  } catch (const std::system_error& failure) {
    throw Error("RuntimeError", std::string("can't start new thread (") + failure.what() + ")");
  }
}

void start_os_process(Arena& arena, WorkerId child, const HostHooks& hooks,
                      const std::function<int()>& life) {
  WorkerSlot& slot = arena.worker(child);
  slot.wait_status.store(-1, std::memory_order_relaxed);
  const pid_t pid = fork();
  if (pid < 0) throw Error("OSError", std::string("can't start new process (") + std::strerror(errno) + ")");
  if (pid == 0) {
    // Known before its first event, also if the parent is held up.
    slot.pid.store(platform::current_pid(), std::memory_order_release);
    slot.version.fetch_add(1, std::memory_order_release);
    enter(slot);
    platform::exit_now(life());
  }
  slot.pid.store(pid, std::memory_order_release);
  slot.version.fetch_add(1, std::memory_order_release);
  if (hooks.process_started) hooks.process_started();
}

int reap_os_process(Arena& arena, WorkerId child) {
  WorkerSlot& slot = arena.worker(child);
  int status = slot.wait_status.load(std::memory_order_acquire);
  if (status == -1) {
    pid_t done = 0;
    do {
      done = waitpid(slot.pid.load(std::memory_order_acquire), &status, 0);
    } while (done < 0 && errno == EINTR);
    if (done < 0) status = 0;  // another thread of this process has waited for it
    int unknown = -1;
    slot.wait_status.compare_exchange_strong(unknown, status, std::memory_order_acq_rel);
  }
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace lockstep
