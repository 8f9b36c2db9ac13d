// A long legal trace of busy workers, for benchmarks: 32 workers, 64 objects, ten million events in a second.
#pragma once

#include <random>
#include <vector>

#include "core/trace/store.hpp"

namespace lockstep::bench {

class Workload {
 public:
  static constexpr WorkerId kWorkers = 32;
  static constexpr ObjectId kObjects = 64;

  /// Workers take a lock (often after a wait), read and write a variable, put and get, take a permit, sleep.
  explicit Workload(std::size_t events) {
    events_.reserve(events + 16);
    for (WorkerId w = 0; w < kWorkers; ++w) {
      if (w > 0) add(kMainWorker, EventKind::worker_start, own(w), w);
      add(w, EventKind::worker_begin, own(w));
    }
    while (events_.size() < events)
      step(static_cast<WorkerId>(random_() % kWorkers));
    events_.resize(events);
  }

  const std::vector<Event>& events() const { return events_; }

  static void declare(TraceStore& store) {
    for (WorkerId w = 0; w < kWorkers; ++w) {
      store.declare(WorkerInfo{.id = w, .name = "w" + std::to_string(w), .object = own(w), .pid = 1});
      store.declare(ObjectInfo{.id = own(w), .name = "w" + std::to_string(w), .kind = ObjectKind::thread});
    }
    for (ObjectId o = 1; o <= kObjects; ++o) {
      store.declare(ObjectInfo{.id = o, .name = "o" + std::to_string(o), .kind = kind(o), .initial = 8});
    }
    for (SiteId s = 1; s < 100; ++s)
      store.declare(SiteInfo{.id = s, .file = "bench.cpp", .function = "f", .line = s});
  }
  /// Half locks, a quarter queues, the rest variables and semaphores.
  static ObjectKind kind(ObjectId o) {
    if (o % 2 == 0) return ObjectKind::lock;
    if (o % 4 == 1) return ObjectKind::queue;
    return o % 8 == 3 ? ObjectKind::shared : ObjectKind::semaphore;
  }

 private:
  static ObjectId own(WorkerId w) { return static_cast<ObjectId>(kObjects + 1 + w); }

  void add(WorkerId w, EventKind kind, ObjectId o = kNoObject, std::int64_t arg = 0, std::uint8_t flags = 0) {
    time_ += random_() % 200;
    const std::uint32_t seq = o == kNoObject ? 0 : ++seq_[o];
    events_.push_back(Event{.time = time_,
                            .arg = arg,
                            .seq = seq,
                            .extra = flags != 0 ? seq - 1 : 0,
                            .worker = w,
                            .object = o,
                            .site = static_cast<SiteId>(1 + random_() % 99),
                            .kind = kind,
                            .flags = flags});
  }

  /// The worker's next operation; its place in the cycle is kept.
  void step(WorkerId w) {
    switch (place_[w]++) {
      case 0:
        lock_[w] = static_cast<ObjectId>(2 * (1 + random_() % (kObjects / 2)));
        if (random_() % 2 != 0) add(w, EventKind::block, lock_[w], static_cast<int>(EventKind::acquire));
        break;
      case 1: add(w, EventKind::acquire, lock_[w], 1, random_() % 2 != 0 ? event_flag::kAfterWait : 0); break;
      case 2: add(w, EventKind::load, of(3, 8), 1); break;
      case 3: add(w, EventKind::store, of(3, 8), static_cast<std::int64_t>(random_() % 1000)); break;
      case 4: add(w, EventKind::release, lock_[w], 0); break;
      case 5: {
        const ObjectId queue = of(1, 4);
        const bool put = depth_[queue] == 0 || (depth_[queue] < 100 && random_() % 2 != 0);
        depth_[queue] += put ? 1 : -1;
        add(w, put ? EventKind::queue_put : EventKind::queue_get, queue, 5);
        break;
      }
      case 6: add(w, EventKind::sem_acquire, of(7, 8), static_cast<std::int64_t>(random_() % 8)); break;
      default:
        if (random_() % 4 == 0) {
          add(w, EventKind::sleep_begin, kNoObject, 1000);
          add(w, EventKind::sleep_end);
        }
        place_[w] = 0;
    }
  }
  ObjectId of(unsigned rest, unsigned modulus) {
    return static_cast<ObjectId>(rest + modulus * (random_() % (kObjects / modulus)));
  }

  std::vector<Event> events_;
  std::mt19937 random_{1};
  std::uint64_t time_ = 0;
  std::uint32_t seq_[kObjects + kWorkers + 1] = {};
  int depth_[kObjects + 1] = {};
  int place_[kWorkers] = {};
  ObjectId lock_[kWorkers] = {};
};

}  // namespace lockstep::bench
