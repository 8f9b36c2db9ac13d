// Runs a program under the live runtime inside the test's own process, and hands out what it recorded. For programs of
// threads, and of processes that end by themselves; what needs a supervisor is tested through a Session.
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "core/arena/ring.hpp"
#include "core/process/worker.hpp"
#include "core/runtime/live.hpp"
#include "core/runtime/live_clock.hpp"

namespace lockstep::test {

struct Recorded {
  int exit_code = 0;
  std::vector<Event> events;
  std::vector<std::string> printed;  ///< in the order of the console
  std::vector<std::string> raised;

  std::size_t count(EventKind kind) const {
    std::size_t n = 0;
    for (const Event& event : events) n += event.kind == kind ? 1 : 0;
    return n;
  }
};

/// `speed`: how much faster than the wall clock the run's clock goes.
inline Recorded run_live(const std::function<void()>& main, double speed = 64.0) {
  Arena arena = Arena::create();
  create_main_worker(arena);
  arena.header().seed = 1;
  set_clock_rate(arena.header(), speed);
  Recorded result;
  std::atomic<bool> over = false;
  RingMerger merger(arena);
  std::thread reader([&] {
    while (!over.load()) {
      merger.drain(result.events);
      std::this_thread::yield();
    }
    merger.drain(result.events);
  });
  std::thread worker([&] {
    const LiveHooks no_supervisor;
    LiveRuntime runtime(arena, kMainWorker, no_supervisor);
    result.exit_code = run_process_body(main);
  });
  worker.join();
  over = true;
  reader.join();
  for (const Event& event : result.events) {
    const auto text = [&] { return std::string(arena.text(static_cast<TextId>(event.arg))); };
    if (event.kind == EventKind::print) result.printed.push_back(text());
    if (event.kind == EventKind::raise) result.raised.push_back(text());
  }
  return result;
}

}  // namespace lockstep::test
