#include "core/event/caption.hpp"
#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

std::vector<Finding> violations_of(const TwoWorkers& w) {
  return found(w.t, FindingKind::atomicity_violation);
}

}  // namespace

TEST_CASE("a write from a value that another has overwritten is an atomicity violation", "[analysis]") {
  TwoWorkers w;
  const EventIndex read = w.t.load(w.a, w.x, 1);
  const EventIndex lost = w.t.store(w.b, w.x, 0);
  const EventIndex write = w.t.store(w.a, w.x, 0);
  const auto all = violations_of(w);
  REQUIRE(all.size() == 1);
  CHECK(all[0].workers == std::vector{w.a, w.b});
  CHECK(all[0].objects == std::vector{w.x});
  CHECK(all[0].events == std::vector{read, lost, write});
  CHECK_FALSE(is_failure(all[0].kind));
}

namespace {

std::optional<Finding> impending(const TwoWorkers& w, WorkerId worker, EventKind kind) {
  const TraceStore& store = w.t.store();
  Diagnosis diagnosis(store);
  diagnosis.update();
  return diagnosis.impending({.worker = worker, .object = w.x, .kind = kind});
}

}  // namespace

TEST_CASE("a lost update is known before the write that loses it", "[analysis]") {
  TwoWorkers w;
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
  TwoWorkers w;
  const ObjectId semaphore = w.t.semaphore(0);
  w.t.load(w.a, w.x, 0);
  w.t.store(w.b, w.x, 1);
  CHECK(impending(w, w.a, EventKind::store));
  w.t.sem_release(w.b, semaphore);
  w.t.sem_acquire(w.a, semaphore);
  CHECK_FALSE(impending(w, w.a, EventKind::store));
}

TEST_CASE("locking each access by itself does not make the pair atomic", "[analysis]") {
  TwoWorkers w;
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
  CHECK(violations_of(w).size() == 1);
  CHECK(found(w.t, FindingKind::data_race).empty());
}

TEST_CASE("an atomic add that is overwritten is lost too", "[analysis]") {
  TwoWorkers w;
  w.t.load(w.a, w.x, 0);
  w.t.add(w.b, EventKind::add, w.x, Value::of_int(1));
  w.t.store(w.a, w.x, 1);
  CHECK(violations_of(w).size() == 1);
}

TEST_CASE("a file that is read, written by another and written back is an atomicity violation",
          "[analysis]") {
  TwoWorkers w;
  const ObjectId file = w.t.object(ObjectKind::file);
  w.t.add(w.a, EventKind::file_read, file, Value::of_int(1));
  w.t.add(w.b, EventKind::file_read, file, Value::of_int(1));
  w.t.add(w.a, EventKind::file_write, file, Value::of_int(0));
  w.t.add(w.b, EventKind::file_write, file, Value::of_int(0));
  CHECK(violations_of(w).size() == 1);
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

TEST_CASE("an element of a manager's dict with a long key is named by the beginning of it", "[analysis]") {
  Managed m;
  const std::string element = "stock['" + std::string(80, 'k') + "']";
  m.call(m.a, 8, element, "2");
  m.call(m.b, 9, element + " = 1", "None");
  m.call(m.a, 9, element + " = 1", "None");
  const auto all = found(m.t, FindingKind::atomicity_violation);
  REQUIRE(all.size() == 1);
  const std::string told = narrate(all[0], m.t.store(), Language::en);
  CHECK(
      told.starts_with("Taker 1 read stock['" + std::string(53, 'k') + "… = 2 (line 8). Then Taker 2 wrote"));
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
  TwoWorkers w;
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
  CHECK(violations_of(w).empty());
}

TEST_CASE("the same lines violate once", "[analysis]") {
  TwoWorkers w;
  for (int i = 0; i < 5; ++i) {
    w.t.load(w.a, w.x, 0);
    w.t.store(w.b, w.x, 0);
    w.t.store(w.a, w.x, 0);
  }
  CHECK(violations_of(w).size() == 1);
}
