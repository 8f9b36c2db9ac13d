// What goes through a channel, and the bytes that a kernel, or MPI, carries of it.
#pragma once

#include <string>
#include <string_view>

#include "core/arena/arena.hpp"

namespace lockstep {

/// How a message was sent; the receiver is told.
enum class MessageTag : std::uint8_t { item, bytes, error };

struct Message {
  Value value;
  MessageTag tag = MessageTag::item;
  ObjectId about = kNoObject;  ///< for pools: the future that it belongs to
};

/// How much of a channel's room it takes, in bytes.
std::int64_t length_of(const Arena& arena, Value value);

/// A message as the bytes that a kernel, or MPI, carries, and what it says.
std::string encode(const Arena& arena, const Message& message);
Value decode(Arena& arena, std::string_view bytes);

/// As Python's repr of bytes: b'...'.
std::string repr_of_bytes(std::string_view bytes);

}  // namespace lockstep
