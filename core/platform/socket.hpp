// Connected sockets that keep messages apart, for pipes between the processes of a run. Every call but
// message_pair leaves the reason of a failure in errno.
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

void close_descriptor(int fd);

}  // namespace lockstep::platform
