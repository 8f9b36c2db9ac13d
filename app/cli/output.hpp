// Standard output: written at once, with colours where they belong and with errors that are noticed.
#pragma once

#include <string>
#include <string_view>

#include "core/event/event.hpp"

namespace lockstep::cli {

enum class Ink { plain, dim, strong, good, bad };

class Output {
 public:
  Output();
  /// Writes and flushes. False once a write has failed (now or before): whoever listened is gone.
  bool write(std::string_view text);
  /// 0, or the errno of the write that failed.
  int error() const { return error_; }

  /// The text in a colour, or as it is when standard output is no terminal, NO_COLOR is set or TERM is
  /// "dumb".
  std::string ink(Ink ink, std::string_view text) const;
  std::string worker_ink(WorkerId worker, std::string_view text) const;

 private:
  std::string painted(const char* code, std::string_view text) const;
  bool colours_ = false;
  int error_ = 0;
};

/// Exit status once standard output is gone: a closed pipe ends a program as SIGPIPE would and is not worth a
/// word; anything else (a full disk) throws a Failure.
int status_of_failed_output(const Output& output);

/// Columns that a text takes on a terminal: 2 for a Chinese character.
std::size_t display_width(std::string_view text);
/// The text with spaces after it up to `width` columns.
std::string padded(std::string_view text, std::size_t width);

}  // namespace lockstep::cli
