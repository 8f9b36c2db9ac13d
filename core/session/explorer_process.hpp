// The owner's hold on an explorer's process: starting it, hearing what it says, ending it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "core/session/line_channel.hpp"

namespace lockstep {

/// First argument that makes the binary an explorer instead of a program for the user.
inline constexpr char kExplorerArgument[] = "--lockstep-explorer";
/// The descriptor of its socket there.
inline constexpr int kExplorerSocketFd = 3;

class ExplorerProcess {
 public:
  /// Called from a thread of the object's own, one at a time.
  struct Ears {
    std::function<void(const std::string& line)> heard;  ///< may throw at what makes no sense: ends it
    /// The process has ended and was reaped: "was ended by signal 9". Called once, last.
    std::function<void(const std::string& how)> ended;
  };
  /// Starts the binary again and sends it `first`; a sentence in `error` if that fails.
  ExplorerProcess(const std::string& first, Ears ears, std::string& error);
  /// Kills it. Blocks until it is gone (a few milliseconds) and while one of `ears` is being called.
  ~ExplorerProcess();
  ExplorerProcess(const ExplorerProcess&) = delete;
  ExplorerProcess& operator=(const ExplorerProcess&) = delete;

  void send(const std::string& line);
  void kill();
  int pid() const { return pid_; }

 private:
  void listen();
  std::string reaped();

  Ears ears_;
  std::unique_ptr<LineChannel> channel_;
  platform::Fd pidfd_;
  int pid_ = 0;
  std::thread listener_;
};

/// The explorer's side: does what it is asked and ends with its owner. Never returns.
[[noreturn]] void run_explorer();

}  // namespace lockstep
