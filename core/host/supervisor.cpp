#include "core/host/supervisor.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <csignal>

#include "core/arena/ring.hpp"
#include "core/host/host.hpp"
#include "core/platform/clock.hpp"
#include "core/platform/limits.hpp"
#include "core/platform/thread_stack.hpp"
#include "core/runtime/death.hpp"

namespace lockstep {
namespace {

constexpr std::int64_t kMemoryCheckNs = 50'000'000;
/// As many threads as a run has workers find room within its limit of memory.
constexpr std::size_t kThreadStack = std::size_t{1} << 20;

/// A sanitizer keeps several times as much memory as the program that it watches.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t kMemoryFactor = 8;
#else
constexpr std::uint64_t kMemoryFactor = 1;
#endif

}  // namespace

Supervisor::Supervisor(Arena& arena, platform::Fd control)
    : arena_(arena), control_(std::move(control)), started_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  platform::become_group_leader();
  platform::become_subreaper();
  if (!started_)
    throw std::runtime_error("The run's supervisor could not be set up: " + platform::last_error() + ".");
  if (arena.header().step.stepped.load(std::memory_order_relaxed) != 0) keeper_.emplace(arena);
}

void Supervisor::fork_main(const std::function<void(const HostHooks&)>& body) {
  const int supervisor = platform::current_pid();
  const pid_t pid = fork();
  if (pid < 0)
    throw std::runtime_error("The main worker could not be started: " + platform::last_error() + ".");
  if (pid == 0) {
    platform::become_group_leader();
    platform::die_with_parent();
    if (platform::parent_pid() != supervisor) platform::exit_now(1);  // it died before that took effect
    // Here, too: the program may have processes, and the supervisor die, before it comes to its own line.
    arena_.header().main_group.store(static_cast<std::uint32_t>(platform::current_pid()),
                                     std::memory_order_release);
    control_.reset();
    platform::limit_private_memory(arena_.header().memory_limit);
    platform::set_thread_stack(kThreadStack);
    const int started = started_.get();
    const auto tell = [started] { eventfd_write(started, 1); };
    const HostHooks hooks{tell, tell};
    body(hooks);
    platform::exit_now(1);
  }
  platform::allow_most_descriptors();  // one for each process; not for the program
  setpgid(pid, pid);
  arena_.worker(kMainWorker).pid.store(pid, std::memory_order_release);
  arena_.header().main_group.store(static_cast<std::uint32_t>(pid), std::memory_order_release);
}

void Supervisor::watch() {
  for (;;) {
    watch_new_processes();
    if (watched_.empty()) {
      // Nothing is known to live; a process forked a moment ago by one that has died is found here.
      reap_own_children();
      watch_new_processes();
      if (watched_.empty()) break;
    }
    wait_for_something();
    take_in_dead();
    reap_own_children();
    check_memory();
    if (keeper_ && !stopped_) keeper_->tend();
  }
  ring_doorbell(arena_.header());
}

void Supervisor::watch_new_processes() {
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const WorkerSlot& slot = arena_.worker(static_cast<WorkerId>(id));
    const int pid = slot.pid.load(std::memory_order_acquire);
    if (slot.kind == WorkerKind::thread || pid == 0 || dead_.contains(pid)) continue;
    if (std::any_of(watched_.begin(), watched_.end(), [pid](const Watched& w) { return w.pid == pid; }))
      continue;
    platform::Fd pidfd = platform::open_pidfd(pid);
    if (pidfd) {
      watched_.push_back({pid, std::move(pidfd)});
    } else if (errno == ESRCH) {
      on_death(pid, 0);  // gone and reaped already
    } else {
      give_up("A process of the run could not be watched: " + platform::last_error() +
              ". Allow more open files (ulimit -n 1024).");
      return;
    }
  }
}

void Supervisor::wait_for_something() {
  std::vector<pollfd> polled;
  polled.push_back({control_.get(), POLLIN, 0});
  polled.push_back({started_.get(), POLLIN, 0});
  for (const Watched& process : watched_)
    polled.push_back({process.pidfd.get(), POLLIN, 0});
  poll(polled.data(), polled.size(), static_cast<int>(kMemoryCheckNs / 1'000'000));
  if (polled[1].revents != 0) {
    eventfd_t count = 0;
    eventfd_read(started_.get(), &count);
  }
  if (polled[0].revents != 0 && !stopped_) obey();
}

void Supervisor::obey() {
  char byte = 0;
  if (read(control_.get(), &byte, 1) == 1) {
    if (byte == static_cast<char>(ControlByte::live) && keeper_) {
      keeper_->release();
      keeper_.reset();
    }
    return;
  }
  stopped_ = true;
  control_.reset();
  end_everything();
}

void Supervisor::take_in_dead() {
  for (const Watched& process : watched_) {
    pollfd polled{process.pidfd.get(), POLLIN, 0};
    if (poll(&polled, 1, 0) > 0) on_death(process.pid, platform::zombie_status(process.pid).value_or(0));
  }
  std::erase_if(watched_, [this](const Watched& process) { return dead_.contains(process.pid); });
}

void Supervisor::reap_own_children() {
  int status = 0;
  for (pid_t pid = 0; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
    on_death(pid, status);
}

void Supervisor::on_death(int pid, int wait_status) {
  if (!dead_.insert(pid).second || stopped_) return;
  const int signal = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
  if (keeper_) return keeper_->process_died(pid, signal);
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    WorkerSlot& slot = arena_.worker(worker);
    if (slot.pid.load(std::memory_order_acquire) != pid) continue;
    const Lifecycle stage = slot.lifecycle.load(std::memory_order_acquire);
    if (stage != Lifecycle::started && stage != Lifecycle::running) continue;
    record_death(arena_, worker, signal == 0 ? EventKind::worker_cut_off : EventKind::worker_killed, signal);
  }
  ring_doorbell(arena_.header());
}

bool Supervisor::memory_check_is_due() {
  const std::int64_t now = platform::monotonic_ns();
  if (now < next_memory_check_) return false;
  next_memory_check_ = now + kMemoryCheckNs;
  return true;
}

void Supervisor::check_memory() {
  if (!memory_check_is_due()) return;
  std::size_t total = 0;
  for (const Watched& process : watched_)
    total += platform::private_memory(process.pid);
  if (total <= arena_.header().memory_limit * kMemoryFactor) return;
  arena_.header().memory_exceeded.store(1, std::memory_order_release);
  end_everything();
}

/// What it cannot see it cannot answer for.
void Supervisor::give_up(const std::string& sentence) {
  if (stopped_) return;
  arena_.header().fault.store(arena_.intern(sentence), std::memory_order_release);
  stopped_ = true;
  end_everything();
}

void Supervisor::end_everything() {
  const auto group = static_cast<pid_t>(arena_.header().main_group.load(std::memory_order_acquire));
  if (group > 0) ::kill(-group, SIGKILL);
}

}  // namespace lockstep
