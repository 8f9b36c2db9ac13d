#include "core/event/caption.hpp"
#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

struct Two {
  TraceBuilder t;
  WorkerId a = t.running("A");
  WorkerId b = t.running("B");
  ObjectId x = t.shared(0, "x");
  ObjectId y = t.shared(0, "y");

  std::vector<Finding> races() const { return found(t, FindingKind::data_race); }
  std::vector<Finding> violations() const { return found(t, FindingKind::atomicity_violation); }
};

}  // namespace

// --- data races
// ------------------------------------------------------------------------------------------------------

TEST_CASE("unordered accesses race if one writes", "[analysis]") {
  Two w;
  SECTION("write, write") {
    const EventIndex first = w.t.line(1).store(w.a, w.x, 1);
    const EventIndex second = w.t.line(2).store(w.b, w.x, 2);
    const auto races = w.races();
    REQUIRE(races.size() == 1);
    CHECK(races[0].workers == std::vector{w.a, w.b});
    CHECK(races[0].objects == std::vector{w.x});
    CHECK(races[0].events == std::vector{first, second});
    CHECK_FALSE(is_failure(races[0].kind));
  }
  SECTION("write, read") {
    w.t.store(w.a, w.x, 1);
    w.t.load(w.b, w.x, 1);
    CHECK(w.races().size() == 1);
  }
  SECTION("read, write") {
    w.t.load(w.a, w.x, 0);
    w.t.store(w.b, w.x, 1);
    CHECK(w.races().size() == 1);
  }
  SECTION("a write after reads by many names each reader's line") {
    w.t.line(1).load(w.a, w.x, 0);
    w.t.line(2).load(w.b, w.x, 0);
    w.t.line(3).store(kMainWorker, w.x, 1);
    CHECK(w.races().size() == 2);
  }
  SECTION("files") {
    const ObjectId file = w.t.object(ObjectKind::file);
    w.t.add(w.a, EventKind::file_read, file);
    w.t.add(w.b, EventKind::file_truncate, file);
    CHECK(w.races().size() == 1);
  }
}

TEST_CASE("what does not conflict does not race", "[analysis]") {
  Two w;
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
  CHECK(w.races().empty());
}

TEST_CASE("each pair of lines races once", "[analysis]") {
  Two w;
  for (int i = 0; i < 10; ++i) {
    w.t.line(1).store(w.a, w.x, i);
    w.t.line(2).store(w.b, w.x, i);
  }
  CHECK(w.races().size() == 1);
  w.t.line(3).store(w.b, w.x, 0);
  w.t.line(1).store(w.a, w.x, 0);
  CHECK(w.races().size() == 2);
}

TEST_CASE("every kind of synchronization orders what it stands between", "[analysis]") {
  Two w;
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
  CHECK(w.races().empty());
}

TEST_CASE("synchronization that is not meant for it orders nothing", "[analysis]") {
  Two w;
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
  const auto races = w.races();
  CHECK(std::any_of(races.begin(), races.end(), [&](const Finding& race) { return race.objects[0] == w.x; }));
}

// --- atomicity
// -------------------------------------------------------------------------------------------------------

TEST_CASE("a write from a value that another has overwritten is an atomicity violation", "[analysis]") {
  Two w;
  const EventIndex read = w.t.load(w.a, w.x, 1);
  const EventIndex lost = w.t.store(w.b, w.x, 0);
  const EventIndex write = w.t.store(w.a, w.x, 0);
  const auto all = w.violations();
  REQUIRE(all.size() == 1);
  CHECK(all[0].workers == std::vector{w.a, w.b});
  CHECK(all[0].objects == std::vector{w.x});
  CHECK(all[0].events == std::vector{read, lost, write});
  CHECK_FALSE(is_failure(all[0].kind));
}

namespace {

std::optional<Finding> impending(const Two& w, WorkerId worker, EventKind kind) {
  const TraceStore& store = w.t.store();
  Diagnosis diagnosis(store);
  diagnosis.update();
  return diagnosis.impending({.worker = worker, .object = w.x, .kind = kind});
}

}  // namespace

