#include "core/process/tcp.hpp"

#include "core/process/channel.hpp"
#include "core/process/worker.hpp"

namespace lockstep::api {

void Socket::sendall(std::string_view data, Where at) const {
  if (connection_.closed()) raise("OSError", "[Errno 9] Bad file descriptor", site_of(at));
  channel_send(connection_.sends_to(), {Item(data).value(), MessageTag::bytes}, at);
}

std::string Socket::recv(int bufsize, Where at) const {
  if (connection_.closed()) raise("OSError", "[Errno 9] Bad file descriptor", site_of(at));
  const auto message = channel_recv(connection_.receives_from(), -1, at, timeout_);
  if (!message) return {};
  const std::string data = Item(message->value).str();
  if (data.size() > static_cast<std::size_t>(std::max(bufsize, 0))) {
    raise("ValueError",
          "the sandbox cuts no data: " + std::to_string(data.size()) +
              " bytes were sent at once, so give recv() " + "at least that, for example 1024",
          site_of(at));
  }
  return data;
}

Socket ServerSocket::accept(Timeout timeout, Where at) const {
  const auto connection = accept_from(listener_, timeout, at);
  if (!connection) raise("OSError", "[Errno 9] Bad file descriptor", site_of(at));
  return {*connection, kForever};
}

ServerSocket create_server(std::string_view name, int port, int backlog, Where at) {
  if (backlog < 1 || backlog > 128)
    raise("ValueError", "the backlog is 1 to 128, for example 16", site_of(at));
  return ServerSocket(create_listener(name, {.port = port, .backlog = backlog}, at));
}

Socket create_connection(Address address, Timeout timeout, Where at) {
  ObjectId listener = address.listener != kNoObject ? address.listener : find_listener(address.port);
  if (listener == kNoObject) raise("ConnectionRefusedError", "[Errno 111] Connection refused", site_of(at));
  return {connect_to(listener, current_name(), timeout, at), timeout};
}

}  // namespace lockstep::api
