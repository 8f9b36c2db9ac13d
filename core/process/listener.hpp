// An address that processes connect to: an object of kind socket. Where there is a kernel, it is a TCP socket
// that listens on 127.0.0.1, and its connections are TCP connections; whether an operation is possible is
// told by the state, as for pipes (channel.hpp).
#pragma once

#include <optional>

#include "core/process/pipe.hpp"

namespace lockstep {

struct ListenerOptions {
  int port = 0;  ///< 0: one that is free
  int backlog = 16;
  WorkerId server = kNoWorker;  ///< the process that will accept; kNoWorker: the calling one
};

/// Listens. OSError "[Errno 98] Address already in use (while …)", PermissionError. One visible step.
ObjectId create_listener(std::string_view name, const ListenerOptions& options, api::Where at);
int port_of_listener(ObjectId listener);
/// The listener on that port in this run; kNoObject if there is none.
ObjectId find_listener(int port);

/// Blocks while the backlog is full, at most `timeout` (TimeoutError). ConnectionRefusedError once it is
/// closed or its process has ended. `name`: of the connection.
api::Connection connect_to(ObjectId listener, std::string_view name, api::Timeout timeout, api::Where at);
/// Blocks until somebody connects, at most `timeout` (TimeoutError); nothing once it is closed.
std::optional<api::Connection> accept_from(ObjectId listener, api::Timeout timeout, api::Where at);
/// No more connections; those that nobody has accepted are reset.
void close_listener(ObjectId listener, api::Where at);
/// The calling process's own descriptor goes, and nothing else: it has left the listener to another.
void leave_listener(ObjectId listener);

}  // namespace lockstep
