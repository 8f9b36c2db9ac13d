// multiprocessing.Pipe and multiprocessing.connection.Connection
// (docs.python.org/3/library/multiprocessing.html#multiprocessing.Pipe).
//
//   auto [parent_end, child_end] = Pipe("pipe");           // duplex: both send and receive
//   auto [reader, writer] = Pipe("pipe", Duplex::no);      // one way: the first only receives
//
// Each process holds copies of its own of the ends: the one that makes the pipe, and each that is started by
// a process that has an end open. close() closes the caller's copy. The other end notices only when every
// copy is closed: recv raises EOFError, send raises BrokenPipeError. A process's copies close when it ends,
// however it ends.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/sync/item.hpp"
#include "core/sync/object.hpp"

namespace lockstep::api {

class Connection {
 public:
  /// Blocks while the pipe is full (256 messages or 64 KiB under way). BrokenPipeError if nobody can receive
  /// it any more; OSError if this end is closed or only receives.
  void send(const Item& item, Where at = Where::current()) const;
  /// Blocks until something arrives. EOFError once all that was sent is received and every copy of the other
  /// end is closed; ConnectionResetError if the other end of a duplex pipe went away without having received
  /// what was sent to it. OSError if this end is closed or only sends. UnpicklingError if it was sent by
  /// send_bytes.
  Item recv(Where at = Where::current()) const;
  /// Whether recv would not block, waiting for that at most so long; also true at the end of the data.
  bool poll(Timeout timeout = kNoWait, Where at = Where::current()) const;

  /// Sends `size` bytes from `offset` on (-1: to the end) as one message. ValueError if there are not so
  /// many.
  void send_bytes(std::string_view bytes, std::int64_t offset = 0, std::int64_t size = -1,
                  Where at = Where::current()) const;
  /// A whole message. If it is longer than `maxlength` (-1: any length): OSError, and nothing can be received
  /// from this end any more.
  std::string recv_bytes(std::int64_t maxlength = -1, Where at = Where::current()) const;
  /// Writes a message into `buffer` from `offset` on and returns its length. If there is not enough room:
  /// BufferTooShort, whose message is the one received. ValueError if `offset` is outside the buffer.
  std::int64_t recv_bytes_into(std::string& buffer, std::int64_t offset = 0,
                               Where at = Where::current()) const;

  /// Closes the calling process's copy of this end; nothing happens if it is closed.
  void close(Where at = Where::current()) const;
  /// True if the calling process has closed its copy.
  bool closed() const;
  bool readable() const;
  bool writable() const { return out_ != kNoObject; }
  /// The end that receives from the one object and sends to the other.
  static Connection of(ObjectId receives_from, ObjectId sends_to) { return {receives_from, sends_to}; }
  /// The objects on the screen: what this end receives from and sends to; kNoObject if it does not.
  ObjectId receives_from() const { return in_; }
  ObjectId sends_to() const { return out_; }

 private:
  friend std::pair<Connection, Connection> make_pipe(std::string_view name, bool duplex, Where at);
  Connection(ObjectId in, ObjectId out) : in_(in), out_(out) {}
  void check_open(SiteId site) const;
  void check_readable(SiteId site) const;
  void check_writable(SiteId site) const;
  std::string take_bytes(std::int64_t maxlength, Where at) const;

  ObjectId in_;
  ObjectId out_;
};

enum class Duplex : bool { no, yes };

/// OSError if the system has no descriptors left.
std::pair<Connection, Connection> make_pipe(std::string_view name, bool duplex, Where at);
inline std::pair<Connection, Connection> Pipe(std::string_view name, Duplex duplex = Duplex::yes,
                                              Where at = Where::current()) {
  return make_pipe(name, duplex == Duplex::yes, at);
}

}  // namespace lockstep::api
