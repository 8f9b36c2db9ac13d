// Lines of standard input, while signals may end the waiting for one.
#pragma once

#include <optional>
#include <string>

namespace lockstep::cli {

class LineReader {
 public:
  /// Blocks for the next line, without its end ("\n" or "\r\n"). Nothing: the input has ended, or a signal of
  /// Interrupts was caught.
  std::optional<std::string> next();

 private:
  /// Waits for more bytes; false: none will come.
  bool fill();

  std::string read_;
  bool ended_ = false;
};

}  // namespace lockstep::cli
