// What can be done with a channel, as operations. The context of a call is a ChannelCall; of kChannelAwait,
// an Arrival.
//
// State: put and got count messages, value = bytes under way, limit = capacity; the rest is in holders.hpp.
// generation = 1 once a reader has been told of the end. Message n lies in slot n % kChannelCapacity of the
// object's items.
#pragma once

#include <limits>

#include "core/process/channel.hpp"
#include "core/runtime/apply.hpp"

namespace lockstep {

/// What a process has of a channel (Runtime::private_word). Bits 0-30: descriptor of its write end + 1;
/// bits 31-61: of its read end + 1; bit 62: unreadable; bit 63: accepted.
using ChannelWord = std::atomic<std::int64_t>;
inline constexpr std::int64_t kDescriptor = 0x7FFF'FFFF;
inline constexpr int kReadShift = 31;
inline constexpr std::int64_t kUnreadable = std::int64_t{1} << 62;
inline constexpr std::int64_t kAccepted = std::numeric_limits<std::int64_t>::min();

inline int write_end(const ChannelWord& word) {
  return static_cast<int>(word.load(std::memory_order_relaxed) & kDescriptor) - 1;
}
inline int read_end(const ChannelWord& word) {
  return static_cast<int>(word.load(std::memory_order_relaxed) >> kReadShift & kDescriptor) - 1;
}
inline std::int64_t ends_of(int write, int read) {
  return static_cast<std::int64_t>(write + 1) | static_cast<std::int64_t>(read + 1) << kReadShift;
}

struct ChannelCall {
  ChannelWord* word = nullptr;
  Message message;         ///< to send, or received
  std::int64_t most = -1;  ///< bytes
  bool at_end = false;
  bool reset = false;  ///< the other side went away with data unread
};

extern const Operation kChannelSend;
extern const Operation kChannelRecv;
extern const Operation kChannelAwait;
extern const Operation kChannelPoll;
extern const Operation kChannelClose;
extern const Operation kChannelInherit;

}  // namespace lockstep
