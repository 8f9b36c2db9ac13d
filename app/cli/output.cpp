#include "app/cli/output.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "app/cli/failure.hpp"
#include "app/cli/interrupts.hpp"

namespace lockstep::cli {
namespace {

bool wants_colours() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool refused = no_color != nullptr && *no_color != '\0';
  const bool able = term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
  return able && !refused && isatty(STDOUT_FILENO) == 1;
}

/// SGR codes that every terminal theme keeps readable; index 0 is main's.
constexpr std::array kWorkerCodes{"1", "36", "33", "32", "35", "34", "96", "93", "92", "95", "94"};

const char* code_of(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::dim: return "2";
    case Ink::strong: return "1";
    case Ink::good: return "1;32";
    case Ink::bad: return "1;31";
  }
  return "";
}

struct Range {
  char32_t first, last;
};
/// East Asian Wide and Fullwidth blocks (Unicode Standard Annex 11), as far as our texts use them.
constexpr std::array<Range, 6> kWide{{{0x1100, 0x115F},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0xA4CF},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFF60}}};

/// Somebody else made the stream non-blocking.
void wait_until_writable() {
  pollfd stream{STDOUT_FILENO, POLLOUT, 0};
  poll(&stream, 1, 100);
}

bool is_wide(char32_t character) {
  return (character >= 0x1F300 && character <= 0x3FFFD) ||
         std::ranges::any_of(kWide, [&](Range r) { return character >= r.first && character <= r.last; });
}

}  // namespace

Output::Output() : colours_(wants_colours()) {}

bool Output::write(std::string_view text) {
  while (error_ == 0 && !text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      wait_until_writable();
    } else if (errno != EINTR || caught_signal() != 0) {
      error_ = errno;
    }
  }
  return error_ == 0;
}

std::string Output::painted(const char* code, std::string_view text) const {
  if (!colours_ || *code == '\0') return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string Output::ink(Ink ink, std::string_view text) const { return painted(code_of(ink), text); }

std::string Output::worker_ink(WorkerId worker, std::string_view text) const {
  const std::size_t hue = worker == kMainWorker ? 0 : 1 + (worker - 1U) % (kWorkerCodes.size() - 1);
  return painted(kWorkerCodes[hue], text);
}

int status_of_failed_output(const Output& output) {
  if (output.error() == EPIPE) return 128 + SIGPIPE;
  fail_sandbox(Text::bad_output, error_words(output.error()));
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    char32_t character = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
      character = (character << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    }
    width += is_wide(character) ? 2U : 1U;
    i += length;
  }
  return width;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t own = display_width(text);
  return std::string(text) + std::string(own < width ? width - own : 0, ' ');
}

}  // namespace lockstep::cli
