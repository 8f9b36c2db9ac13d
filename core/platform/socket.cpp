#include "core/platform/socket.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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

namespace {

/// Before each message: a stream does not keep messages apart.
struct Frame {
  std::uint64_t number;
  std::uint64_t bytes;
};

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

const sockaddr* generic(const sockaddr_in& address) { return reinterpret_cast<const sockaddr*>(&address); }

}  // namespace

int send_message(int fd, std::uint64_t number, std::string_view message) {
  Frame frame{number, message.size()};
  std::array<iovec, 2> parts{{{&frame, sizeof frame}, {const_cast<char*>(message.data()), message.size()}}};
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
    Frame frame{};
    ssize_t length = recv(fd, &frame, sizeof frame, MSG_PEEK | MSG_DONTWAIT);
    if (length < 0 && errno == EINTR) continue;
    if (length < static_cast<ssize_t>(sizeof frame) || frame.number > number) return std::nullopt;
    buffer.resize(sizeof frame + frame.bytes);
    length = recv(fd, buffer.data(), buffer.size(), MSG_PEEK | MSG_DONTWAIT);
    if (length < static_cast<ssize_t>(buffer.size())) return std::nullopt;
    if (recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT) != length) return std::nullopt;
    if (frame.number == number) return buffer.substr(sizeof frame);
  }
}

Fd listen_on_loopback(int port, int backlog) {
  Fd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return fd;
  const int yes = 1;
  setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  enlarge(fd.get());
  const sockaddr_in address = loopback(port);
  const bool listens =
      bind(fd.get(), generic(address), sizeof address) == 0 && listen(fd.get(), backlog) == 0;
  if (listens) return fd;
  const int error = errno;
  fd.reset();
  errno = error;
  return fd;
}

int port_of(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return ntohs(address.sin_port);
}

Fd connect_on_loopback(int port) {
  Fd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) return fd;
  enlarge(fd.get());
  const int yes = 1;
  setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const sockaddr_in address = loopback(port);
  if (connect(fd.get(), generic(address), sizeof address) == 0) return fd;
  const int error = errno;
  fd.reset();
  errno = error;
  return fd;
}

Fd accept_connection(int fd) {
  Fd connection(accept4(fd, nullptr, nullptr, SOCK_CLOEXEC));
  if (connection) enlarge(connection.get());
  return connection;
}

int duplicate(int fd) { return fcntl(fd, F_DUPFD_CLOEXEC, 0); }

void close_descriptor(int fd) {
  if (fd >= 0) close(fd);
}

}  // namespace lockstep::platform
