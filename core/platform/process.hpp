// Processes, descriptors and shared memory as the kernel gives them. Linux; every call that can fail says
// how.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lockstep::platform {

/// Closes its descriptor when it goes.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  ~Fd() { reset(); }
  void reset() noexcept;
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

/// "No space left on device" for the errno of the last call.
std::string last_error();

/// Anonymous memory that can be shared by passing its descriptor. Sparse: pages cost nothing until they are
/// written.
Fd create_shared_memory(const char* name, std::size_t bytes);
/// Maps it, or returns nullptr.
void* map_shared(int fd, std::size_t bytes);
void unmap(void* address, std::size_t bytes);
/// Gives the memory of whole pages of a shared mapping back; they read as zeros then.
void discard(void* address, std::size_t bytes);

/// A pair of connected sockets; both ends close on exec.
std::pair<Fd, Fd> socket_pair();

/// Starts this program's own binary again with `arguments`; the child inherits exactly `inherited`, in the
/// order given, as descriptors 3, 4, 5 …, and nothing but them and 0, 1, 2. Returns its pid, or 0 with a
/// sentence in `error`.
int spawn_self(const std::vector<std::string>& arguments, std::span<const int> inherited, std::string& error);

/// A descriptor that becomes readable when the process has ended.
Fd open_pidfd(int pid);

/// One letter of the kernel, R S D Z T X …, or 0 if there is no such process.
char kernel_state(int pid);
/// For a process that is a zombie: the wait status. Nothing if it cannot be read.
std::optional<int> zombie_status(int pid);
/// True if none of its threads runs any more, or there is no such process; false, too, where that cannot be
/// found out. The letter Z says less: it stands for the first thread alone.
bool has_ended(int pid);
/// Resident memory of its own (shared pages left out), in bytes; 0 if there is no such process.
std::size_t private_memory(int pid);
int parent_of(int pid);
/// Of the calling process.
int parent_pid();
/// Blocks until the process is a zombie or gone; to be called for one that is on its way out.
void wait_for_exit(int pid);
/// Of the machine, in bytes.
std::size_t physical_memory();

int current_pid();
int current_thread_id();
/// The calling process is sent SIGKILL when the thread that forked it ends.
void die_with_parent();
/// Orphans of this process's descendants become its children.
void become_subreaper();
/// A process group of its own.
void become_group_leader();
/// The calling thread, and all threads and processes that it starts from now on, run on one core only: the
/// one on which it runs now.
void bind_to_one_core();
/// Takes that back for the calling thread; nothing if the process was never bound.
void unbind_from_core();
/// Sends the signal to the process and blocks until the process is dead (it may be a zombie then).
void kill_and_wait(int pid, int signal);
/// Writable memory of its own is limited to this many bytes for the calling process and its children; not
/// under a sanitizer, which reserves far more than the program uses.
void limit_private_memory(std::size_t bytes);
/// No core files for the calling process and its children.
void forbid_core_dumps();

/// Ends this process at once, without running destructors or exit handlers.
[[noreturn]] void exit_now(int status);
/// The calling thread does nothing more until its process ends.
[[noreturn]] void stop_thread();

}  // namespace lockstep::platform
