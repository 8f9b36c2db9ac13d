// Lock order, polling, starvation, endings: what is said of a run beside who is stuck.
#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

struct Locks {
  TraceBuilder t;
  WorkerId a = t.running("A");
  WorkerId b = t.running("B");
  ObjectId first = t.lock("first");
  ObjectId second = t.lock("second");
  ObjectId gate = t.lock("gate");

  void nested(WorkerId worker, ObjectId outer, ObjectId inner) {
    t.acquire(worker, outer);
    t.acquire(worker, inner);
    t.release(worker, inner);
    t.release(worker, outer);
  }
  std::vector<Finding> inversions() const { return found(t, FindingKind::lock_order_inversion); }
};

}  // namespace

// --- lock order

TEST_CASE("locks taken in opposite orders are an inversion although nothing struck", "[analysis]") {
  Locks l;
  l.nested(l.a, l.first, l.second);
  CHECK(l.inversions().empty());
  l.nested(l.b, l.second, l.first);
  const auto all = l.inversions();
  REQUIRE(all.size() == 1);
  CHECK(all[0].workers == std::vector{l.a, l.b});
  CHECK(all[0].objects == std::vector{l.first, l.second});
  CHECK(all[0].events.size() == 4);
  CHECK_FALSE(is_failure(all[0].kind));
  CHECK(failures(l.t).empty());
}

TEST_CASE("an inversion may go round many locks", "[analysis]") {
  TraceBuilder t;
  std::vector<WorkerId> w;
  std::vector<ObjectId> forks;
  for (int i = 0; i < 5; ++i) {
    w.push_back(t.running());
    forks.push_back(t.lock());
  }
  for (std::size_t i = 0; i < 5; ++i) {
    t.acquire(w[i], forks[i]);
    t.acquire(w[i], forks[(i + 1) % 5]);
    t.release(w[i], forks[(i + 1) % 5]);
    t.release(w[i], forks[i]);
  }
  const auto all = found(t, FindingKind::lock_order_inversion);
  REQUIRE(all.size() == 1);
  CHECK(all[0].workers == w);
  CHECK(all[0].objects == forks);
}

TEST_CASE("orders that cannot meet are no inversion", "[analysis]") {
  Locks l;
  SECTION("the same order") {
    l.nested(l.a, l.first, l.second);
    l.nested(l.b, l.first, l.second);
  }
  SECTION("one worker alone") {
    l.nested(l.a, l.first, l.second);
    l.nested(l.a, l.second, l.first);
  }
  SECTION("behind a gate") {
    l.t.acquire(l.a, l.gate);
    l.nested(l.a, l.first, l.second);
    l.t.release(l.a, l.gate);
    l.t.acquire(l.b, l.gate);
    l.nested(l.b, l.second, l.first);
    l.t.release(l.b, l.gate);
  }
  SECTION("one after the other by join") {
    l.nested(l.a, l.first, l.second);
    l.t.end(l.a);
    l.t.join(l.b, l.a);
    l.nested(l.b, l.second, l.first);
  }
  SECTION("not nested") {
    for (const ObjectId lock : {l.first, l.second}) {
      l.t.acquire(l.a, lock);
      l.t.release(l.a, lock);
    }
    for (const ObjectId lock : {l.second, l.first}) {
      l.t.acquire(l.b, lock);
      l.t.release(l.b, lock);
    }
  }
  CHECK(l.inversions().empty());
}

TEST_CASE("an order with a time-out in it is no inversion", "[analysis]") {
  Locks l;
  l.nested(l.a, l.first, l.second);
  l.t.acquire(l.b, l.second);
  l.t.add(
      {.arg = 1, .worker = l.b, .object = l.first, .kind = EventKind::acquire, .flags = event_flag::kTimed});
  CHECK(l.inversions().empty());
}

TEST_CASE("an inversion is reported once", "[analysis]") {
  Locks l;
  for (int i = 0; i < 20; ++i) {
    l.nested(l.a, l.first, l.second);
    l.nested(l.b, l.second, l.first);
  }
  CHECK(l.inversions().size() == 1);
}

TEST_CASE("an inversion that a join ordered at first is found when it recurs", "[analysis]") {
  Locks l;
  l.nested(kMainWorker, l.second, l.first);
  const WorkerId child = l.t.running("child");
  l.nested(child, l.first, l.second);
  CHECK(l.inversions().empty());
  l.nested(kMainWorker, l.second, l.first);
  CHECK(l.inversions().size() == 1);
}

// --- busy waiting

