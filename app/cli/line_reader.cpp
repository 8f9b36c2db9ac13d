#include "app/cli/line_reader.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "app/cli/interrupts.hpp"

namespace lockstep::cli {
namespace {

/// A signal ends the wait by itself, but for one that comes just before it.
constexpr int kLookEveryMs = 500;

}  // namespace

bool LineReader::fill() {
  while (caught_signal() == 0) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    if (poll(&input, 1, kLookEveryMs) <= 0) continue;
    std::array<char, 4096> bytes;
    const ssize_t count = read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count > 0) read_.append(bytes.data(), static_cast<std::size_t>(count));
    if (count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN))) return true;
    ended_ = true;
    return false;
  }
  return false;
}

std::optional<std::string> LineReader::next() {
  std::size_t end = read_.find('\n');
  while (end == std::string::npos && !ended_ && fill())
    end = read_.find('\n');
  if (caught_signal() != 0 || (end == std::string::npos && read_.empty())) return std::nullopt;
  std::string line = read_.substr(0, end);
  read_.erase(0, end == std::string::npos ? end : end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace lockstep::cli
