// What is said names every participant and every line, in both languages. The wording itself is free.
#include <set>

#include "core/schedule/situation.hpp"
#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

const Language kLanguages[] = {Language::en, Language::zh};

std::string lines_of(int line, Language language) {
  return language == Language::en ? "line " + std::to_string(line) : "第 " + std::to_string(line) + " 行";
}

/// The last finding of that kind in words, and that it names its workers and objects and has no hole.
std::string told(const TraceBuilder& t, FindingKind kind, Language language) {
  const auto all = found(t, kind);
  REQUIRE(!all.empty());
  const std::string text = narrate(all.back(), t.store(), language);
  INFO(text);
  for (const WorkerId id : all.back().workers)
    CHECK_THAT(text, ContainsSubstring(t.store().workers()[id].name));
  for (const ObjectId id : all.back().objects)
    CHECK_THAT(text, ContainsSubstring(t.store().objects()[id].name));
  CHECK(text.find('{') == std::string::npos);
  CHECK_FALSE(heading(kind, language).empty());
  return text;
}

void check_told(const TraceBuilder& t, FindingKind kind, const std::vector<int>& lines,
                const std::vector<std::string>& words = {}) {
  for (const Language language : kLanguages) {
    const std::string text = told(t, kind, language);
    for (const int line : lines)
      CHECK_THAT(text, ContainsSubstring(lines_of(line, language)));
    for (const std::string& word : words)
      CHECK_THAT(text, ContainsSubstring(word));
  }
}

}  // namespace

TEST_CASE("a deadlock is told with every lock, owner and line", "[narration]") {
  Crossed x;
  x.t.line(22).block(x.b, x.first, EventKind::acquire);
  check_told(x.t, FindingKind::deadlock_cycle, {12, 14, 20, 22});
}

TEST_CASE("a deadlock through a join and one with itself are told", "[narration]") {
  TraceBuilder t;
  const WorkerId w = t.running("Cook");
  const ObjectId lock = t.lock("Pan");
  t.line(3).acquire(kMainWorker, lock);
  SECTION("join") {
    t.line(4).block_join(kMainWorker, w);
    t.line(9).block(w, lock, EventKind::acquire);
    check_told(t, FindingKind::deadlock_cycle, {3, 4, 9});
  }
  SECTION("itself") {
    t.line(5).block(kMainWorker, lock, EventKind::acquire);
    check_told(t, FindingKind::deadlock_cycle, {3, 5});
  }
}

TEST_CASE("whoever is stuck is told with the reason and those behind", "[narration]") {
  TraceBuilder t;
  const WorkerId a = t.running("Eater 1");
  const WorkerId b = t.running("Eater 2");
  const ObjectId lock = t.lock("Knife");
  std::vector<std::string> words{"main", "Eater 1", "Eater 2"};
  const auto both = [&](ObjectId object, EventKind wants) {
    t.line(11).block(a, object, wants);
    t.line(12).block(b, object, wants);
  };
  SECTION("get") { both(t.queue(0, "table"), EventKind::queue_get); }
  SECTION("put") {
    const ObjectId table = t.queue(1, "table");
    t.put(a, table, 1);
    both(table, EventKind::queue_put);
  }
  SECTION("queue join") {
    const ObjectId table = tasks(t, "table");
    t.put(a, table, 1);
    t.put(a, table, 1);
    both(table, EventKind::queue_join);
    words.push_back("2");
  }
  SECTION("semaphore") { both(t.semaphore(0, "seats"), EventKind::sem_acquire); }
  SECTION("event") { both(t.object(ObjectKind::event, "bell"), EventKind::event_wait); }
  SECTION("barrier") {
    const ObjectId barrier = t.object(ObjectKind::barrier, "gate", 0, 3);
    t.arrive(a, barrier);
    t.arrive(b, barrier);
    both(barrier, EventKind::barrier_pass);
    words.push_back("3");
  }
  SECTION("condition") {
    const ObjectId condition = t.condition(lock, "ready");
    for (const WorkerId id : {a, b}) {
      t.line(id == a ? 11 : 12).acquire(id, lock);
      wait_on(t, id, condition, lock);
    }
  }
  SECTION("lock of an ended worker") {
    const WorkerId owner = t.running("Thief");
    t.line(30).acquire(owner, lock);
    GENERATE(0, 1) == 0 ? t.end(owner) : t.killed(owner);
    both(lock, EventKind::acquire);
    words.push_back("Thief");
  }
  t.line(40).block_join(kMainWorker, a);
  if (found(t, FindingKind::stuck).front().objects[0] != lock) {
    check_told(t, FindingKind::stuck, {11, 12, 40}, words);
  } else {
    check_told(t, FindingKind::stuck, {11, 30}, {"Thief"});
  }
}

