// Connected sockets that carry numbered messages, for pipes and connections between the processes of a run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/platform/process.hpp"

namespace lockstep::platform {

/// A pair of connected sockets (AF_UNIX, SOCK_SEQPACKET), inherited by forked processes, closed on exec. No
/// descriptors and errno if there are none to be had. Holds at least 256 messages of together 64 KiB each
/// way.
std::pair<Fd, Fd> message_pair();

/// Sends a message with its number. Never blocks: 0, or the errno (EAGAIN: no room, EPIPE: nobody reads).
int send_message(int fd, std::uint64_t number, std::string_view message);

/// Takes the message with that number; older ones, whose sending was not completed, are thrown away. Never
/// blocks: nothing if there is no such message.
std::optional<std::string> take_message(int fd, std::uint64_t number);

/// A TCP socket that listens on 127.0.0.1; port 0: the kernel chooses one. No descriptor and errno if that
/// fails (EADDRINUSE).
Fd listen_on_loopback(int port, int backlog);
int port_of(int fd);
/// Blocks only while the listener's backlog is full. No descriptor and errno (ECONNREFUSED).
Fd connect_on_loopback(int port);
/// A connection that waits at the listener, never blocks; no descriptor if there is none.
Fd accept_connection(int fd);
/// Another descriptor of the same; -1 and errno if there is none to be had.
int duplicate(int fd);
void close_descriptor(int fd);

}  // namespace lockstep::platform
