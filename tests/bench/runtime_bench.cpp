// What a visible operation costs: recording it, a traced Lock against std::mutex, a traced Queue against a
// plain one, and draining the rings.
#include <mutex>
#include <queue>
#include <thread>

#include "core/arena/ring.hpp"
#include "core/process/worker.hpp"
#include "core/runtime/live.hpp"
#include "core/sync/lock.hpp"
#include "core/sync/queue.hpp"
#include "tests/bench/bench.hpp"

using namespace lockstep;
using namespace lockstep::bench;

namespace {

constexpr int kRuns = 9;

/// Empties one ring as the session does, without looking at the events.
void discard(Arena& arena, WorkerId worker) {
  RingCursor& ring = arena.worker(worker).ring;
  ring.tail.store(ring.head.load(std::memory_order_acquire), std::memory_order_release);
}

/// A live run with one worker, this thread, whose ring is emptied by `drain`.
class SoloRun {
 public:
  SoloRun() : arena_(Arena::create()) {
    create_main_worker(arena_);
    runtime_.emplace(arena_, kMainWorker, hooks_);
  }
  void drain() { discard(arena_, kMainWorker); }
  Arena& arena() { return arena_; }

 private:
  Arena arena_;
  HostHooks hooks_;
  std::optional<LiveRuntime> runtime_;
};

/// Nanoseconds of one call of `operation`, with the ring emptied now and then.
template <class Operation>
double ns_per_call(SoloRun& run, int events_per_call, Operation&& operation) {
  constexpr int kCalls = 1 << 18;
  const int between = static_cast<int>(kRingCapacity) / 2 / events_per_call;
  return 1e9 / kCalls * median_seconds(kRuns, [&] {
           for (int i = 0; i < kCalls; ++i) {
             if (i % between == 0) run.drain();
             operation();
           }
         });
}

}  // namespace

TEST_CASE("runtime: record one event", "[bench]") {
  Arena arena = Arena::create();
  const WorkerId worker = arena.allocate_worker();
  RingWriter ring(arena, worker);
  constexpr int kEvents = 1 << 22;
  const double record = median_seconds(kRuns, [&] {
    for (int i = 0; i < kEvents; ++i) {
      if (i % static_cast<int>(kRingCapacity / 2) == 0) discard(arena, worker);
      ring.reserve(1);
      ring.push({.arg = i, .kind = EventKind::load});
    }
  });
  std::vector<Event> plain(kRingCapacity);
  const double bare = median_seconds(kRuns, [&] {
    for (std::size_t i = 0; i < kEvents; ++i) {
      Event& slot = plain[i & (kRingCapacity - 1)];
      slot = {.time = platform::ticks(), .arg = static_cast<std::int64_t>(i), .kind = EventKind::load};
      keep(slot);
    }
  });
  report("runtime: record one event", record * 1e9 / kEvents, "ns", "bare clock read and store",
         bare * 1e9 / kEvents);
}

TEST_CASE("runtime: uncontended lock pair", "[bench]") {
  SoloRun run;
  const api::Lock lock("lock");
  const double traced = ns_per_call(run, 2, [&] {
    lock.acquire();
    lock.release();
  });
  std::mutex mutex;
  std::thread second([] {});  // glibc leaves out the atomics while there is but one thread
  const double plain = ns_per_call(run, 2, [&] {
    mutex.lock();
    keep(mutex);
    mutex.unlock();
  });
  second.join();
  report("runtime: Lock acquire + release, traced", traced, "ns", "std::mutex", plain);
}

TEST_CASE("runtime: queue put and get", "[bench]") {
  SoloRun run;
  const api::Queue queue("queue", 16);
  const double traced = ns_per_call(run, 2, [&] {
    queue.put(1);
    keep(queue.get());
  });
  std::mutex mutex;
  std::queue<std::int64_t> items;
  const double plain = ns_per_call(run, 2, [&] {
    {
      const std::lock_guard lock(mutex);
      items.push(1);
    }
    const std::lock_guard lock(mutex);
    keep(items.front());
    items.pop();
  });
  report("runtime: Queue put + get, traced", traced, "ns", "std::queue under std::mutex", plain);
}

TEST_CASE("runtime: drain and merge the rings", "[bench]") {
  for (const WorkerId workers : {WorkerId{1}, WorkerId{8}, WorkerId{32}}) {
    Arena arena = Arena::create();
    constexpr std::int64_t kEach = 4096;
    std::vector<RingWriter> rings;
    for (WorkerId id = 0; id < workers; ++id)
      rings.emplace_back(arena, arena.allocate_worker());
    RingMerger merger(arena);
    std::vector<Event> out;
    std::vector<double> times;
    for (int run = 0; run < kRuns; ++run) {
      for (std::int64_t i = 0; i < kEach; ++i) {
        for (RingWriter& ring : rings) {
          ring.reserve(1);
          ring.push({.arg = i, .kind = EventKind::load});
        }
      }
      out.clear();
      times.push_back(seconds([&] { merger.drain(out); }));
    }
    std::nth_element(times.begin(), times.begin() + kRuns / 2, times.end());
    const double events = static_cast<double>(kEach) * workers;
    std::vector<Event> copy;
    const double plain = median_seconds(kRuns, [&] {
      copy.clear();
      for (const Event& event : out)
        copy.push_back(event);
    });
    report(fmt::format("runtime: drain and merge, {} workers", workers), events / times[kRuns / 2] / 1e6,
           "M events/s", "copy in one go", events / plain / 1e6);
  }
}