TEST_CASE("a lost update is known before the write that loses it", "[analysis]") {
  Two w;
  const EventIndex read = w.t.line(12).load(w.a, w.x, 1);
  CHECK_FALSE(impending(w, w.a, EventKind::store));
  const EventIndex other = w.t.line(15).store(w.b, w.x, 0);
  const auto finding = impending(w, w.a, EventKind::store);
  REQUIRE(finding);
  CHECK(finding->workers == std::vector{w.a, w.b});
  CHECK(finding->events == std::vector{read, other});
  CHECK_FALSE(impending(w, w.b, EventKind::store));
  CHECK_FALSE(impending(w, w.a, EventKind::load));
  CHECK_FALSE(impending(w, w.a, EventKind::add));
  CHECK(narrate(*finding, w.t.store(), Language::en) ==
        "A read x = 1 (line 12). Then B wrote x = 0 (line 15). If A writes now, still from the old value, "
        "what B "
        "wrote is lost.");
  CHECK(narrate(*finding, w.t.store(), Language::zh).find("如果 A 现在就写") != std::string::npos);
  w.t.load(w.a, w.x, 0);
  CHECK_FALSE(impending(w, w.a, EventKind::store));
}

TEST_CASE("what the program hands over may be overwritten", "[analysis]") {
  Two w;
  const ObjectId semaphore = w.t.semaphore(0);
  w.t.load(w.a, w.x, 0);
  w.t.store(w.b, w.x, 1);
  CHECK(impending(w, w.a, EventKind::store));
  w.t.sem_release(w.b, semaphore);
  w.t.sem_acquire(w.a, semaphore);
  CHECK_FALSE(impending(w, w.a, EventKind::store));
}

TEST_CASE("locking each access by itself does not make the pair atomic", "[analysis]") {
  Two w;
  const ObjectId lock = w.t.lock();
  const auto locked = [&](WorkerId worker, EventKind kind) {
    w.t.acquire(worker, lock);
    w.t.add(worker, kind, w.x, Value::of_int(1));
    w.t.release(worker, lock);
  };
  locked(w.a, EventKind::load);
  locked(w.b, EventKind::load);
  locked(w.b, EventKind::store);
  locked(w.a, EventKind::store);
  CHECK(w.violations().size() == 1);
  CHECK(w.races().empty());
}

TEST_CASE("an atomic add that is overwritten is lost too", "[analysis]") {
  Two w;
  w.t.load(w.a, w.x, 0);
  w.t.add(w.b, EventKind::add, w.x, Value::of_int(1));
  w.t.store(w.a, w.x, 1);
  CHECK(w.violations().size() == 1);
}

TEST_CASE("a file that is read, written by another and written back is an atomicity violation",
          "[analysis]") {
  Two w;
  const ObjectId file = w.t.object(ObjectKind::file);
  w.t.add(w.a, EventKind::file_read, file, Value::of_int(1));
  w.t.add(w.b, EventKind::file_read, file, Value::of_int(1));
  w.t.add(w.a, EventKind::file_write, file, Value::of_int(0));
  w.t.add(w.b, EventKind::file_write, file, Value::of_int(0));
  CHECK(w.violations().size() == 1);
}

namespace {

/// Two clients of a manager's dict, each with a connection and a thread of the server.
struct Managed {
  TraceBuilder t;
  WorkerId a = t.running("Taker 1", WorkerKind::process), b = t.running("Taker 2", WorkerKind::process);
  WorkerId for_a = t.running("server thread 1"), for_b = t.running("server thread 2");
  ObjectId stock = t.object(ObjectKind::managed, "stock");
  ObjectId to_a = t.object(ObjectKind::pipe), from_a = t.object(ObjectKind::pipe);
  ObjectId to_b = t.object(ObjectKind::pipe), from_b = t.object(ObjectKind::pipe);

