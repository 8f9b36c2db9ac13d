#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// Main joins everybody, so that nobody is left.
Finding the_one(TraceBuilder& t, WorkerId joined) {
  t.block_join(kMainWorker, joined);
  const auto all = failures(t);
  REQUIRE(all.size() == 1);
  CHECK(is_all_stuck(t));
  CHECK(all[0].at == t.size());
  return all[0];
}

}  // namespace

TEST_CASE("workers that wait for items that nobody can put are one finding and main behind them none",
          "[analysis]") {
  TraceBuilder t;
  const WorkerId shop = t.running("Shop");
  const WorkerId a = t.running("Eater 1");
  const WorkerId b = t.running("Eater 2");
  const ObjectId queue = t.queue();
  const EventIndex a_waits = t.block(a, queue, EventKind::queue_get);
  const EventIndex b_waits = t.block(b, queue, EventKind::queue_get);
  t.end(shop);
  REQUIRE(failures(t).empty());

  const Finding finding = the_one(t, a);
  CHECK(finding.kind == FindingKind::stuck);
  CHECK(finding.workers == std::vector{a, b});
  CHECK(finding.objects == std::vector{queue});
  CHECK(finding.events == std::vector{a_waits, b_waits, t.last()});
}

TEST_CASE("a put into a full queue that nobody empties is stuck", "[analysis]") {
  TraceBuilder t;
  const ObjectId queue = t.queue(1);
  t.put(kMainWorker, queue, 1);
  t.block(kMainWorker, queue, EventKind::queue_put);
  const auto all = failures(t);
  REQUIRE(all.size() == 1);
  CHECK(all[0].kind == FindingKind::stuck);
  CHECK(all[0].workers == std::vector{kMainWorker});
}

TEST_CASE("a join of a queue with unfinished tasks is stuck once nobody can finish them", "[analysis]") {
  TraceBuilder t;
  const ObjectId queue = tasks(t);
  const WorkerId eater = running_daemon(t, "Eater");
  t.put(kMainWorker, queue, 1);
  t.get(eater, queue);
  t.block(kMainWorker, queue, EventKind::queue_join);
  REQUIRE(failures(t).empty());
  t.block(eater, queue, EventKind::queue_get);  // forgot task_done
  const auto all = failures(t);
  REQUIRE(all.size() == 1);
  CHECK(all[0].workers == std::vector{kMainWorker});  // the eater is a daemon: no finding
}

TEST_CASE("waits for a permit, an event, a barrier are stuck when nobody is left", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  SECTION("semaphore") { t.block(w, t.semaphore(0), EventKind::sem_acquire); }
  SECTION("event") { t.block(w, t.object(ObjectKind::event), EventKind::event_wait); }
  SECTION("barrier") {
    const ObjectId barrier = t.object(ObjectKind::barrier, "", 0, 2);
    t.arrive(w, barrier);
    t.block(w, barrier, EventKind::barrier_pass);
  }
  SECTION("condition") {
    const ObjectId lock = t.lock();
    const ObjectId condition = t.condition(lock);
    t.acquire(w, lock);
    wait_on(t, w, condition, lock);
  }
  CHECK(the_one(t, w).kind == FindingKind::stuck);
}

TEST_CASE("a lock whose owner has ended can never be had, though others still run", "[analysis]") {
  TraceBuilder t;
  const WorkerId owner = t.running();
  const WorkerId waiter = t.running();
  const ObjectId lock = t.lock();
  const EventIndex took = t.acquire(owner, lock);

  SECTION("it ended before the wait") {
    t.end(owner);
    const EventIndex waits = t.block(waiter, lock, EventKind::acquire);
    const auto all = failures(t);
    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == FindingKind::stuck);
    CHECK(all[0].workers == std::vector{waiter});
    CHECK(all[0].events == std::vector{took, waits});
  }
  SECTION("it ends during the wait") {
    t.block(waiter, lock, EventKind::acquire);
    REQUIRE(failures(t).empty());
    t.end(owner);
    CHECK(found(t, FindingKind::stuck).size() == 1);
  }
  SECTION("it is killed") {
    t.block(waiter, lock, EventKind::acquire);
    t.add(kMainWorker, EventKind::terminate, t.object_of(owner), owner);
    t.killed(owner, 15);
    CHECK(found(t, FindingKind::killed).empty());
    CHECK(found(t, FindingKind::stuck).size() == 1);
  }
  SECTION("a timed wait gives up") {
    t.end(owner);
    t.block(waiter, lock, EventKind::acquire, true);
    CHECK(failures(t).empty());
  }
}

