#include "core/session/host_process.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>

#include "core/host/host.hpp"

namespace lockstep {
namespace {

/// A new folder for the files of one run.
bool make_folder(std::array<char, 256>& path) {
  std::error_code failure;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(failure);
  if (failure) errno = failure.value();
  const std::string pattern = (folder / "lockstep-run-XXXXXX").string();
  if (failure || pattern.size() >= path.size()) return false;
  std::copy(pattern.begin(), pattern.end(), path.begin());
  return mkdtemp(path.data()) != nullptr;
}

/// As temp_directory_path() looks for it.
std::string folder_of_temporary_files() {
  for (const char* name : {"TMPDIR", "TMP", "TEMP", "TEMPDIR"}) {
    if (const char* value = std::getenv(name); value != nullptr) return value;
  }
  return "/tmp";
}

/// An empty folder goes without a descriptor, of which there may be none left; only a host puts files in it,
/// and the descriptors to that host are closed by now.
void remove_folder(const char* path) {
  if (*path == '\0' || rmdir(path) == 0) return;
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

}  // namespace

HostProcess::HostProcess(Arena& arena, std::string& error) : arena_(arena) {
  if (!make_folder(arena.header().folder)) {
    error = "A folder for the run's files could not be made in " + folder_of_temporary_files() + ": " +
            platform::last_error() + ". Name one that can be written (TMPDIR=/var/tmp).";
    return;
  }
  auto [mine, theirs] = platform::socket_pair();
  if (!mine) {
    error = "A socket for the run could not be made: " + platform::last_error() + ".";
    return;
  }
  static_assert(kHostArenaFd == 3 && kHostControlFd == 4);
  const std::array<int, 2> inherited{arena.fd(), theirs.get()};
  pid_ = platform::spawn_self({kHostArgument}, inherited, error);
  if (pid_ == 0) return;
  control_ = std::move(mine);
  pidfd_ = platform::open_pidfd(pid_);
}

HostProcess::~HostProcess() {
  if (pid_ != 0 && !ended()) {
    constexpr int kPatienceMs = 80;
    ask_to_stop();
    if (!wait_for_end(kPatienceMs)) kill_all();
  }
  control_.reset();
  pidfd_.reset();
  remove_folder(arena_.header().folder.data());
}

void HostProcess::say(char byte) {
  if (control_) send(control_.get(), &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

bool HostProcess::wait_for_end(int ms) {
  pollfd polled{pidfd_.get(), POLLIN, 0};
  poll(&polled, 1, ms);
  return ended().has_value();
}

std::optional<int> HostProcess::ended() {
  int status = 0;
  if (!status_ && pid_ != 0 && waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
  return status_;
}

void HostProcess::kill_all() {
  const auto group = static_cast<pid_t>(arena_.header().main_group.load(std::memory_order_acquire));
  if (group > 0) ::kill(-group, SIGKILL);
  if (pid_ == 0 || ended()) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  status_ = status;
}

}  // namespace lockstep
