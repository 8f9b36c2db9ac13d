// What writing and reading a schedule's text share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lockstep::schedule_text {

/// Digits to the base of 32, without those that are mistaken for others (Crockford).
inline constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
inline constexpr std::size_t kChecksumDigits = 7;
inline constexpr std::string_view kMagic = "LS";
inline constexpr std::string_view kSeedName = "seed";

constexpr bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

/// CRC-32 of the text: any change within 32 adjacent bits changes it.
std::string checksum(std::string_view text);

}  // namespace lockstep::schedule_text