TEST_CASE("a lost wake-up is told with the signal that came too early", "[narration]") {
  TraceBuilder t;
  const WorkerId w = t.running("Sleeper");
  SECTION("notify") {
    const ObjectId lock = t.lock("lock");
    const ObjectId condition = t.condition(lock, "ready");
    t.line(5).notify(kMainWorker, condition);
    t.line(8).acquire(w, lock);
    wait_on(t, w, condition, lock);
    t.line(9).block_join(kMainWorker, w);
    check_told(t, FindingKind::lost_wakeup, {5, 8, 9}, {"main"});
  }
  SECTION("set and clear") {
    const ObjectId flag = t.object(ObjectKind::event, "bell");
    t.line(5).set(kMainWorker, flag);
    t.line(6).clear(kMainWorker, flag);
    t.line(8).block(w, flag, EventKind::event_wait);
    t.line(9).block_join(kMainWorker, w);
    check_told(t, FindingKind::lost_wakeup, {5, 6, 8, 9}, {"main"});
  }
}

TEST_CASE("endings are told", "[narration]") {
  TraceBuilder t;
  const WorkerId w = t.running("Worker 1", WorkerKind::process);
  SECTION("check") {
    const ObjectId check = t.object(ObjectKind::check, "sold <= tickets");
    t.line(6).check(w, check, false);
    check_told(t, FindingKind::broken_check, {6});
  }
  SECTION("error") {
    t.line(6).raise(w, "IndexError: pop from {} an empty list");
    t.add({.arg = 1,
           .worker = w,
           .object = t.object_of(w),
           .kind = EventKind::worker_end,
           .flags = event_flag::kRaised});
    for (const Language language : kLanguages) {
      const std::string text = narrate(found(t, FindingKind::error_raised)[0], t.store(), language);
      CHECK_THAT(text, ContainsSubstring("IndexError: pop from {} an empty list"));
      CHECK_THAT(text, ContainsSubstring(lines_of(6, language)));
    }
  }
  SECTION("killed") {
    t.acquire(w, t.lock("Knife"));
    t.killed(w, 9);
    check_told(t, FindingKind::killed, {}, {"9", "Knife"});
  }
  SECTION("cut off") {
    t.cut_off(w);
    check_told(t, FindingKind::unfinished_worker, {});
  }
}

TEST_CASE("remarks are told with both sides", "[narration]") {
  TraceBuilder t;
  const WorkerId a = t.running("Customer 1");
  const WorkerId b = t.running("Customer 3");
  SECTION("variable") {
    const ObjectId x = t.shared(1, "count");
    t.line(12).load(b, x, 1);
    t.line(15).store(a, x, 0);
    check_told(t, FindingKind::data_race, {12, 15}, {"count = 1", "count = 0"});
    t.line(16).store(b, x, 0);
    check_told(t, FindingKind::atomicity_violation, {12, 15, 16}, {"count = 1", "count = 0"});
  }
  SECTION("key of a file") {
    const ObjectId file = t.object(ObjectKind::file, "ticket.json");
    const auto access = [&](WorkerId worker, EventKind kind, std::int64_t value) {
      t.add({.arg = value, .extra = t.text("count"), .worker = worker, .object = file, .kind = kind});
    };
    t.line(12);
    access(b, EventKind::file_read, 1);
    t.line(15);
    access(a, EventKind::file_write, 0);
    t.line(16);
    access(b, EventKind::file_write, 0);
    for (const Language language : kLanguages) {
      const std::string text = narrate(found(t, FindingKind::atomicity_violation)[0], t.store(), language);
      CHECK_THAT(text, ContainsSubstring("count = 1"));
      CHECK_THAT(describe(t.store()[t.last()], t.store(), language), ContainsSubstring("count = 0"));
      CHECK_THAT(describe(t.store()[t.last()], t.store(), language), ContainsSubstring("ticket.json"));
    }
  }
  SECTION("lock order") {
    const ObjectId fork = t.lock("Fork");
    const ObjectId plate = t.lock("Plate");
    t.line(1).acquire(a, fork);
    t.line(2).acquire(a, plate);
    t.release(a, plate);
    t.release(a, fork);
    t.line(3).acquire(b, plate);
    t.line(4).acquire(b, fork);
    check_told(t, FindingKind::lock_order_inversion, {1, 2, 3, 4});
  }
  SECTION("busy waiting") {
    const ObjectId x = t.shared(0, "ready");
    for (int i = 0; i < 4; ++i)
      t.line(7).load(a, x, 0);
    check_told(t, FindingKind::busy_wait, {7});
  }
  SECTION("starvation") {
    const ObjectId lock = t.lock("Knife");
    t.acquire(b, lock);
    t.line(7).block(a, lock, EventKind::acquire);
    for (int i = 0; i < 100; ++i) {
      t.after_ns(15'000'000).release(b, lock);
      t.acquire(b, lock);
    }
    t.release(b, lock);
    t.acquire(a, lock);
    check_told(t, FindingKind::starvation, {7}, {"100", "1.5"});
  }
}