TEST_CASE("an object is reported once however many come to wait for it", "[analysis]") {
  TraceBuilder t;
  const ObjectId lock = t.lock();
  const WorkerId owner = t.running();
  t.acquire(owner, lock);
  t.end(owner);
  for (int i = 0; i < 3; ++i)
    t.block(t.running(), lock, EventKind::acquire);
  CHECK(failures(t).size() == 1);
}

TEST_CASE("a finding that is certain stays in the list and is not repeated", "[analysis]") {
  Crossed x;
  Diagnosis diagnosis(x.t.store());
  x.t.block(x.b, x.first, EventKind::acquire);
  diagnosis.update();
  const auto first = diagnosis.findings();
  for (int i = 0; i < 10; ++i) {
    x.t.print(kMainWorker, "tick");
    diagnosis.update();
    CHECK(diagnosis.findings() == first);
  }
}

// --- lost wake-ups

TEST_CASE("a notify before the wait is a lost wake-up", "[analysis]") {
  TraceBuilder t;
  const WorkerId waiter = t.running();
  const ObjectId lock = t.lock();
  const ObjectId condition = t.condition(lock);
  t.acquire(kMainWorker, lock);
  const EventIndex notify = t.notify(kMainWorker, condition);
  t.release(kMainWorker, lock);
  t.acquire(waiter, lock);
  const EventIndex waits = wait_on(t, waiter, condition, lock);
  const Finding finding = the_one(t, waiter);
  CHECK(finding.kind == FindingKind::lost_wakeup);
  CHECK(finding.workers == std::vector{waiter});
  CHECK(finding.events == std::vector{notify, waits, t.last()});
}

TEST_CASE("whoever looked at the state after the notify was not misled by it: merely stuck", "[analysis]") {
  TraceBuilder t;
  const WorkerId waiter = t.running();
  const ObjectId lock = t.lock();
  const ObjectId condition = t.condition(lock);
  const ObjectId ready = t.shared(0, "ready");
  const auto look = [&] { t.load(waiter, ready, 0); };
  const auto signal = [&] {
    t.acquire(kMainWorker, lock);
    t.notify(kMainWorker, condition);
    t.release(kMainWorker, lock);
  };
  FindingKind expected = FindingKind::stuck;
  SECTION("after") {
    signal();
    t.acquire(waiter, lock);
    look();
  }
  SECTION("before") {
    look();
    signal();
    t.acquire(waiter, lock);
    expected = FindingKind::lost_wakeup;
  }
  wait_on(t, waiter, condition, lock);
  CHECK(the_one(t, waiter).kind == expected);
}

TEST_CASE("a worker's own notify is no wake-up lost to it", "[analysis]") {
  TraceBuilder t;
  const WorkerId waiter = t.running();
  const ObjectId lock = t.lock();
  const ObjectId condition = t.condition(lock);
  t.acquire(waiter, lock);
  t.notify(waiter, condition);
  wait_on(t, waiter, condition, lock);
  CHECK(the_one(t, waiter).kind == FindingKind::stuck);
}

