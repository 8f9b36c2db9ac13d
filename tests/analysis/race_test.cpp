#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

std::vector<Finding> races_of(const TwoWorkers& w) { return found(w.t, FindingKind::data_race); }

}  // namespace

TEST_CASE("unordered accesses race if one writes", "[analysis]") {
  TwoWorkers w;
  SECTION("write, write") {
    const EventIndex first = w.t.line(1).store(w.a, w.x, 1);
    const EventIndex second = w.t.line(2).store(w.b, w.x, 2);
    const auto races = races_of(w);
    REQUIRE(races.size() == 1);
    CHECK(races[0].workers == std::vector{w.a, w.b});
    CHECK(races[0].objects == std::vector{w.x});
    CHECK(races[0].events == std::vector{first, second});
    CHECK_FALSE(is_failure(races[0].kind));
  }
  SECTION("write, read") {
    w.t.store(w.a, w.x, 1);
    w.t.load(w.b, w.x, 1);
    CHECK(races_of(w).size() == 1);
  }
  SECTION("read, write") {
    w.t.load(w.a, w.x, 0);
    w.t.store(w.b, w.x, 1);
    CHECK(races_of(w).size() == 1);
  }
  SECTION("a write after reads by many names each reader's line") {
    w.t.line(1).load(w.a, w.x, 0);
    w.t.line(2).load(w.b, w.x, 0);
    w.t.line(3).store(kMainWorker, w.x, 1);
    CHECK(races_of(w).size() == 2);
  }
  SECTION("files") {
    const ObjectId file = w.t.object(ObjectKind::file);
    w.t.add(w.a, EventKind::file_read, file);
    w.t.add(w.b, EventKind::file_truncate, file);
    CHECK(races_of(w).size() == 1);
  }
}

TEST_CASE("what does not conflict does not race", "[analysis]") {
  TwoWorkers w;
  SECTION("reads") {
    w.t.load(w.a, w.x, 0);
    w.t.load(w.b, w.x, 0);
  }
  SECTION("different variables") {
    w.t.store(w.a, w.x, 1);
    w.t.store(w.b, w.y, 1);
  }
  SECTION("one worker") {
    w.t.store(w.a, w.x, 1);
    w.t.store(w.a, w.x, 2);
  }
  SECTION("atomic adds, with each other and with reads and writes") {
    w.t.add(w.a, EventKind::add, w.x, Value::of_int(1));
    w.t.add(w.b, EventKind::add, w.x, Value::of_int(2));
    w.t.load(kMainWorker, w.x, 2);
  }
  SECTION("appends") {
    const ObjectId file = w.t.object(ObjectKind::file);
    w.t.add(w.a, EventKind::file_append, file);
    w.t.add(w.b, EventKind::file_append, file);
  }
  SECTION("a file that is replaced in one step") {
    const ObjectId file = w.t.object(ObjectKind::file);
    w.t.add(w.a, EventKind::file_read, file);
    w.t.add(w.b, EventKind::file_write, file);
    w.t.add(w.a, EventKind::file_write, file);
  }
  SECTION("printing") {
    const ObjectId console = w.t.object(ObjectKind::console);
    w.t.add(w.a, EventKind::print, console, w.t.text_value("a"));
    w.t.add(w.b, EventKind::print, console, w.t.text_value("b"));
  }
  CHECK(races_of(w).empty());
}

TEST_CASE("each pair of lines races once", "[analysis]") {
  TwoWorkers w;
  for (int i = 0; i < 10; ++i) {
    w.t.line(1).store(w.a, w.x, i);
    w.t.line(2).store(w.b, w.x, i);
  }
  CHECK(races_of(w).size() == 1);
  w.t.line(3).store(w.b, w.x, 0);
  w.t.line(1).store(w.a, w.x, 0);
  CHECK(races_of(w).size() == 2);
}

