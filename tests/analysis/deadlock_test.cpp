#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

TEST_CASE("two workers that want each other's lock are a deadlock cycle at the event that closes it",
          "[analysis]") {
  Crossed x;
  REQUIRE(failures(x.t).empty());
  const EventIndex b_waits = x.t.line(22).block(x.b, x.first, EventKind::acquire);

  const auto cycles = failures(x.t);
  REQUIRE(cycles.size() == 1);
  CHECK(cycles[0].kind == FindingKind::deadlock_cycle);
  CHECK(cycles[0].workers == std::vector{x.a, x.b});
  CHECK(cycles[0].objects == std::vector{x.second, x.first});
  CHECK(cycles[0].events == std::vector{x.a_took, x.b_took, x.a_waits, b_waits});
  CHECK(cycles[0].at == x.t.size());
}

TEST_CASE("a cycle begins with its lowest worker whoever closed it", "[analysis]") {
  TraceBuilder t;
  const std::vector<WorkerId> w{t.running(), t.running(), t.running(), t.running()};
  const std::vector<ObjectId> forks{t.lock(), t.lock(), t.lock(), t.lock()};
  for (std::size_t i = 0; i < 4; ++i)
    t.acquire(w[i], forks[i]);
  for (const std::size_t i : {2U, 0U, 3U, 1U})
    t.block(w[i], forks[(i + 1) % 4], EventKind::acquire);

  const auto cycles = failures(t);
  REQUIRE(cycles.size() == 1);
  CHECK(cycles[0].workers == w);
  CHECK(cycles[0].objects == std::vector{forks[1], forks[2], forks[3], forks[0]});
}

TEST_CASE("a partial deadlock is named while another worker still runs", "[analysis]") {
  Crossed x;
  const WorkerId other = x.t.running("Other");
  x.t.block(x.b, x.first, EventKind::acquire);
  x.t.print(other, "still here");
  REQUIRE(failures(x.t).size() == 1);
  CHECK_FALSE(is_all_stuck(x.t));

  x.t.end(other);
  x.t.block_join(kMainWorker, x.a);
  CHECK(failures(x.t).size() == 1);  // main is merely behind
  CHECK(is_all_stuck(x.t));
}

TEST_CASE("a worker that takes its own Lock twice deadlocks with itself", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  const ObjectId lock = t.lock();
  t.acquire(w, lock);
  t.block(w, lock, EventKind::acquire);
  const auto cycles = failures(t);
  REQUIRE(cycles.size() == 1);
  CHECK(cycles[0].kind == FindingKind::deadlock_cycle);
  CHECK(cycles[0].workers == std::vector{w});
  CHECK(cycles[0].objects == std::vector{lock});
}

TEST_CASE("a worker that takes its own RLock twice goes on", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  const ObjectId lock = t.rlock();
  t.acquire(w, lock);
  t.acquire(w, lock);
  t.release(w, lock);
  const WorkerId other = t.running();
  t.block(other, lock, EventKind::acquire);
  CHECK(failures(t).empty());
}

TEST_CASE("RLocks deadlock like Locks", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running();
  const WorkerId b = t.running();
  const ObjectId first = t.rlock();
  const ObjectId second = t.rlock();
  t.acquire(a, first);
  t.acquire(b, second);
  t.block(a, second, EventKind::acquire);
  t.block(b, first, EventKind::acquire);
  CHECK(found(t, FindingKind::deadlock_cycle).size() == 1);
}

TEST_CASE("a cycle may go through a join", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  const ObjectId lock = t.lock();
  const EventIndex took = t.acquire(kMainWorker, lock);
  const EventIndex joins = t.block_join(kMainWorker, w);
  const EventIndex waits = t.block(w, lock, EventKind::acquire);
  const auto cycles = failures(t);
  REQUIRE(cycles.size() == 1);
  CHECK(cycles[0].workers == std::vector{kMainWorker, w});
  CHECK(cycles[0].objects == std::vector{t.object_of(w), lock});
  CHECK(cycles[0].events == std::vector{took, joins, waits});
}

TEST_CASE("two cycles are two findings", "[analysis]") {
  TraceBuilder t;
  std::vector<WorkerId> w;
  std::vector<ObjectId> locks;
  for (int i = 0; i < 4; ++i) {
    w.push_back(t.running());
    locks.push_back(t.lock());
    t.acquire(w.back(), locks.back());
  }
  t.block(w[0], locks[1], EventKind::acquire);
  t.block(w[2], locks[3], EventKind::acquire);
  t.block(w[1], locks[0], EventKind::acquire);
  t.block(w[3], locks[2], EventKind::acquire);
  const auto cycles = failures(t);
  REQUIRE(cycles.size() == 2);
  CHECK(cycles[0].workers == std::vector{w[0], w[1]});
  CHECK(cycles[1].workers == std::vector{w[2], w[3]});
}

TEST_CASE("a cycle of daemons alone is a deadlock all the same", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = running_daemon(t, "a");
  const WorkerId b = running_daemon(t, "b");
  const ObjectId first = t.lock();
  const ObjectId second = t.lock();
  t.acquire(a, first);
  t.acquire(b, second);
  t.block(a, second, EventKind::acquire);
  t.block(b, first, EventKind::acquire);
  CHECK(found(t, FindingKind::deadlock_cycle).size() == 1);
}

// --- no false alarm

TEST_CASE("a timed wait in a cycle is no deadlock", "[analysis]") {
  Crossed x;
  x.t.block(x.b, x.first, EventKind::acquire, true);
  CHECK(failures(x.t).empty());
  CHECK_FALSE(is_all_stuck(x.t));

  // It gives up, lets go, and all is well.
  x.t.timed_out(x.b, x.first, EventKind::acquire);
  x.t.release(x.b, x.second);
  x.t.acquire(x.a, x.second);
  CHECK(failures(x.t).empty());
}

TEST_CASE("a chain of waits that ends at a worker that can move is no deadlock", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running();
  const WorkerId b = t.running();
  const WorkerId c = t.running();
  const ObjectId first = t.lock();
  const ObjectId second = t.lock();
  t.acquire(a, first);
  t.acquire(c, second);
  t.block(b, first, EventKind::acquire);
  t.block(a, second, EventKind::acquire);
  t.block_join(kMainWorker, b);
  t.sleep(c, 1'000'000'000);
  CHECK(failures(t).empty());
  t.wake(c);
  t.release(c, second);
  CHECK(failures(t).empty());  // nobody has taken it yet, but it is free
}

TEST_CASE("workers that wait for a free lock are not stuck", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running();
  const WorkerId b = t.running();
  const ObjectId lock = t.lock();
  t.acquire(a, lock);
  t.block(b, lock, EventKind::acquire);
  t.block_join(kMainWorker, b);
  t.release(a, lock);
  t.end(a);  // now nobody runs, but b can have the lock
  CHECK(failures(t).empty());
  CHECK_FALSE(is_all_stuck(t));
}

TEST_CASE("a cycle that a terminate breaks is not a deadlock of the one who waits for the dead",
          "[analysis]") {
  TraceBuilder t;
  const WorkerId p = t.running("p", WorkerKind::process);
  const ObjectId lock = t.lock();
  t.acquire(kMainWorker, lock);
  t.block(p, lock, EventKind::acquire);
  t.add(kMainWorker, EventKind::terminate, t.object_of(p), p);
  t.block_join(kMainWorker, p);  // p will never have the lock, but it will die
  CHECK(failures(t).empty());
  CHECK_FALSE(is_all_stuck(t));
  t.killed(p, 15);
  t.join(kMainWorker, p);
  CHECK(failures(t).empty());
}
