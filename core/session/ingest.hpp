// The thread that drains a run's rings, so that nothing the user's thread does can stall the run.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/arena/ring.hpp"
#include "core/session/host_process.hpp"

namespace lockstep {

class Ingest {
 public:
  /// `on_start` is called on the thread once the main worker waits for its go.
  Ingest(Arena& arena, HostProcess& host, std::function<void()> on_start, std::function<void()> on_data);
  ~Ingest();

  /// Moves what has been drained to the end of `out`.
  void take(std::vector<Event>& out);
  /// Puts an event of the sandbox itself into the stream, with the time of now.
  void inject(Event event);
  /// True once the host has ended and everything it recorded can be taken.
  bool finished() const { return finished_.load(std::memory_order_acquire); }
  double fill() const { return fill_.load(std::memory_order_relaxed); }
  /// Blocks until there is something to take, the host has ended or a stepped run has halted since the last
  /// take; at most `ms`.
  void wait(int ms);

 private:
  void run();
  bool drain_once();
  bool has_halted_again();
  void publish();

  Arena& arena_;
  HostProcess& host_;
  std::function<void()> on_start_;
  std::function<void()> on_data_;
  RingMerger merger_;
  std::vector<Event> scratch_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Event> ready_;
  std::vector<Event> injected_;
  bool halted_ = false;           ///< a stepped run has halted since the last take
  std::uint32_t halts_seen_ = 0;  ///< StepControl::offers_version
  std::atomic<bool> quit_ = false;
  std::atomic<bool> finished_ = false;
  std::atomic<double> fill_ = 0;
  std::thread thread_;
};

}  // namespace lockstep
