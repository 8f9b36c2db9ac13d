#include "core/platform/rank_job.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/platform/socket.hpp"

namespace lockstep::platform {
namespace {

std::filesystem::path carrier_program() {
  std::error_code failure;
  return std::filesystem::read_symlink("/proc/self/exe", failure).parent_path() / "lockstep-rank";
}

/// The full path of mpirun; empty if there is none.
std::string mpirun() {
  const char* path = std::getenv("PATH");
  std::string rest = path == nullptr ? "/usr/bin" : path;
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    const std::string candidate = rest.substr(0, colon) + "/mpirun";
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
    rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
  }
  return {};
}

/// In the child: becomes mpirun. Messages travel by TCP, so that nothing is left in /dev/shm by a job that is
/// killed; its other files are in the run's folder.
[[noreturn]] void become_mpirun(const std::string& program, const std::vector<std::string>& arguments,
                                const std::string& folder) {
  const std::string log = folder + "/mpirun.log";
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int in = open("/dev/null", O_RDONLY);
  if (out < 0 || in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0) _exit(127);
  syscall(SYS_close_range, 3U, ~0U, 0U);
  setenv("TMPDIR", folder.c_str(), 1);
  setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
  setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
  std::vector<char*> argv;
  for (const std::string& argument : arguments)
    argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(127);
}

bool read_all(int fd, void* data, std::size_t bytes) {
  auto* at = static_cast<char*>(data);
  while (bytes > 0) {
    const ssize_t count = recv(fd, at, bytes, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    at += count;
    bytes -= static_cast<std::size_t>(count);
  }
  return true;
}

bool write_all(int fd, std::string_view data) {
  while (!data.empty()) {
    const ssize_t count = ::send(fd, data.data(), data.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    data.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool write_frame(int fd, std::int32_t peer, std::string_view bytes) {
  const RankFrame frame{peer, static_cast<std::uint32_t>(bytes.size())};
  std::string all(reinterpret_cast<const char*>(&frame), sizeof frame);
  all += bytes;
  return write_all(fd, all);
}

/// The first thing that mpirun had to say.
std::string first_line_of_log(const std::string& folder) {
  std::ifstream log(folder + "/mpirun.log");
  for (std::string line; std::getline(log, line);) {
    if (line.find_first_not_of("- ") != std::string::npos) return line;
  }
  return "mpirun ended without a word";
}

/// Takes in connections until each rank has its own; false if mpirun ends before.
bool connect_all(RankJob& job, int listener) {
  const Fd ended = open_pidfd(job.pid);
  for (std::size_t connected = 0; connected < job.carriers.size();) {
    pollfd polled[] = {{listener, POLLIN, 0}, {ended.get(), POLLIN, 0}};
    if (poll(polled, 2, -1) < 0) continue;
    if (Fd connection = accept_connection(listener)) {
      std::int32_t rank = -1;
      const bool known = read_all(connection.get(), &rank, sizeof rank) && rank >= 0 &&
                         static_cast<std::size_t>(rank) < job.carriers.size();
      if (!known || job.carriers[static_cast<std::size_t>(rank)]) continue;
      job.carriers[static_cast<std::size_t>(rank)] = std::move(connection);
      ++connected;
    } else if (polled[1].revents != 0) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool can_start_ranks() { return !mpirun().empty() && access(carrier_program().c_str(), X_OK) == 0; }

RankJob start_ranks(int size, const std::string& folder, std::string& error) {
  RankJob job;
  const Fd listener = listen_on_loopback(0, 128);
  if (!listener) {
    error = "A socket for the ranks could not be made: " + last_error() + ".";
    return job;
  }
  const std::string program = mpirun();
  const std::vector<std::string> arguments{"mpirun",
                                           "--oversubscribe",
                                           "--bind-to",
                                           "none",
                                           "--mca",
                                           "pml",
                                           "ob1",
                                           "--mca",
                                           "btl",
                                           "self,tcp",
                                           "--mca",
                                           "btl_tcp_if_include",
                                           "lo",
                                           "--mca",
                                           "oob_tcp_if_include",
                                           "lo",
                                           "--mca",
                                           "mpi_yield_when_idle",
                                           "1",
                                           "-np",
                                           std::to_string(size),
                                           carrier_program().string(),
                                           std::to_string(port_of(listener.get()))};
  job.pid = fork();
  if (job.pid == 0) become_mpirun(program, arguments, folder);
  if (job.pid < 0) {
    error = "mpirun could not be started: " + last_error() + ".";
    return {};
  }
  job.carriers.resize(static_cast<std::size_t>(size));
  if (connect_all(job, listener.get())) return job;
  wait_for_ranks(job.pid);
  error = "Open MPI could not start " + std::to_string(size) + " ranks: " + first_line_of_log(folder);
  return {};
}

void wait_for_ranks(int pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
}

bool RankCarrier::send(int dest, std::string_view bytes) { return write_frame(fd_.get(), dest, bytes); }

std::optional<std::string> RankCarrier::receive(int source) {
  while (arrived_[source].empty()) {
    RankFrame frame{};
    if (!read_all(fd_.get(), &frame, sizeof frame)) return std::nullopt;
    std::string bytes(frame.bytes, '\0');
    if (!read_all(fd_.get(), bytes.data(), bytes.size())) return std::nullopt;
    arrived_[frame.peer].push_back(std::move(bytes));
  }
  std::string first = std::move(arrived_[source].front());
  arrived_[source].pop_front();
  return first;
}

void RankCarrier::say_goodbye() { write_frame(fd_.get(), kGoodbye, {}); }

}  // namespace lockstep::platform
