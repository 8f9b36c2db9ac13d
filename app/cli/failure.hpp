// How the command line says no: one sentence on standard error, in the reader's language, and an exit status.
#pragma once

#include <string>
#include <string_view>

#include "app/cli/language.hpp"

namespace lockstep::cli {

/// Exit statuses; a run that a signal ended exits with 128 + the signal, as a shell reports it.
inline constexpr int kOk = 0;
inline constexpr int kFinding = 1;
inline constexpr int kUsage = 2;
inline constexpr int kSandbox = 3;

/// Thrown by a command that cannot go on; caught once, in run_command_line().
struct Failure {
  int status = kUsage;
  std::string sentence;
};

/// What core says, which is English, is told in the spoken language; see tell_fault().
[[noreturn]] void fail_usage(const std::string& sentence);
[[noreturn]] void fail_sandbox(const std::string& sentence);

template <class... Values>
[[noreturn]] void fail_usage(Text text, const Values&... values) {
  throw Failure{kUsage, say(text, values...)};
}
template <class... Values>
[[noreturn]] void fail_sandbox(Text text, const Values&... values) {
  throw Failure{kSandbox, say(text, values...)};
}
/// What strerror() says, in the spoken language.
std::string error_words(int error);

/// The text in quotes, shortened to about 60 bytes; see one_line().
std::string in_quotes(std::string_view text);
/// The text on one line that is safe to print: control characters and broken UTF-8 become \n, \x1b …
std::string one_line(std::string_view text);
/// The entry that was probably meant, as " Did you mean \"x\"?" in the spoken language, or "".
template <class Names>
std::string did_you_mean(std::string_view typed, const Names& names);

/// Number of edits (insert, delete, replace) that make one text the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

template <class Names>
std::string did_you_mean(std::string_view typed, const Names& names) {
  std::string_view best;
  std::size_t least = typed.size() / 3 + 2;
  for (const std::string_view name : names) {
    if (const std::size_t edits = edit_distance(typed, name); edits < least) {
      least = edits;
      best = name;
    }
  }
  return best.empty() ? "" : say(Text::did_you_mean, best);
}

}  // namespace lockstep::cli
