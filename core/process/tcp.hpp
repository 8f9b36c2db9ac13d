// TCP on loopback, as far as Python's socket module is used to teach: create_server, accept,
// create_connection, sendall, recv, settimeout, close. (docs.python.org/3/library/socket.html)
//
//   const ServerSocket server = create_server("server");
//   const Socket connection = server.accept();                           // one process
//   const Socket client = create_connection(server.address(), 2s);       // another
//
// What one sendall sends, one recv receives: the stream is cut where it was sent, which TCP allows.
#pragma once

#include <string>
#include <string_view>

#include "core/process/listener.hpp"

namespace lockstep::api {

class Socket {
 public:
  Socket(const Connection& connection, Timeout timeout) : connection_(connection), timeout_(timeout) {}
  /// Blocks while too much is under way. BrokenPipeError once the other side has gone (the first time, TCP
  /// would take the data and drop it).
  void sendall(std::string_view data, Where at = Where::current()) const;
  /// Blocks until something arrives, at most the socket's time-out (then TimeoutError). "" once the other
  /// side has closed. ConnectionResetError. ValueError if more than `bufsize` was sent at once.
  std::string recv(int bufsize, Where at = Where::current()) const;
  /// For recv; kForever waits without end.
  void settimeout(Timeout timeout) { timeout_ = timeout; }
  void close(Where at = Where::current()) const { connection_.close(at); }

 private:
  Connection connection_;
  Timeout timeout_;
};

/// Where a server listens: 127.0.0.1 and this port.
struct Address {
  ObjectId listener = kNoObject;
  int port = 0;
};

class ServerSocket {
 public:
  explicit ServerSocket(ObjectId listener) : listener_(listener) {}
  /// Blocks until a client connects, at most `timeout` (TimeoutError). OSError once it is closed.
  Socket accept(Timeout timeout = kForever, Where at = Where::current()) const;
  Address address() const { return {listener_, port_of_listener(listener_)}; }
  void close(Where at = Where::current()) const { close_listener(listener_, at); }
  ObjectId id() const { return listener_; }

 private:
  ObjectId listener_;
};

/// Listens on 127.0.0.1; port 0: one that is free. OSError "[Errno 98] Address already in use (while
/// attempting to bind on address ('127.0.0.1', 8080))", whoever has it; PermissionError below 1024;
/// OverflowError.
ServerSocket create_server(std::string_view name, int port = 0, int backlog = 16,
                           Where at = Where::current());
/// Connects, at most `timeout`, which is also the socket's. ConnectionRefusedError if nobody listens there.
Socket create_connection(Address address, Timeout timeout = kForever, Where at = Where::current());

}  // namespace lockstep::api
