// Lines of text over a socket, both ways.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/platform/process.hpp"

namespace lockstep {

/// One thread may receive while others send.
class LineChannel {
 public:
  explicit LineChannel(platform::Fd socket) : socket_(std::move(socket)) {}

  /// False if the other end is gone. Blocks while the other end does not read and the socket's buffer is
  /// full.
  bool send(std::string_view line);
  /// The next line, without its end. Blocks until there is one, at most `ms` milliseconds (-1: for ever).
  std::optional<std::string> receive(int ms);
  /// The other end is gone and all that it sent was received.
  bool closed() const { return closed_; }
  /// Makes both ends closed; wakes whoever receives. From any thread.
  void shut_down();

 private:
  platform::Fd socket_;
  std::mutex sending_;
  std::string received_;
  bool closed_ = false;
};

}  // namespace lockstep
