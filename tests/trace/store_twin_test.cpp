// Random traces: every question at every moment, compared with the brute-force twin.
#include "tests/catch.hpp"
#include "tests/trace/random_trace.hpp"
#include "tests/trace/replay.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

void compare_moment(const TraceStore& store, const Replay& replay) {
  for (WorkerId w = 0; w < replay.workers.size(); ++w) {
    if (store.worker_after(w, replay.size) == replay.workers[w]) continue;
    INFO("worker " << w << " after " << replay.size);
    REQUIRE(store.worker_after(w, replay.size) == replay.workers[w]);
  }
  for (ObjectId o = 1; o < replay.objects.size(); ++o) {
    if (store.object_after(o, replay.size) == replay.objects[o] &&
        store.queue_after(o, replay.size) == replay.queues[o]) {
      continue;
    }
    INFO("object " << o << " after " << replay.size);
    REQUIRE(store.object_after(o, replay.size) == replay.objects[o]);
    REQUIRE(store.queue_after(o, replay.size) == replay.queues[o]);
  }
}

}  // namespace

TEST_CASE("state_after_any_number_of_events_equals_a_replay") {
  const auto seed = GENERATE(range(1U, 9U));
  RandomTrace random(seed, static_cast<int>(2 + seed % 7));
  random.grow(3'000);
  const TraceStore& store = random.store();
  Replay replay(store);
  Moment moment;
  compare_moment(store, replay);
  while (replay.size < store.size()) {
    replay.step();
    compare_moment(store, replay);
    store.moment_after(replay.size, moment);
    REQUIRE(moment.workers == replay.workers);
    REQUIRE(moment.objects == replay.objects);
  }
}

TEST_CASE("state_at_a_time_includes_every_event_with_that_time") {
  RandomTrace random(42, 5);
  random.grow(2'000);
  const TraceStore& store = random.store();
  for (int i = 0; i < 3'000; ++i) {
    const RunTime t = random.below(2) == 0
                          ? random.below(store.end_time() + 10) - 5
                          : static_cast<RunTime>(store[static_cast<EventIndex>(random.below(2'000))].time);
    EventIndex n = 0;
    while (n < store.size() && static_cast<RunTime>(store[n].time) <= t)
      ++n;
    REQUIRE(store.index_at(t) == n);
    const auto w = static_cast<WorkerId>(random.below(6));
    const auto o = static_cast<ObjectId>(1 + random.below(20));
    REQUIRE(store.worker_at(w, t) == store.worker_after(w, n));
    REQUIRE(store.object_at(o, t) == store.object_after(o, n));
    REQUIRE(store.queue_at(o, t) == store.queue_after(o, n));
  }
}

TEST_CASE("events_of_a_worker_or_object_are_all_of_them_in_order") {
  RandomTrace random(7, 6);
  random.grow(4'000);
  const TraceStore& store = random.store();
  std::vector<std::vector<EventIndex>> by_worker(kMaxWorkers + 1);
  std::vector<std::vector<EventIndex>> by_object(store.objects().size());
  for (EventIndex i = 0; i < store.size(); ++i) {
    by_worker[store[i].worker].push_back(i);
    by_object[store[i].object].push_back(i);
  }
  for (WorkerId w = 0; w <= kSandbox; ++w) {
    const EventIndices events = store.events_of_worker(w);
    REQUIRE(std::vector<EventIndex>(events.begin(), events.end()) == by_worker[w]);
  }
  for (ObjectId o = 1; o < store.objects().size(); ++o) {
    const EventIndices events = store.events_of_object(o);
    REQUIRE(std::vector<EventIndex>(events.begin(), events.end()) == by_object[o]);
    for (std::size_t i = 0; i < events.size(); ++i)
      REQUIRE(store[events[i]].seq == i + 1);
  }
}

TEST_CASE("wakers_and_woken_are_found_as_a_search_of_all_events_finds_them") {
  RandomTrace random(GENERATE(11U, 12U, 13U), 6);
  random.grow(3'000);
  const TraceStore& store = random.store();
  int found = 0;
  for (EventIndex i = 0; i < store.size(); ++i) {
    const Event& e = store[i];
    EventIndex waker = kNoEvent;
    for (EventIndex k = 0; k < i; ++k) {
      const bool by_wait = e.has(event_flag::kAfterWait) && e.extra != 0 && store[k].object == e.object &&
                           store[k].seq == e.extra;
      const bool by_start = e.kind == EventKind::worker_begin && store[k].kind == EventKind::worker_start &&
                            store[k].arg == e.worker;
      if (by_wait || by_start) waker = k;
    }
    REQUIRE(store.waker_of(i) == waker);
    if (waker == kNoEvent) continue;
    const EventIndex woken = store.woken_by(waker);
    // Whoever waited for it then, and has waited ever since, or has begun.
    const WorkerView then = store.worker_after(e.worker, waker + 1);
    const WorkerView before = store.worker_after(e.worker, i);
    const bool waited =
        then.state == WorkerState::waiting && then.object == e.object && then.since == before.since;
    if (waited || e.kind == EventKind::worker_begin) {
      ++found;
      REQUIRE(woken <= i);
    }
    if (woken != kNoEvent) REQUIRE(store.waker_of(woken) == waker);
  }
  REQUIRE(found > 10);
}
