#include "core/session/explorer_process.hpp"

#include <fmt/format.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "core/explore/report.hpp"

namespace lockstep {
namespace {

/// A terminal sends Ctrl-C to the whole group, but it is meant for the owner: what is blocked while the
/// explorer is started stays so in it. It ends with its owner anyhow.
class ForOwnerOnly {
 public:
  ForOwnerOnly() {
    sigset_t meant;
    sigemptyset(&meant);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
      sigaddset(&meant, signal);
    pthread_sigmask(SIG_BLOCK, &meant, &before_);
  }
  ~ForOwnerOnly() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  ForOwnerOnly(const ForOwnerOnly&) = delete;
  ForOwnerOnly& operator=(const ForOwnerOnly&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

ExplorerProcess::ExplorerProcess(const std::string& first, Ears ears, std::string& error)
    : ears_(std::move(ears)) {
  auto [mine, theirs] = platform::socket_pair();
  if (!mine) {
    error = "A socket for the explorer could not be made: " + platform::last_error() + ".";
    return;
  }
  const std::array<int, 1> inherited{theirs.get()};
  {
    const ForOwnerOnly signals;
    pid_ = platform::spawn_self({kExplorerArgument}, inherited, error);
  }
  if (pid_ == 0) return;
  pidfd_ = platform::open_pidfd(pid_);
  channel_ = std::make_unique<LineChannel>(std::move(mine));
  theirs.reset();
  channel_->send(first);
  try {
    listener_ = std::thread([this] { listen(); });
  } catch (const std::system_error& failure) {
    error = no_thread(failure);
    kill();
    reaped();
    pid_ = 0;
  }
}

ExplorerProcess::~ExplorerProcess() {
  if (pid_ == 0) return;
  kill();
  channel_->shut_down();
  listener_.join();
}

void ExplorerProcess::send(const std::string& line) { channel_->send(line); }

// By its descriptor: the number may be another's once it was reaped.
void ExplorerProcess::kill() { syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0); }

void ExplorerProcess::listen() {
  while (!channel_->closed()) {
    const auto line = channel_->receive(-1);
    if (!line) break;
    try {
      ears_.heard(*line);
    } catch (const std::exception&) {
      break;  // whoever says such things has lost its mind
    }
  }
  kill();
  ears_.ended(reaped());
}

std::string ExplorerProcess::reaped() {
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFSIGNALED(status)) return fmt::format("ended with status {}", WEXITSTATUS(status));
  return fmt::format("was ended by signal {}", WTERMSIG(status));
}

}  // namespace lockstep