TEST_CASE("every kind of synchronization orders what it stands between", "[analysis]") {
  TwoWorkers w;
  TraceBuilder& t = w.t;
  const ObjectId lock = t.lock();
  const auto before = [&] { t.store(w.a, w.x, 1); };
  WorkerId reader = w.b;
  SECTION("release, acquire") {
    t.acquire(w.a, lock);
    before();
    t.release(w.a, lock);
    t.acquire(w.b, lock);
  }
  SECTION("through a third worker") {
    const ObjectId other = t.lock();
    before();
    t.acquire(w.a, lock);
    t.release(w.a, lock);
    t.acquire(kMainWorker, lock);
    t.acquire(kMainWorker, other);
    t.release(kMainWorker, other);
    t.acquire(w.b, other);
  }
  SECTION("semaphore") {
    const ObjectId semaphore = t.semaphore(0);
    before();
    t.sem_release(w.a, semaphore);
    t.sem_acquire(w.b, semaphore);
  }
  SECTION("event: set, wait") {
    const ObjectId flag = t.object(ObjectKind::event);
    before();
    t.set(w.a, flag);
    t.event_wait(w.b, flag);
  }
  SECTION("event: set, is_set") {
    const ObjectId flag = t.object(ObjectKind::event);
    before();
    t.set(w.a, flag);
    t.add(w.b, EventKind::event_is_set, flag, Value::of_bool(true));
  }
  SECTION("queue: put, get") {
    const ObjectId queue = t.queue();
    before();
    t.put(w.a, queue, 1);
    t.get(w.b, queue);
  }
  SECTION("full queue: get, put") {
    const ObjectId queue = t.queue(1);
    t.put(w.b, queue, 1);
    before();
    t.get(w.a, queue);
    t.put(w.b, queue, 2);
  }
  SECTION("task_done, queue join") {
    const ObjectId queue = tasks(t);
    t.put(w.b, queue, 1);
    t.get(w.a, queue);
    before();
    t.task_done(w.a, queue);
    t.add(w.b, EventKind::queue_join, queue);
  }
  SECTION("notify, resume") {
    const ObjectId condition = t.condition(lock);
    t.acquire(w.b, lock);
    wait_on(t, w.b, condition, lock);
    before();
    t.notify(w.a, condition);
    t.cond_resume(w.b, condition);
  }
  SECTION("barrier") {
    const ObjectId barrier = t.object(ObjectKind::barrier, "", 0, 2);
    before();
    t.arrive(w.a, barrier);
    t.arrive(w.b, barrier);
    t.pass(w.b, barrier);
  }
  SECTION("start, begin") {
    before();
    reader = t.worker("child", WorkerKind::thread, w.a);
    t.start(w.a, reader);
    t.begin(reader);
  }
  SECTION("end, join") {
    before();
    t.end(w.a);
    t.join(w.b, w.a);
  }
  SECTION("end, is_alive") {
    before();
    t.end(w.a);
    t.add(w.b, EventKind::is_alive, t.object_of(w.a), Value::of_bool(false));
  }
  t.load(reader, w.x, 1);
  t.store(reader, w.x, 2);
  CHECK(races_of(w).empty());
}

TEST_CASE("synchronization that is not meant for it orders nothing", "[analysis]") {
  TwoWorkers w;
  TraceBuilder& t = w.t;
  t.store(w.a, w.x, 1);
  SECTION("another lock") {
    const ObjectId first = t.lock();
    const ObjectId second = t.lock();
    t.acquire(w.a, first);
    t.release(w.a, first);
    t.acquire(w.b, second);
  }
  SECTION("a clear between set and wait") {
    const ObjectId flag = t.object(ObjectKind::event);
    t.set(w.a, flag);
    t.clear(kMainWorker, flag);
    t.set(kMainWorker, flag);
    t.event_wait(w.b, flag);
  }
  SECTION("a notify that woke nobody") { t.notify(w.a, t.condition(t.lock())); }
  SECTION("two gets") {
    const ObjectId queue = t.queue();
    t.put(kMainWorker, queue, 1);
    t.put(kMainWorker, queue, 2);
    t.get(w.a, queue);
    t.get(w.b, queue);
  }
  SECTION("an is_set that saw nothing") {
    const ObjectId flag = t.object(ObjectKind::event);
    t.add(w.b, EventKind::event_is_set, flag, Value::of_bool(false));
  }
  SECTION("the next round of a barrier") {
    const ObjectId barrier = t.object(ObjectKind::barrier, "", 0, 2);
    t.arrive(kMainWorker, barrier);
    t.arrive(w.b, barrier);
    t.pass(kMainWorker, barrier);
    t.pass(w.b, barrier);
    t.arrive(w.a, barrier);
  }
  SECTION("reads of another variable") {
    t.store(w.a, w.y, 1);
    t.load(w.b, w.y, 1);
  }
  t.load(w.b, w.x, 1);
  const auto races = races_of(w);
  CHECK(std::any_of(races.begin(), races.end(), [&](const Finding& race) { return race.objects[0] == w.x; }));
}
