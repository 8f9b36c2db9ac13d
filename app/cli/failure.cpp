#include "app/cli/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <vector>

#include "app/model/fault_words.hpp"

namespace lockstep::cli {
namespace {

constexpr std::size_t kQuotedBytes = 60;

/// Length of the well-formed UTF-8 character at the start of `text`, 0 if there is none.
std::size_t character_bytes(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool surrogate = first == 0xED && byte(1) > 0x9F;
  return overlong || surrogate || (first == 0xF4 && byte(1) > 0x8F) ? 0 : length;
}

std::string escaped(unsigned char byte) {
  if (byte == '\n') return "\\n";
  if (byte == '\t') return "\\t";
  if (byte == '\r') return "\\r";
  return fmt::format("\\x{:02x}", byte);
}

/// C0 and C1 control characters, DEL; line separators and what turns the writing direction (U+200B … F,
/// U+2028 … E).
bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  if (character.size() == 2) return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
  const auto last = static_cast<unsigned char>(character[2]);
  return character.starts_with("\xE2\x80") &&
         ((last >= 0x8B && last <= 0x8F) || (last >= 0xA8 && last <= 0xAE));
}

}  // namespace

void fail_usage(const std::string& sentence) {
  throw Failure{kUsage, tell_fault(sentence, spoken_language())};
}
void fail_sandbox(const std::string& sentence) {
  throw Failure{kSandbox, tell_fault(sentence, spoken_language())};
}
std::string error_words(int error) { return reason_in(std::strerror(error), spoken_language()); }

std::string one_line(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = character_bytes(text);
    const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
    if (length != 0 && !is_control(character)) {
      result += character;
    } else {
      for (const char byte : character)
        result += escaped(static_cast<unsigned char>(byte));
    }
    text.remove_prefix(character.size());
  }
  return result;
}

std::string in_quotes(std::string_view text) {
  if (text.size() <= kQuotedBytes) return '"' + one_line(text) + '"';
  std::size_t cut = kQuotedBytes;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80)
    --cut;
  return fmt::format("\"{}…\" ({} bytes)", one_line(text.substr(0, cut)), text.size());
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

}  // namespace lockstep::cli