TEST_CASE("a set that is cleared before the wait is a lost wake-up", "[analysis]") {
  TraceBuilder t;
  const WorkerId waiter = t.running();
  const ObjectId flag = t.object(ObjectKind::event);
  const EventIndex set = t.set(kMainWorker, flag);
  const EventIndex clear = t.clear(kMainWorker, flag);
  const EventIndex waits = t.block(waiter, flag, EventKind::event_wait);
  const Finding finding = the_one(t, waiter);
  CHECK(finding.kind == FindingKind::lost_wakeup);
  CHECK(finding.events == std::vector{set, clear, waits, t.last()});
}

TEST_CASE("a set that the waiter has seen is not lost", "[analysis]") {
  TraceBuilder t;
  const WorkerId waiter = t.running();
  const ObjectId flag = t.object(ObjectKind::event);
  t.block(waiter, flag, EventKind::event_wait);
  t.set(kMainWorker, flag);
  t.clear(kMainWorker, flag);
  t.event_wait(waiter, flag);
  t.block(waiter, flag, EventKind::event_wait);
  CHECK(the_one(t, waiter).kind == FindingKind::stuck);
}

// --- no false alarm

TEST_CASE("a condition whose notifier sleeps is not stuck", "[analysis]") {
  TraceBuilder t;
  const WorkerId waiter = t.running();
  const WorkerId notifier = t.running();
  const ObjectId lock = t.lock();
  const ObjectId condition = t.condition(lock);
  t.acquire(waiter, lock);
  wait_on(t, waiter, condition, lock);
  t.sleep(notifier, 5'000'000'000);
  t.block_join(kMainWorker, waiter);
  CHECK(failures(t).empty());

  t.wake(notifier);
  t.acquire(notifier, lock);
  t.notify(notifier, condition);
  t.release(notifier, lock);
  t.end(notifier);  // nobody runs now, but the waiter was notified
  CHECK(failures(t).empty());
  CHECK_FALSE(is_all_stuck(t));
  t.cond_resume(waiter, condition);
  t.acquire(waiter, lock);
  CHECK(failures(t).empty());
}

TEST_CASE("a notify frees only those who waited before it", "[analysis]") {
  TraceBuilder t;
  const WorkerId early = t.running();
  const WorkerId late = t.running();
  const ObjectId lock = t.lock();
  const ObjectId condition = t.condition(lock);
  t.acquire(early, lock);
  wait_on(t, early, condition, lock);
  t.notify(kMainWorker, condition);
  t.acquire(late, lock);
  wait_on(t, late, condition, lock);
  t.block_join(kMainWorker, late);
  CHECK_FALSE(is_all_stuck(t));
  t.cond_resume(early, condition);
  t.acquire(early, lock);
  t.release(early, lock);
  t.end(early);
  CHECK(is_all_stuck(t));
  const auto all = failures(t);
  REQUIRE(all.size() == 1);
  CHECK(all[0].workers == std::vector{late});
}

TEST_CASE("a semaphore that a sleeping worker may release is not stuck", "[analysis]") {
  TraceBuilder t;
  const WorkerId waiter = t.running();
  const WorkerId sleeper = t.running();
  t.block(waiter, t.semaphore(0), EventKind::sem_acquire);
  t.sleep(sleeper, 10'000'000'000);
  t.block_join(kMainWorker, waiter);
  CHECK(failures(t).empty());
}

TEST_CASE("an event that was set frees those who waited although it is cleared at once", "[analysis]") {
  TraceBuilder t;
  const WorkerId waiter = t.running();
  const ObjectId flag = t.object(ObjectKind::event);
  t.block(waiter, flag, EventKind::event_wait);
  t.set(kMainWorker, flag);
  t.clear(kMainWorker, flag);
  t.block_join(kMainWorker, waiter);
  CHECK(failures(t).empty());
  CHECK_FALSE(is_all_stuck(t));
}

TEST_CASE("a barrier that is complete, reset or broken lets everybody go", "[analysis]") {
  TraceBuilder t;
  const ObjectId barrier = t.object(ObjectKind::barrier, "", 0, 2);
  const WorkerId a = t.running();
  const WorkerId b = t.running();
  t.arrive(a, barrier);
  t.block(a, barrier, EventKind::barrier_pass);
  SECTION("complete") {
    t.arrive(b, barrier);
    t.pass(b, barrier);
  }
  SECTION("reset") { t.add(b, EventKind::barrier_reset, barrier); }
  SECTION("broken") { t.add(b, EventKind::barrier_abort, barrier); }
  t.end(b);
  t.block_join(kMainWorker, a);
  CHECK(failures(t).empty());
  CHECK_FALSE(is_all_stuck(t));
}

TEST_CASE("daemons that wait are no finding while main can end", "[analysis]") {
  TraceBuilder t;
  const ObjectId queue = tasks(t);
  const WorkerId shop = t.running("Shop");
  const WorkerId a = running_daemon(t, "Eater 1");
  const WorkerId b = running_daemon(t, "Eater 2");
  t.block(a, queue, EventKind::queue_get);
  t.block(b, queue, EventKind::queue_get);
  t.block_join(kMainWorker, shop);
  CHECK(failures(t).empty());
  t.end(shop);
  t.join(kMainWorker, shop);
  t.end(kMainWorker);
  CHECK(failures(t).empty());
  CHECK_FALSE(is_all_stuck(t));  // only daemons are left: the program is over
  t.cut_off(a);
  t.cut_off(b);
  CHECK(failures(t).empty());
}

TEST_CASE("a non-daemon may wait for what daemons can provide", "[analysis]") {
  TraceBuilder t;
  const ObjectId queue = tasks(t);
  const WorkerId eater = running_daemon(t, "Eater");
  t.put(kMainWorker, queue, 1);
  t.block(kMainWorker, queue, EventKind::queue_join);
  t.get(eater, queue);
  t.sleep(eater, 1'000'000);
  CHECK(failures(t).empty());
  t.wake(eater);
  t.task_done(eater, queue);
  t.block(eater, queue, EventKind::queue_get);
  CHECK(failures(t).empty());  // the join is possible now
}

TEST_CASE("a daemon that is stuck counts once somebody waits for it", "[analysis]") {
  TraceBuilder t;
  const ObjectId queue = t.queue();
  const WorkerId eater = running_daemon(t, "Eater");
  t.block(eater, queue, EventKind::queue_get);
  CHECK(failures(t).empty());
  t.block_join(kMainWorker, eater);
  const auto all = failures(t);
  REQUIRE(all.size() == 1);
  CHECK(all[0].workers == std::vector{eater});
}

TEST_CASE("at its exit a process joins daemon processes that it has told to end", "[analysis]") {
  TraceBuilder t;
  const WorkerId daemon = running_daemon(t, "Daemon", WorkerKind::process);
  t.block(daemon, t.queue(), EventKind::queue_get);
  t.add(kMainWorker, EventKind::exit_wait);
  t.block_join(kMainWorker, daemon);
  CHECK(failures(t).empty());
  CHECK_FALSE(is_all_stuck(t));
  for (const WaitEdge& edge : wait_for_graph(t.store(), t.size()))
    CHECK_FALSE(edge.hopeless);
  t.cut_off(daemon);
  t.join(kMainWorker, daemon);
  t.end(kMainWorker);
  CHECK(failures(t).empty());
}

TEST_CASE("a wait for an object that the analysis does not know is no alarm", "[analysis]") {
  TraceBuilder t;
  t.block(kMainWorker, t.object(ObjectKind::file), EventKind::file_read);
  CHECK(failures(t).empty());
  CHECK_FALSE(is_all_stuck(t));
}

TEST_CASE("all_ended is true when every worker that was started has ended", "[analysis]") {
  TraceBuilder t;
  const WorkerId w = t.running();
  t.worker("never started");
  Diagnosis diagnosis(t.store());
  diagnosis.update();
  CHECK_FALSE(diagnosis.all_ended());
  t.end(w);
  t.end(kMainWorker);
  diagnosis.update();
  CHECK(diagnosis.all_ended());
  CHECK_FALSE(diagnosis.all_stuck());
}
