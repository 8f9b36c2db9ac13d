// How the live runtime starts, reaps and signals workers: OS threads and OS processes.
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>

#include "core/platform/process.hpp"
#include "core/runtime/live.hpp"

namespace lockstep {
namespace {

/// Not shared: fork gives each process a copy of its own.
std::array<std::atomic<std::int64_t>, kMaxObjects> private_words;

void enter(WorkerSlot& slot) {
  slot.tid.store(platform::current_thread_id(), std::memory_order_relaxed);
  slot.lifecycle.store(Lifecycle::running, std::memory_order_release);
}

}  // namespace

std::atomic<std::int64_t>& LiveRuntime::private_word(ObjectId object) { return private_words[object]; }

void LiveRuntime::start_thread(WorkerId child, Body body) {
  WorkerSlot& slot = arena_.worker(child);
  slot.pid.store(platform::current_pid(), std::memory_order_relaxed);
  slot.version.fetch_add(1, std::memory_order_release);
  try {
    std::thread([&arena = arena_, &hooks = hooks_, child, body = std::move(body)] {
      LiveRuntime runtime(arena, child, hooks);
      enter(arena.worker(child));
      body();
    }).detach();
  } catch (const std::system_error& failure) {
    throw Error("RuntimeError", std::string("can't start new thread (") + failure.what() + ")");
  }
}

void LiveRuntime::start_process(WorkerId child, Body body) {
  WorkerSlot& slot = arena_.worker(child);
  slot.wait_status.store(-1, std::memory_order_relaxed);
  const pid_t pid = fork();
  if (pid < 0) throw Error("OSError", std::string("can't start new process (") + std::strerror(errno) + ")");
  if (pid == 0) {
    slot.pid.store(platform::current_pid(), std::memory_order_release);
    LiveRuntime runtime(arena_, child, hooks_);
    enter(slot);
    platform::exit_now(body());
  }
  slot.pid.store(pid, std::memory_order_release);
  slot.version.fetch_add(1, std::memory_order_release);
  if (hooks_.process_started) hooks_.process_started();
}

int LiveRuntime::reap(WorkerId child) {
  WorkerSlot& slot = arena_.worker(child);
  int status = slot.wait_status.load(std::memory_order_acquire);
  if (status == -1) {
    pid_t done = 0;
    do {
      done = waitpid(slot.pid.load(std::memory_order_acquire), &status, 0);
    } while (done < 0 && errno == EINTR);
    if (done < 0) status = 0;
    slot.wait_status.store(status, std::memory_order_release);
  }
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

void LiveRuntime::signal(WorkerId child, int number) {
  const WorkerSlot& slot = arena_.worker(child);
  const int pid = slot.pid.load(std::memory_order_acquire);
  const bool reaped = slot.wait_status.load(std::memory_order_acquire) != -1;
  if (pid > 0 && !reaped) ::kill(pid, number);
}

}  // namespace lockstep
