#include "core/session/line_channel.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace lockstep {

bool LineChannel::send(std::string_view line) {
  const std::lock_guard lock(sending_);
  std::string text(line);
  text += '\n';
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t count = ::send(socket_.get(), text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) sent += static_cast<std::size_t>(count);
  }
  return true;
}

std::optional<std::string> LineChannel::receive(int ms) {
  std::size_t looked_at = 0;
  while (true) {
    if (const std::size_t end = received_.find('\n', looked_at); end != std::string::npos) {
      std::string line = received_.substr(0, end);
      received_.erase(0, end + 1);
      return line;
    }
    looked_at = received_.size();
    pollfd polled{socket_.get(), POLLIN, 0};
    const int ready = closed_ ? 0 : poll(&polled, 1, ms);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return std::nullopt;
    std::array<char, 65536> buffer;
    const ssize_t count = recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (count > 0) {
      received_.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || errno != EINTR) {
      closed_ = true;
    }
  }
}

void LineChannel::shut_down() { shutdown(socket_.get(), SHUT_RDWR); }

}  // namespace lockstep
