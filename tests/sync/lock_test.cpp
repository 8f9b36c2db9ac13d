#include "tests/catch.hpp"

#include "core/sync/condition.hpp"
#include "core/sync/lock.hpp"
#include "core/sync/variable.hpp"
#include "tests/runtime/live_program.hpp"

using namespace lockstep::api;
using lockstep::Error;
using lockstep::EventKind;
using lockstep::test::error_of;
using lockstep::test::in_live_run;
using lockstep::test::until_waiting;

TEST_CASE("Lock enforces mutual exclusion between threads and between processes") {
  constexpr int kRounds = 300;
  const auto body = [](Lock lock, Shared<int> counter) {
    for (int i = 0; i < kRounds; ++i) {
      const With held(lock);
      counter.store(counter.load() + 1);
    }
  };
  in_live_run([&] {
    Lock lock("lock");
    Shared<int> counter("counter", 0);
    Thread a({.name = "a", .daemon = {}}, body, lock, counter);
    Thread b({.name = "b", .daemon = {}}, body, lock, counter);
    Process c({.name = "c", .daemon = {}}, body, lock, counter);
    Process d({.name = "d", .daemon = {}}, body, lock, counter);
    c.start();
    d.start();
    a.start();
    b.start();
    a.join();
    b.join();
    c.join();
    d.join();
    VERIFY(counter.load() == 4 * kRounds);
  });
}

TEST_CASE("releasing a Lock that is not locked raises RuntimeError") {
  in_live_run([] {
    Lock lock("lock");
    VERIFY(error_of([&] { lock.release(); }) == "RuntimeError: release unlocked lock");
  });
}

TEST_CASE(
    "misuse among processes raises what multiprocessing raises, and a negative time-out does not wait") {
  in_live_run([] {
    const Lock lock("lock", Among::processes);
    VERIFY(error_of([&] { lock.release(); }) == "ValueError: semaphore or lock released too many times");
    lock.acquire();
    VERIFY(!lock.acquire(-1s));
    const RLock rlock("rlock", Among::processes);
    VERIFY(error_of([&] { rlock.release(); }) ==
           "AssertionError: attempt to release recursive lock not owned by thread");
    const Condition condition("condition", rlock);
    VERIFY(error_of([&] { condition.wait(); }) ==
           "AssertionError: must acquire() condition before using wait()");
    VERIFY(error_of([&] { condition.notify(); }) == "AssertionError: lock is not owned");
  });
}

TEST_CASE("a Lock may be released by another worker") {
  in_live_run([] {
    Lock lock("lock");
    lock.acquire();
    Thread other(
        {.name = "other", .daemon = {}}, [](Lock l) { l.release(); }, lock);
    other.start();
    other.join();
    VERIFY(!lock.locked());
  });
}

TEST_CASE("an RLock counts its owner's levels and belongs to nobody else") {
  in_live_run([] {
    RLock lock("rlock");
    lock.acquire();
    lock.acquire();
    Thread other(
        {.name = "other", .daemon = {}},
        [](RLock l) {
          VERIFY(!l.try_acquire());
          VERIFY(error_of([&] { l.release(); }) == "RuntimeError: cannot release un-acquired lock");
        },
        lock);
    other.start();
    other.join();
    lock.release();
    lock.release();
    VERIFY(error_of([&] { lock.release(); }) == "RuntimeError: cannot release un-acquired lock");
  });
}

TEST_CASE("acquire with a time-out gives up after that much run time, and no earlier") {
  in_live_run([] {
    Lock lock("lock");
    lock.acquire();
    Thread other(
        {.name = "other", .daemon = {}},
        [](Lock l) {
          const double before = now();
          VERIFY(!l.acquire(2s));
          VERIFY(now() - before >= 2.0);
          VERIFY(!l.try_acquire());
          VERIFY(error_of([&] { l.acquire(-1s); }) ==
                 "ValueError: timeout value must be a non-negative number");
        },
        lock);
    other.start();
    other.join();
  });
}

TEST_CASE("With releases on the way out of an error") {
  in_live_run([] {
    Lock lock("lock");
    VERIFY(error_of([&] {
             const With held(lock);
             throw Error("ValueError", "inside");
           }) == "ValueError: inside");
    VERIFY(!lock.locked());
  });
}

TEST_CASE("an acquire that waited names the release that let it go on") {
  const auto recorded = in_live_run([] {
    Lock lock("lock");
    lock.acquire();
    Thread other(
        {.name = "other", .daemon = {}},
        [](Lock l) {
          l.acquire();
          l.release();
        },
        lock);
    other.start();
    until_waiting(lock.id(), 1);
    lock.release();
    other.join();
  });
  std::uint32_t release_seq = 0;
  bool checked = false;
  for (const auto& event : recorded.events) {
    if (event.kind == EventKind::release && event.worker == 0) release_seq = event.seq;
    if (event.kind == EventKind::acquire && event.has(lockstep::event_flag::kAfterWait)) {
      CHECK(event.extra == release_seq);
      checked = true;
    }
  }
  CHECK(checked);
}

TEST_CASE("a Condition gives up the lock while it waits, all levels of it, and has it again after") {
  in_live_run([] {
    RLock lock("lock");
    Condition condition("condition", lock);
    Shared<bool> ready("ready", false);
    Thread setter(
        {.name = "setter", .daemon = {}},
        [](Condition c, Shared<bool> flag) {
          c.acquire();
          flag.store(true);
          c.notify();
          c.release();
        },
        condition, ready);
    lock.acquire();
    lock.acquire();
    setter.start();
    VERIFY(condition.wait_for([&] { return ready.load(); }));
    lock.release();
    lock.release();
    VERIFY(error_of([&] { lock.release(); }) == "RuntimeError: cannot release un-acquired lock");
    setter.join();
  });
}

TEST_CASE("wait and notify without the lock raise RuntimeError") {
  in_live_run([] {
    Lock lock("lock");
    Condition condition("condition", lock);
    VERIFY(error_of([&] { condition.wait(); }) == "RuntimeError: cannot wait on un-acquired lock");
    VERIFY(error_of([&] { condition.notify(); }) == "RuntimeError: cannot notify on un-acquired lock");
  });
}

TEST_CASE("notify wakes those who came first, and a wait that timed out is not notified") {
  const auto recorded = in_live_run([] {
    Lock lock("lock");
    Condition condition("condition", lock);
    const auto waiter = [](Condition c, const char* name, Timeout timeout) {
      c.acquire();
      const bool notified = c.wait(timeout);
      print("{} {}", name, notified);
      c.release();
    };
    Thread first({.name = "first", .daemon = {}}, waiter, condition, "first", kForever);
    Thread timed({.name = "timed", .daemon = {}}, waiter, condition, "timed", Timeout(1s));
    Thread last({.name = "last", .daemon = {}}, waiter, condition, "last", kForever);
    first.start();
    until_waiting(condition.id(), 1);
    timed.start();
    timed.join();
    last.start();
    until_waiting(condition.id(), 2);
    for (const Thread& next : {first, last}) {
      condition.acquire();
      condition.notify();
      condition.release();
      next.join();
    }
  });
  CHECK(recorded.printed == std::vector<std::string>{"timed false", "first true", "last true"});
}
