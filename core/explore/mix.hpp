// Hashing of small things. Not for adversaries.
#pragma once

#include <cstdint>
#include <string_view>

namespace lockstep {

/// Adds a value to a digest; the order counts. (The finalizer of SplitMix64.)
constexpr std::uint64_t mixed(std::uint64_t digest, std::uint64_t value) {
  std::uint64_t z =
      (digest ^ (value + 0x9E37'79B9'7F4A'7C15 + (digest << 6) + (digest >> 2))) * 0xBF58'476D'1CE4'E5B9;
  z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EB;
  return z ^ (z >> 31);
}

constexpr std::uint64_t digest_of(std::string_view text) {
  std::uint64_t digest = text.size();
  for (const char c : text)
    digest = mixed(digest, static_cast<unsigned char>(c));
  return digest;
}

}  // namespace lockstep
