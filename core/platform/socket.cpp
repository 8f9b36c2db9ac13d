#include "core/platform/socket.hpp"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <array>
#include <cerrno>

namespace lockstep::platform {
namespace {

// The kernel doubles it for its own bookkeeping, about 0.8 KiB a small message.
constexpr int kBufferBytes = 208 * 1024;

void enlarge(int fd) {
  // Fails where the system allows less; what it allows is enough for short messages.
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kBufferBytes, sizeof kBufferBytes);
}

}  // namespace

std::pair<Fd, Fd> message_pair() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return {};
  enlarge(ends[0]);
  enlarge(ends[1]);
  return {Fd(ends[0]), Fd(ends[1])};
}

int send_message(int fd, std::uint64_t number, std::string_view message) {
  std::array<iovec, 2> parts{{{&number, sizeof number}, {const_cast<char*>(message.data()), message.size()}}};
  msghdr header{};
  header.msg_iov = parts.data();
  header.msg_iovlen = parts.size();
  for (;;) {
    if (sendmsg(fd, &header, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) return 0;
    if (errno != EINTR) return errno;
  }
}

std::optional<std::string> take_message(int fd, std::uint64_t number) {
  std::string buffer;
  for (;;) {
    std::uint64_t found = 0;
    const ssize_t length = recv(fd, &found, sizeof found, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
    if (length < 0 && errno == EINTR) continue;
    if (length < static_cast<ssize_t>(sizeof found) || found > number) return std::nullopt;
    buffer.resize(static_cast<std::size_t>(length));
    const ssize_t got = recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < static_cast<ssize_t>(sizeof found)) return std::nullopt;
    if (found < number) continue;
    return buffer.substr(sizeof found);
  }
}

void close_descriptor(int fd) {
  if (fd >= 0) close(fd);
}

}  // namespace lockstep::platform