TEST_CASE("a stepped run is told in steps", "[narration]") {
  TraceBuilder t;
  t.store().set_run({.mode = "step"});
  const WorkerId a = t.running("Customer 1");
  const WorkerId b = t.running("Customer 3");
  const auto step = [&](int number) -> TraceBuilder& { return t.at((number - 1) * kStepTime); };
  SECTION("places have lines and steps") {
    const ObjectId x = t.shared(1, "count");
    step(4).line(12).load(b, x, 1);
    step(7).line(15).store(a, x, 0);
    check_told(t, FindingKind::data_race, {12, 15}, {"4", "7"});
    step(9).line(16).store(b, x, 0);
    CHECK_THAT(told(t, FindingKind::atomicity_violation, Language::en),
               ContainsSubstring("line 12, step 4") && ContainsSubstring("line 15, step 7") &&
                   ContainsSubstring("line 16, step 9"));
    CHECK_THAT(told(t, FindingKind::atomicity_violation, Language::zh),
               ContainsSubstring("第 12 行，第 4 步"));
  }
  SECTION("a wait has a line, but no step: it is recorded late") {
    const ObjectId lock = t.lock("Fork");
    step(3).line(10).acquire(a, lock);
    step(8).line(11).block(a, lock, EventKind::acquire);
    const std::string text = told(t, FindingKind::deadlock_cycle, Language::en);
    CHECK_THAT(text, ContainsSubstring("line 10, step 3") && ContainsSubstring("(line 11)"));
  }
  SECTION("a long wait is counted in steps") {
    const ObjectId lock = t.lock("Knife");
    step(2).acquire(b, lock);
    step(3).block(a, lock, EventKind::acquire);
    for (int i = 0; i < 100; ++i) {
      step(4 + 2 * i).release(b, lock);
      step(5 + 2 * i).acquire(b, lock);
    }
    step(204).release(b, lock);
    step(205).acquire(a, lock);
    check_told(t, FindingKind::starvation, {}, {"100", "202"});
  }
}

TEST_CASE("a consumer whose stop item went to another is told who took it", "[narration]") {
  TraceBuilder t;
  const WorkerId a = t.running("Eater 1");
  const WorkerId b = t.running("Eater 2");
  const ObjectId queue = t.queue(0, "table");
  t.put(kMainWorker, queue, Value::nothing());
  t.line(20).get(a, queue);
  t.end(a);
  t.line(21).block(b, queue, EventKind::queue_get);
  t.line(30).block_join(kMainWorker, b);
  check_told(t, FindingKind::stuck, {20, 21, 30}, {"Eater 1", "Eater 2", "None", "1"});
}

TEST_CASE("a line that is unknown is left out", "[narration]") {
  TraceBuilder t;
  const ObjectId lock = t.lock();
  t.acquire(kMainWorker, lock);
  t.block(kMainWorker, lock, EventKind::acquire);
  CHECK(told(t, FindingKind::deadlock_cycle, Language::en).find("line") == std::string::npos);
  CHECK(told(t, FindingKind::deadlock_cycle, Language::zh).find("第 ") == std::string::npos);
}

// --- lanes and events

namespace {

std::string lane(const TraceBuilder& t, WorkerId worker, Language language = Language::en) {
  return describe(t.store().worker_after(worker, t.size()), worker, t.store(), t.size(), language);
}

}  // namespace

