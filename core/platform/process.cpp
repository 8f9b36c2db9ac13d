#include "core/platform/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/platform/limits.hpp"

namespace lockstep::platform {
namespace {

/// The fields of /proc/PID/stat from the state letter on; the name before it may hold anything.
std::optional<std::istringstream> stat_fields(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  const auto end_of_name = line.rfind(')');
  if (end_of_name == std::string::npos || end_of_name + 2 > line.size()) return std::nullopt;
  return std::istringstream(line.substr(end_of_name + 2));
}

/// In the child between fork and exec: moves `inherited` to 3, 4, 5 … by way of numbers that cannot collide.
bool place_descriptors(std::span<const int> inherited) {
  std::array<int, 8> parked{};
  const int behind = 3 + static_cast<int>(inherited.size());
  for (std::size_t i = 0; i < inherited.size(); ++i) {
    parked[i] = fcntl(inherited[i], F_DUPFD, behind);
    if (parked[i] < 0) return false;
  }
  for (std::size_t i = 0; i < inherited.size(); ++i) {
    if (dup2(parked[i], 3 + static_cast<int>(i)) < 0) return false;
  }
  return syscall(SYS_close_range, 3 + static_cast<unsigned>(inherited.size()), ~0U, 0U) == 0;
}

}  // namespace

void Fd::reset() noexcept {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

std::string last_error() { return std::strerror(errno); }

Fd create_shared_memory(const char* name, std::size_t bytes) {
  Fd fd(memfd_create(name, MFD_CLOEXEC));
  if (fd && ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0) fd.reset();
  return fd;
}

void* map_shared(int fd, std::size_t bytes) {
  void* address = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
  return address == MAP_FAILED ? nullptr : address;
}

void discard(void* address, std::size_t bytes) {
  if (madvise(address, bytes, MADV_REMOVE) != 0) std::memset(address, 0, bytes);
}

void unmap(void* address, std::size_t bytes) { munmap(address, bytes); }

std::pair<Fd, Fd> socket_pair() {
  int ends[2] = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return {};
  return {Fd(ends[0]), Fd(ends[1])};
}

int spawn_self(const std::vector<std::string>& arguments, std::span<const int> inherited,
               std::string& error) {
  std::vector<char*> argv;
  static char name[] = "lockstep";
  argv.push_back(name);
  for (const std::string& argument : arguments)
    argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  // vfork would be cheaper, but descriptors must be placed in the child; the child touches no heap.
  const pid_t pid = fork();
  if (pid < 0) {
    error = "A process for the run could not be started: " + last_error() + ".";
    return 0;
  }
  if (pid == 0) {
    if (!place_descriptors(inherited)) _exit(kNoDescriptorLeft);
    execv("/proc/self/exe", argv.data());
    _exit(127);
  }
  return pid;
}

Fd open_pidfd(int pid) { return Fd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))); }

char kernel_state(int pid) {
  auto fields = stat_fields(pid);
  char state = 0;
  if (fields) *fields >> state;
  return state;
}

std::optional<int> zombie_status(int pid) {
  auto fields = stat_fields(pid);
  if (!fields) return std::nullopt;
  std::string field;
  if (!(*fields >> field) || field != "Z") return std::nullopt;
  // proc(5): exit_code is field 52; the state letter is field 3.
  for (int number = 4; number <= 52; ++number) {
    if (!(*fields >> field)) return std::nullopt;
  }
  return std::atoi(field.c_str());
}

bool has_ended(int pid) {
  if (pid <= 0) return false;
  const Fd pidfd = open_pidfd(pid);
  if (!pidfd) return errno == ESRCH;
  pollfd polled{pidfd.get(), POLLIN, 0};
  return poll(&polled, 1, 0) > 0;
}

std::size_t private_memory(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  std::size_t shared = 0;
  if (!(file >> total >> resident >> shared)) return 0;
  return (resident - shared) * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

int parent_of(int pid) {
  auto fields = stat_fields(pid);
  char state = 0;
  int parent = 0;
  if (fields) *fields >> state >> parent;
  return parent;
}

int parent_pid() { return getppid(); }

void wait_for_exit(int pid) {
  const Fd process = open_pidfd(pid);
  pollfd polled{process.get(), POLLIN, 0};
  while (process && poll(&polled, 1, -1) < 0 && errno == EINTR) {
  }
}

std::size_t physical_memory() {
  return static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

int current_pid() { return getpid(); }
int current_thread_id() { return static_cast<int>(syscall(SYS_gettid)); }
void die_with_parent() { prctl(PR_SET_PDEATHSIG, SIGKILL); }
void become_subreaper() { prctl(PR_SET_CHILD_SUBREAPER, 1); }
void become_group_leader() { setpgid(0, 0); }

namespace {

/// The cores that the process may use when it is not bound. A forked process has a copy.
std::optional<cpu_set_t> cores_before;

}  // namespace

void bind_to_one_core() {
  cpu_set_t all;
  if (sched_getaffinity(0, sizeof all, &all) != 0) return;
  const int here = sched_getcpu();
  if (here < 0) return;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(here), &one);
  if (sched_setaffinity(0, sizeof one, &one) == 0) cores_before = all;
}

void unbind_from_core() {
  if (cores_before) sched_setaffinity(0, sizeof *cores_before, &*cores_before);
}

void kill_and_wait(int pid, int signal) {
  const Fd pidfd = open_pidfd(pid);  // fails where no descriptor is left: then nobody can wait
  if (kill(pid, signal) != 0 || !pidfd) return;
  pollfd polled{pidfd.get(), POLLIN, 0};
  while (poll(&polled, 1, -1) < 0 && errno == EINTR) {
  }
}

void limit_private_memory(std::size_t bytes) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  static_cast<void>(bytes);
#else
  const rlimit limit{bytes, bytes};
  setrlimit(RLIMIT_DATA, &limit);
#endif
}

void forbid_core_dumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

void exit_now(int status) { _exit(status); }

void stop_thread() {
  for (;;)
    pause();
}

}  // namespace lockstep::platform
