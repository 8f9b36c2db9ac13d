// Runs a program under the live runtime inside the test's own process, and hands out what it recorded. For
// programs of threads, and of processes that end by themselves; what needs a supervisor is tested through a
// Session.
#pragma once

#include "tests/catch.hpp"

#include <pthread.h>
#include <atomic>
#include <deque>
#include <functional>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

#include "core/arena/ring.hpp"
#include "core/process/worker.hpp"
#include "core/runtime/live.hpp"
#include "core/runtime/live_clock.hpp"
#include "core/sync/program.hpp"

namespace lockstep::test {

struct Recorded {
  int exit_code = 0;
  std::vector<Event> events;
  std::vector<std::string> printed;  ///< in the order of the console
  std::vector<std::string> raised;
  std::vector<std::string> failed;  ///< checks that did not hold

  std::size_t count(EventKind kind) const {
    std::size_t n = 0;
    for (const Event& event : events)
      n += event.kind == kind ? 1 : 0;
    return n;
  }
};

/// A check inside the program, by any of its workers; see in_live_run. (Catch2's own are for one thread.)
#define VERIFY(condition) lockstep::api::check(#condition, (condition))

/// The error that the action raises, as "Type: message", or "".
template <class Action>
std::string error_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// While one exists no process is forked. For a thread of the test that allocates beside a program: of
/// AddressSanitizer's allocator, other than of glibc's, a lock that is held then stays held in the new
/// process for ever. (A sandbox reads in a process of its own.)
class NoFork {
 public:
  NoFork() : held_(mutex()) {}

 private:
  static std::mutex& mutex() {
    static std::mutex mutex;
    [[maybe_unused]] static const int installed =
        pthread_atfork([] { mutex.lock(); }, [] { mutex.unlock(); }, [] { mutex.unlock(); });
    return mutex;
  }
  std::lock_guard<std::mutex> held_;
};

/// `speed`: how much faster than the wall clock the run's clock goes.
inline Recorded run_live(const std::function<void()>& main, double speed = 64.0) {
  // Threads of the program may still be on their way out when it is over; its memory stays.
  static std::deque<Arena>& arenas = *new std::deque<Arena>;
  static const HostHooks no_supervisor;
  Arena& arena = arenas.emplace_back(Arena::create());
  create_main_worker(arena);
  arena.header().seed = 1;
  arena.worker(kMainWorker).pid.store(platform::current_pid());
  set_clock_rate(arena.header(), speed);
  Recorded result;
  std::atomic<bool> over = false;
  RingMerger merger(arena);
  std::latch reads(1);  // a thread that begins allocates, too
  std::thread reader([&] {
    reads.count_down();
    while (!over.load()) {
      {
        const NoFork while_it_allocates;
        merger.drain(result.events);
      }
      std::this_thread::yield();
    }
    merger.drain(result.events);
  });
  reads.wait();
  std::thread worker([&] {
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
    if (event.kind == EventKind::check && event.arg == 0) {
      result.failed.emplace_back(arena.text(arena.object(event.object).name));
    }
  }
  return result;
}

/// Inside a live program: returns once so many wait for the object. No step of the program's.
inline void until_waiting(ObjectId object, std::uint32_t count) {
  ObjectSlot& slot = runtime().arena().object(object);
  const auto waiting = [&] {
    const Guard guard(slot.guard, runtime().self());
    return slot.waiters.count();
  };
  while (waiting() < count)
    std::this_thread::yield();
}

/// Runs the program and requires that it ends well and that all its checks hold.
inline Recorded in_live_run(const std::function<void()>& main) {
  Recorded recorded = run_live(main);
  CHECK(recorded.failed == std::vector<std::string>{});
  CHECK(recorded.exit_code == 0);
  return recorded;
}

}  // namespace lockstep::test