TEST_CASE("a lane says what its worker does and whom it waits for", "[narration]") {
  TraceBuilder t;
  const WorkerId a = t.running("Worker 1");
  const WorkerId b = t.running("Worker 2");
  const WorkerId shop = t.running("Shop A");
  const ObjectId plate = t.lock("Plate");
  const ObjectId queue = t.queue(1, "queue");
  CHECK(lane(t, a) == "running");
  t.acquire(b, plate);
  t.block(a, plate, EventKind::acquire);
  CHECK(lane(t, a) == "waits for Plate, held by Worker 2");
  CHECK_THAT(lane(t, a, Language::zh), ContainsSubstring("Plate") && ContainsSubstring("Worker 2"));
  t.release(b, plate);
  CHECK(lane(t, a) == "waits for Plate");
  t.acquire(a, plate);
  t.block(b, plate, EventKind::acquire, true);
  CHECK_THAT(lane(t, b), ContainsSubstring("time-out"));
  t.end(a, 3);
  CHECK_THAT(lane(t, b), ContainsSubstring("ended"));
  CHECK(lane(t, a) == "ended by an error");
  t.block_join(kMainWorker, shop);
  CHECK(lane(t, kMainWorker) == "waits for Shop A to end");
  t.block(shop, queue, EventKind::queue_get);
  CHECK(lane(t, shop) == "waits: queue is empty");
  CHECK(lane(t, shop, Language::zh) == "在等：queue 是空的");
  t.block(shop, queue, EventKind::queue_put);
  CHECK(lane(t, shop) == "waits: queue is full");
  t.print(shop, "x");
  t.sleep(shop, 1000);
  CHECK(lane(t, shop) == "sleeping");
  t.wake(shop);
  t.sleep(shop, 1000, "making A·1");
  CHECK(lane(t, shop) == "making A·1");
  t.killed(shop, 9);
  CHECK(lane(t, shop) == "killed by signal 9");
  t.cut_off(b);
  CHECK(lane(t, b) == "cut off");
  CHECK(lane(t, t.worker("late")) == "not started");
}

TEST_CASE("events are phrases with the thing and the value", "[narration]") {
  TraceBuilder t;
  const ObjectId queue = t.queue(0, "queue");
  const ObjectId fork = t.rlock("Fork");
  const ObjectId count = t.shared(0, "count");
  const auto say = [&](EventIndex index) { return describe(t.store()[index], t.store(), Language::en); };
  CHECK(say(t.acquire(kMainWorker, fork)) == "acquires Fork");
  CHECK_THAT(say(t.acquire(kMainWorker, fork)), ContainsSubstring("2"));
  CHECK(say(t.put(kMainWorker, queue, t.text_value("A·1"))) == "puts A·1 into queue");
  CHECK(say(t.load(kMainWorker, count, 1)) == "reads count = 1");
  CHECK(say(t.print(kMainWorker, "hello")) == "prints hello");
  CHECK(say(t.sleep(kMainWorker, 1'500'000'000)) == "sleeps 1.5 s");
  CHECK(say(t.wake(kMainWorker)) == "wakes up");
  CHECK(say(t.block(kMainWorker, queue, EventKind::queue_get)) == "has to wait: get queue");
  CHECK(describe(t.store()[t.last()], t.store(), Language::zh) == "只好等待：get queue");
}

TEST_CASE("every kind of event, state and object has words of its own in both languages", "[narration]") {
  TraceBuilder t;
  const ObjectId object = t.lock("Fork");
  for (const Language language : kLanguages) {
    std::set<std::string> phrases;
    for (std::size_t kind = 0; kind < kKindCount; ++kind) {
      const Event event{
          .arg = 1, .worker = kMainWorker, .object = object, .kind = static_cast<EventKind>(kind)};
      const std::string text = describe(event, t.store(), language);
      INFO(text);
      CHECK(text.find('{') == std::string::npos);
      CHECK(text != name_of(event.kind));
      CHECK(phrases.insert(text).second);
    }
    for (std::size_t kind = 1; kind < kObjectKindCount; ++kind) {
      CHECK_FALSE(label(static_cast<ObjectKind>(kind), language).empty());
    }
    for (std::size_t state = 0; state < kWorkerStateCount; ++state) {
      CHECK_FALSE(label(static_cast<WorkerState>(state), language).empty());
    }
  }
  for (std::size_t state = 0; state < kWorkerStateCount; ++state) {
    CHECK(label(static_cast<WorkerState>(state), Language::zh) !=
          label(static_cast<WorkerState>(state), Language::en));
  }
}

TEST_CASE("names of finding kinds are distinct and stable", "[narration]") {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(FindingKind::killed); ++kind) {
    CHECK(names.insert(name_of(static_cast<FindingKind>(kind))).second);
    CHECK(heading(static_cast<FindingKind>(kind), Language::en) !=
          heading(static_cast<FindingKind>(kind), Language::zh));
  }
  CHECK(name_of(FindingKind::deadlock_cycle) == "deadlock");
  CHECK(name_of(FindingKind::lost_wakeup) == "lost-wakeup");
}