  /// The whole round trip. Returns the event of the server.
  EventIndex call(WorkerId client, int line, const std::string& call, const std::string& answer) {
    const bool is_a = client == a;
    const WorkerId server = is_a ? for_a : for_b;
    const Value request = t.text_value(call + kCaptionEnd + "[3]");
    const Value reply = t.text_value("→ " + answer + kCaptionEnd + "[]");
    t.line(line).add(client, EventKind::pipe_send, is_a ? from_a : from_b, request);
    t.line(0).add(server, EventKind::pipe_recv, is_a ? from_a : from_b, request);
    const EventIndex done = t.add({.arg = t.text_value("{}").bits,
                                   .extra = t.text(call),
                                   .worker = server,
                                   .object = stock,
                                   .kind = EventKind::managed_call});
    t.add(server, EventKind::pipe_send, is_a ? to_a : to_b, reply);
    t.line(line).add(client, EventKind::pipe_recv, is_a ? to_a : to_b, reply);
    return done;
  }
};

}  // namespace

TEST_CASE("what a manager's clients lose is told of the clients, not of the server", "[analysis]") {
  Managed m;
  const EventIndex read = m.call(m.a, 8, "stock['count']", "2");
  m.call(m.b, 8, "stock['count']", "2");
  const EventIndex lost = m.call(m.b, 9, "stock['count'] = 1", "None");
  CHECK(found(m.t, FindingKind::atomicity_violation).empty());
  const EventIndex write = m.call(m.a, 9, "stock['count'] = 1", "None");
  const auto all = found(m.t, FindingKind::atomicity_violation);
  REQUIRE(all.size() == 1);
  CHECK(all[0].workers == std::vector{m.a, m.b});
  CHECK(all[0].events == std::vector{read, lost, write});
  CHECK(narrate(all[0], m.t.store(), Language::en) ==
        "Taker 1 read stock['count'] = 2 (line 8). Then Taker 2 wrote stock['count'] = 1 (line 9). "
        "Then Taker 1 wrote stock['count'] = 1 (line 9), still from the old value: what Taker 2 wrote is "
        "lost.");
  CHECK(describe(m.t.store()[m.t.last() - 4], m.t.store(), Language::en).find("[3]") == std::string::npos);
}

TEST_CASE("other elements of a manager's dict lose nothing", "[analysis]") {
  Managed m;
  m.call(m.a, 8, "stock['count']", "2");
  m.call(m.b, 9, "stock['other'] = 1", "None");
  m.call(m.b, 9, "stock.get('count', 0)", "2");
  m.call(m.a, 9, "stock['count'] = 1", "None");
  CHECK(found(m.t, FindingKind::atomicity_violation).empty());
}

TEST_CASE("writes that depend on nothing stale are no violation", "[analysis]") {
  Two w;
  TraceBuilder& t = w.t;
  SECTION("serial") {
    t.load(w.a, w.x, 0);
    t.store(w.a, w.x, 1);
    t.load(w.b, w.x, 1);
    t.store(w.b, w.x, 2);
  }
  SECTION("read again after the other's write") {
    t.load(w.a, w.x, 0);
    t.store(w.b, w.x, 1);
    t.load(w.a, w.x, 1);
    t.store(w.a, w.x, 2);
  }
  SECTION("no read before") {
    t.store(w.b, w.x, 1);
    t.store(w.a, w.x, 2);
  }
  SECTION("another variable") {
    t.load(w.a, w.x, 0);
    t.store(w.b, w.y, 1);
    t.store(w.a, w.x, 1);
  }
  SECTION("an atomic add needs no earlier read") {
    t.load(w.a, w.x, 0);
    t.store(w.b, w.x, 1);
    t.add(w.a, EventKind::add, w.x, Value::of_int(2));
  }
  SECTION("handed over by the program") {
    const ObjectId semaphore = t.semaphore(0);
    t.load(w.a, w.x, 0);
    t.store(w.b, w.x, 1);
    t.sem_release(w.b, semaphore);
    t.sem_acquire(w.a, semaphore);
    t.store(w.a, w.x, 2);
  }
  CHECK(w.violations().empty());
}

TEST_CASE("the same lines violate once", "[analysis]") {
  Two w;
  for (int i = 0; i < 5; ++i) {
    w.t.load(w.a, w.x, 0);
    w.t.store(w.b, w.x, 0);
    w.t.store(w.a, w.x, 0);
  }
  CHECK(w.violations().size() == 1);
}
