#include <fmt/format.h>

#include "core/schedule/schedule.hpp"

namespace lockstep {
namespace {

/// For a sentence: what cannot be printed becomes its bytes in hexadecimal.
std::string printable(std::string_view word) {
  constexpr std::size_t kLongest = 40;
  const auto byte = [](char c) { return static_cast<unsigned>(static_cast<unsigned char>(c)); };
  const unsigned first = word.empty() ? 0 : byte(word.front());
  // One character of two to four bytes that does not turn the line (U+2000 …) or control it (U+0080 …).
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC3 ? 2 : 0;
  if (length == word.size() && length > 1 && first < 0xF5 && !word.starts_with("\xE2\x80"))
    return std::string(word);
  std::string text;
  for (const char c : word.substr(0, kLongest)) {
    if (c >= ' ' && c <= '~') {
      text += c;
    } else {
      text += fmt::format("\\x{:02x}", byte(c));
    }
  }
  return text + (word.size() > kLongest ? "…" : "");
}

}  // namespace

std::string in_english(const ScheduleError& error) {
  switch (error.kind) {
    case ScheduleError::Kind::empty:
      return "There is no schedule: the text is empty; copy the whole line that begins with LS1.";
    case ScheduleError::Kind::not_a_schedule:
      return "This is no schedule: one begins with LS1, for example \"LS1 deadlock/opposite-order … "
             "#h7w2k9a\"; copy "
             "the whole line.";
    case ScheduleError::Kind::other_version:
      return fmt::format(
          "The schedule is of version {}, and this program reads version {}; use the program that wrote it.",
          error.number, kScheduleVersion);
    case ScheduleError::Kind::cut_off:
      return "The schedule is cut off: its end, \"#\" and seven characters, is missing; copy the whole line.";
    case ScheduleError::Kind::edited:
      return "The schedule was changed after it was written: its checksum does not fit; copy it once more.";
    case ScheduleError::Kind::unknown_character:
      return fmt::format(
          "The schedule holds \"{}\" at place {}, which no schedule contains; copy it once more.",
          printable(error.word), error.number);
    case ScheduleError::Kind::worker_too_large:
      return fmt::format("The schedule names worker {}; workers are numbered from 0 to {}.",
                         printable(error.word), kMaxWorkers - 1);
    case ScheduleError::Kind::too_many_steps:
      return fmt::format("The schedule is too long: it may have at most {} steps.", error.number);
    case ScheduleError::Kind::malformed:
      return fmt::format("The schedule cannot be read at \"{}\"; it was not written by this program.",
                         printable(error.word));
  }
  return {};
}

std::string in_chinese(const ScheduleError& error) {
  switch (error.kind) {
    case ScheduleError::Kind::empty: return "没有调度：文本是空的；请复制以 LS1 开头的整行。";
    case ScheduleError::Kind::not_a_schedule:
      return "这不是调度：调度以 LS1 开头，例如“LS1 deadlock/opposite-order … #h7w2k9a”；请复制整行。";
    case ScheduleError::Kind::other_version:
      return fmt::format("该调度的版本是 {}，而本程序只读版本 {}；请用写出它的那个程序打开。", error.number,
                         kScheduleVersion);
    case ScheduleError::Kind::cut_off: return "调度不完整：缺少末尾的“#”和七个字符；请复制整行。";
    case ScheduleError::Kind::edited: return "调度写出之后被改动过：校验和不符；请重新复制。";
    case ScheduleError::Kind::unknown_character:
      return fmt::format("调度的第 {1} 处有“{0}”，调度里不会有这个字符；请重新复制。", printable(error.word),
                         error.number);
    case ScheduleError::Kind::worker_too_large:
      return fmt::format("调度中出现了工作者 {}；工作者的编号只能是 0 到 {}。", printable(error.word),
                         kMaxWorkers - 1);
    case ScheduleError::Kind::too_many_steps: return fmt::format("调度太长：最多 {} 步。", error.number);
    case ScheduleError::Kind::malformed:
      return fmt::format("调度在“{}”处无法读懂；它不是本程序写出的。", printable(error.word));
  }
  return {};
}

}  // namespace lockstep
