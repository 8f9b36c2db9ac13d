#include "core/process/message.hpp"

#include <algorithm>
#include <cstring>

namespace lockstep {

std::string encode(const Arena& arena, const Message& message) {
  std::string bytes{static_cast<char>(message.value.type), static_cast<char>(message.tag)};
  if (message.value.type == ValueType::text) {
    bytes += arena.text(static_cast<TextId>(message.value.bits));
  } else {
    bytes.append(reinterpret_cast<const char*>(&message.value.bits), sizeof message.value.bits);
  }
  return bytes;
}

Value decode(Arena& arena, std::string_view bytes) {
  Value value{static_cast<ValueType>(bytes[0]), 0};
  bytes.remove_prefix(2);
  if (value.type == ValueType::text) return Value::of_text(arena.intern(bytes));
  std::memcpy(&value.bits, bytes.data(), std::min(bytes.size(), sizeof value.bits));
  return value;
}

std::int64_t length_of(const Arena& arena, Value value) {
  if (value.type != ValueType::text) return sizeof value.bits;
  return static_cast<std::int64_t>(arena.text(static_cast<TextId>(value.bits)).size());
}

std::string repr_of_bytes(std::string_view bytes) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string result = "b'";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\' || c == '\'') {
      result += '\\';
      result += c;
    } else if (c == '\n' || c == '\r' || c == '\t') {
      result += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    } else if (byte < 0x20 || byte >= 0x7F) {
      result += "\\x";
      result += kHex[byte >> 4];
      result += kHex[byte & 15];
    } else {
      result += c;
    }
  }
  return result + "'";
}

}  // namespace lockstep