TEST_CASE("a poll that gets the same answer four times is busy waiting", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  const ObjectId flag = t.object(ObjectKind::event);
  const auto poll = [&] { return t.line(7).add(w, EventKind::event_is_set, flag, Value::of_bool(false)); };
  const EventIndex first = poll();
  for (int i = 0; i < 2; ++i) {
    t.print(w, "not yet");
    t.sleep(w, 1'000'000'000);
    t.wake(w);
    poll();
  }
  CHECK(found(t, FindingKind::busy_wait).empty());
  const EventIndex last = poll();
  poll();
  const auto all = found(t, FindingKind::busy_wait);
  REQUIRE(all.size() == 1);
  CHECK(all[0].workers == std::vector{w});
  CHECK(all[0].objects == std::vector{flag});
  CHECK(all[0].events == std::vector{first, last});
}

TEST_CASE("reads that are no polls are not busy waiting", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  const ObjectId x = t.shared();
  const ObjectId y = t.shared();
  SECTION("the value changes") {
    for (int i = 0; i < 9; ++i)
      t.load(w, x, i);
  }
  SECTION("work in between") {
    for (int i = 0; i < 9; ++i) {
      t.load(w, x, 0);
      t.store(w, y, i);
    }
  }
  SECTION("different lines") {
    for (int i = 1; i < 9; ++i)
      t.line(i).load(w, x, 0);
  }
  SECTION("printed each time") {
    for (int i = 0; i < 9; ++i) {
      t.load(w, x, 0);
      t.print(w, "0");
    }
  }
  SECTION("a question whose answer is yes") {
    const ObjectId flag = t.object(ObjectKind::event, "", 1);
    for (int i = 0; i < 9; ++i)
      t.add(w, EventKind::event_is_set, flag, Value::of_bool(true));
  }
  CHECK(found(t, FindingKind::busy_wait).empty());
}

TEST_CASE("a spin on a variable and a failing try are busy waiting", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  SECTION("load") {
    const ObjectId x = t.shared();
    for (int i = 0; i < 4; ++i)
      t.load(w, x, 0);
  }
  SECTION("try") {
    const ObjectId lock = t.lock();
    t.acquire(kMainWorker, lock);
    for (int i = 0; i < 4; ++i) {
      t.add(w, EventKind::would_block, lock, static_cast<std::int64_t>(EventKind::acquire));
    }
  }
  CHECK(found(t, FindingKind::busy_wait).size() == 1);
}

// --- starvation

TEST_CASE("a long wait during which others got the lock a hundred times is starvation", "[analysis]") {
  TraceBuilder t;
  const WorkerId greedy = t.running();
  const WorkerId hungry = t.running();
  const ObjectId lock = t.lock();
  t.acquire(greedy, lock);
  t.block(hungry, lock, EventKind::acquire);
  const RunTime gap = GENERATE(RunTime{1'000}, RunTime{20'000'000});
  for (int i = 0; i < 100; ++i) {
    t.after_ns(gap).release(greedy, lock);
    t.acquire(greedy, lock);
  }
  t.release(greedy, lock);
  CHECK(found(t, FindingKind::starvation).empty());
  t.acquire(hungry, lock);
  CHECK(found(t, FindingKind::starvation).size() == (gap > 1'000 ? 1U : 0U));
}

// --- endings

TEST_CASE("a check that does not hold is reported the first time", "[analysis]") {
  TraceBuilder t;
  const ObjectId check = t.object(ObjectKind::check, "sold <= tickets");
  t.check(kMainWorker, check, true);
  CHECK(failures(t).empty());
  const EventIndex broken = t.check(kMainWorker, check, false);
  t.check(kMainWorker, check, false);
  const auto all = failures(t);
  REQUIRE(all.size() == 1);
  CHECK(all[0].kind == FindingKind::broken_check);
  CHECK(all[0].objects == std::vector{check});
  CHECK(all[0].events == std::vector{broken});
}

TEST_CASE("an error that nobody caught is reported with its text", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  t.raise(w, "ValueError: caught");
  const EventIndex raised = t.raise(w, "IndexError: pop from an empty list");
  CHECK(failures(t).empty());
  const EventIndex end = t.add({.arg = 1,
                                .worker = w,
                                .object = t.object_of(w),
                                .kind = EventKind::worker_end,
                                .flags = event_flag::kRaised});
  const auto all = failures(t);
  REQUIRE(all.size() == 1);
  CHECK(all[0].kind == FindingKind::error_raised);
  CHECK(all[0].events == std::vector{raised, end});
  CHECK(t.store().text(all[0].text) == "IndexError: pop from an empty list");
}

TEST_CASE("an error that was caught is no finding", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  t.raise(w, "Empty");
  t.end(w);
  CHECK(failures(t).empty());
}

TEST_CASE("a worker killed from outside is reported with the locks that it held", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running("w", WorkerKind::process);
  const ObjectId lock = t.lock();
  t.acquire(w, lock);
  SECTION("by nobody in the program") {
    t.killed(w, 9);
    const auto all = failures(t);
    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == FindingKind::killed);
    CHECK(all[0].workers == std::vector{w});
    CHECK(all[0].objects == std::vector{lock});
  }
  SECTION("by the program itself") {
    t.add(kMainWorker, EventKind::kill, t.object_of(w), w);
    t.killed(w, 9);
    CHECK(failures(t).empty());
  }
}

TEST_CASE("a daemon that is cut off is a remark", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = running_daemon(t, "w");
  t.end(kMainWorker);
  t.cut_off(w);
  CHECK(failures(t).empty());
  CHECK(found(t, FindingKind::unfinished_worker).size() == 1);
}
