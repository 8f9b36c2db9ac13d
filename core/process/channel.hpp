// One direction of a pipe or of a connection: an object of kind pipe. Messages go in at its write end and
// come out at its read end in order. Which processes hold copies of an end is part of its state
// (core/runtime/holders.hpp). Where there is a kernel, a pair of sockets carries the same bytes; whether an
// operation is possible is always told by the state, so that a wait is seen, explained and can be stepped.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/platform/process.hpp"
#include "core/process/message.hpp"
#include "core/runtime/holders.hpp"
#include "core/sync/object.hpp"

namespace lockstep {

/// As many messages fit; besides, a sender waits while 64 KiB are under way. (A Linux socket pair takes 278
/// small ones from CPython.)
inline constexpr std::int64_t kChannelCapacity = 256;

/// Who gets copies of a channel's ends when a process is started.
enum class Inheritance : std::uint8_t {
  all,       ///< every process, as for a Pipe
  on_offer,  ///< only those that channel_offer names
};

/// One channel; both its ends are the calling process's. OSError if the system has no descriptors left.
ObjectId create_single_channel(std::string_view name, api::Where at,
                               Inheritance inheritance = Inheritance::all);
/// The two directions of a connection to a process: `first` goes to the server. The calling process holds its
/// ends, the server's process the others. No sockets yet; records nothing.
std::pair<ObjectId, ObjectId> create_connection(std::string_view name, WorkerId server);
/// Nobody holds the ends of a connection that did not come about.
void abandon_connection(const std::pair<ObjectId, ObjectId>& connection);
/// The calling process sends to `out` and receives from `in` through this socket from now on. False, with
/// errno, if no descriptor is left for that.
bool adopt_socket(ObjectId out, ObjectId in, platform::Fd socket);

/// A step of the calling process, the server, has accepted the connection that the channel belongs to. Until
/// then no process that it starts gets copies of its ends.
void mark_accepted(ObjectId channel);

/// Before `child` is started: it will hold copies of these ends of a channel that the caller has open.
void channel_offer(ObjectId channel, WorkerId child, std::uint8_t ends);
/// A channel each way: `first` goes from the one side to the other.
std::pair<ObjectId, ObjectId> create_channel_pair(std::string_view name, api::Where at);

/// Blocks while the channel is full. BrokenPipeError if nobody can read it any more; OSError if the calling
/// process has closed its copy.
void channel_send(ObjectId channel, const Message& message, api::Where at);
/// Blocks until there is a message. Nothing once every copy of the write end is closed. ConnectionResetError
/// if the other side went away with data unread. `most`: a longer message of bytes raises OSError "bad
/// message length" and stays; -1 = any length.
/// `timeout` set: TimeoutError when the time is over.
std::optional<Message> channel_recv(ObjectId channel, std::int64_t most, api::Where at,
                                    api::Timeout timeout = api::kForever);
/// What came first to somebody who waits for messages and for the end of those who send them.
struct Arrival {
  std::optional<Message> message;
  WorkerSet writers;  ///< without a message: the processes that hold the write end now
};
/// Blocks until there is a message or the number of processes that hold the write end is another one.
Arrival channel_await(ObjectId channel, std::uint32_t writers);
/// Waits at most so long for a message or the end.
bool channel_poll(ObjectId channel, api::Timeout timeout, api::Where at);
/// Closes the calling process's copies of these ends.
void channel_close(ObjectId channel, std::uint8_t ends, api::Where at);

/// The ends of which the calling process holds copies now. No visible step: only its own threads change it.
std::uint8_t channel_ends(ObjectId channel);
/// A mark that a process sets on its own copy of the read end, never to read it again.
bool is_marked_unreadable(ObjectId channel);
void mark_unreadable(ObjectId channel);

/// Before a fork: `child` will hold copies of all that the calling process has open. A step for each pipe.
void give_channels_to(WorkerId child, api::Where at);

}  // namespace lockstep
