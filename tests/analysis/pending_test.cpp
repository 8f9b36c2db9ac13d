// What a worker is about to do and what would come of it, told from hand-written traces.
#include "core/analysis/pending.hpp"
#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// A stepped run's trace: every event is a step.
struct Steps {
  TraceBuilder t;
  Steps() { t.store().set_run({.mode = "step"}); }
  /// The next event is that of step `number`, counted from 1.
  TraceBuilder& step(int number) { return t.at((number - 1) * kStepTime); }
};

Pending about_to(WorkerId worker, EventKind kind, ObjectId object, std::int64_t argument = 0,
                 std::optional<MoveKind> move = MoveKind::perform) {
  Pending result{.worker = worker};
  result.event = Event{.arg = argument, .worker = worker, .object = object, .kind = kind};
  if (move) result.move = Move{.worker = worker, .object = object, .kind = *move, .operation = kind};
  return result;
}

Pending blocked(WorkerId worker, EventKind kind, ObjectId object, std::int64_t argument = 0) {
  return about_to(worker, kind, object, argument, std::nullopt);
}

std::string action(const TraceBuilder& t, const Pending& pending, Language language = Language::en) {
  return describe_pending(pending, t.store(), t.size(), language);
}
std::string effect(const TraceBuilder& t, const Pending& pending, Language language = Language::en) {
  return describe_effect(pending, t.store(), t.size(), language);
}

}  // namespace

TEST_CASE("a worker at a held lock is told who holds it since which step", "[pending]") {
  Steps s;
  const WorkerId w = s.t.running("Worker 2");
  const ObjectId plate = s.t.lock("Plate");
  s.step(5).acquire(w, plate);
  const Pending pending = blocked(kMainWorker, EventKind::acquire, plate, 1);
  CHECK(action(s.t, pending) == "acquire Plate");
  CHECK(effect(s.t, pending) == "would wait: held by Worker 2 since step 5");
  CHECK(effect(s.t, pending, Language::zh) == "要等：Worker 2 拿着，从第 5 步起");
  Pending waiting = pending;
  waiting.waiting = true;
  CHECK(effect(s.t, waiting) == "waits: held by Worker 2 since step 5");
  CHECK(effect(s.t, blocked(w, EventKind::acquire, plate, 1)) ==
        "would wait: it holds Plate itself since step 5");
  s.step(7).release(w, plate);
  s.step(8).acquire(w, plate);
  CHECK(effect(s.t, pending) == "would wait: held by Worker 2 since step 8");
}

TEST_CASE("a worker that was cut off or killed did not simply end", "[pending]") {
  Steps s;
  const WorkerId ended = s.t.running("Worker 1"), cut = s.t.running("Worker 2"),
                 killed = s.t.running("Worker 3");
  s.step(5).add(ended, EventKind::worker_end, s.t.object_of(ended));
  s.step(6).cut_off(cut);
  s.step(7).killed(killed, 9);
  const auto told = [&](WorkerId worker, Language language = Language::en) {
    return action(s.t, {.worker = worker, .ended = true}, language);
  };
  CHECK(told(ended) == "ended");
  CHECK(told(cut) == "cut off before its end");
  CHECK(told(cut, Language::zh) == "没运行完就被中断");
  CHECK(told(killed) == "killed by signal 9");
}

TEST_CASE("a move that is no success says what happens instead", "[pending]") {
  Steps s;
  const WorkerId w = s.t.running("Worker 2");
  const ObjectId plate = s.t.lock("Plate");
  s.step(3).acquire(w, plate);
  const auto as = [&](MoveKind move) { return about_to(kMainWorker, EventKind::acquire, plate, 1, move); };
  CHECK_THAT(effect(s.t, as(MoveKind::would_block)), ContainsSubstring("does not wait"));
  CHECK_THAT(effect(s.t, as(MoveKind::time_out)), ContainsSubstring("time is over"));
  CHECK_THAT(effect(s.t, as(MoveKind::begin_to_wait)), ContainsSubstring("begin to wait"));
  for (const MoveKind move : {MoveKind::would_block, MoveKind::time_out, MoveKind::begin_to_wait}) {
    for (const Language language : {Language::en, Language::zh})
      CHECK_THAT(effect(s.t, as(move), language), ContainsSubstring("Worker 2"));
  }
}

TEST_CASE("a free lock, a release and their levels are told", "[pending]") {
  Steps s;
  const WorkerId w = s.t.running("Worker 1");
  const ObjectId box = s.t.rlock("box");
  CHECK(effect(s.t, about_to(w, EventKind::acquire, box, 1)) == "box is free");
  CHECK_THAT(effect(s.t, about_to(w, EventKind::release, box)), ContainsSubstring("would raise an error"));
  s.t.acquire(w, box);
  CHECK_THAT(effect(s.t, about_to(w, EventKind::acquire, box, 1)), ContainsSubstring("level 2"));
  CHECK(effect(s.t, about_to(w, EventKind::release, box)) == "then box is free");
  s.t.acquire(w, box);
  CHECK_THAT(effect(s.t, about_to(w, EventKind::release, box)), ContainsSubstring("level 1"));
}

TEST_CASE("a read is told with the value that it would see", "[pending]") {
  Steps s;
  const WorkerId w = s.t.running("Customer 1");
  const ObjectId sold = s.t.shared(0, "sold");
  CHECK(action(s.t, about_to(w, EventKind::load, sold)) == "read sold");
  CHECK(effect(s.t, about_to(w, EventKind::load, sold)) == "would see 0");
  CHECK(effect(s.t, about_to(w, EventKind::load, sold), Language::zh) == "会读到 0");
  CHECK(action(s.t, about_to(w, EventKind::add, sold, 1)) == "add 1 to sold");
  CHECK(effect(s.t, about_to(w, EventKind::add, sold, 1)) == "sold is 0 now, would become 1");
  CHECK(action(s.t, about_to(w, EventKind::add, sold, -2)) == "subtract 2 from sold");
  s.t.store(w, sold, 7);
  CHECK(effect(s.t, about_to(w, EventKind::load, sold)) == "would see 7");
  CHECK(effect(s.t, about_to(kMainWorker, EventKind::store, sold, 3)) == "sold is 7 now");
}

TEST_CASE("a write from an old value is told with the step of the read", "[pending]") {
  Steps s;
  const WorkerId a = s.t.running("Customer 1");
  const WorkerId b = s.t.running("Customer 2");
  const ObjectId file = s.t.object(ObjectKind::file, "ticket.json", 1);
  const TextId count = s.t.text("count");
  const auto access = [&](WorkerId who, EventKind kind, std::int64_t value) {
    return Event{.arg = value, .extra = count, .worker = who, .object = file, .kind = kind};
  };
  Pending read{.worker = a, .event = access(a, EventKind::file_read, 0), .move = Move{.worker = a}};
  CHECK(action(s.t, read) == "read count from ticket.json");
  CHECK(action(s.t, read, Language::zh) == "从 ticket.json 读 count");
  CHECK(effect(s.t, read) == "would see 1");
  s.step(4).add(access(a, EventKind::file_read, 1));
  s.step(5).add(access(b, EventKind::file_read, 1));
  Pending write{.worker = b, .event = access(b, EventKind::file_write, 0), .move = Move{.worker = b}};
  CHECK(action(s.t, write) == "write count = 0 to ticket.json");
  CHECK(action(s.t, write, Language::zh) == "向 ticket.json 写入 count = 0");
  CHECK(effect(s.t, write) == "count is 1 now");
  s.step(8).add(access(a, EventKind::file_write, 0));
  CHECK(effect(s.t, write) == "it read 1 (step 5); count is 0 now");
  s.step(9).add(a, EventKind::file_truncate, file);
  CHECK_THAT(effect(s.t, read), ContainsSubstring("empty now: would raise an error"));
}

TEST_CASE("a Global is read as it is in the worker's own process", "[pending]") {
  Steps s;
  const ObjectId global = s.t.object(ObjectKind::global, "counter", 5);
  s.t.add(kMainWorker, EventKind::global_store, global, std::int64_t{6});
  const WorkerId child = s.t.running("Child", WorkerKind::process);
  s.t.add(kMainWorker, EventKind::global_store, global, std::int64_t{7});
  CHECK(effect(s.t, about_to(kMainWorker, EventKind::global_load, global)) == "would see 7");
  CHECK(effect(s.t, about_to(child, EventKind::global_load, global)) == "would see 6");
  s.t.add(child, EventKind::global_store, global, std::int64_t{9});
  CHECK(effect(s.t, about_to(child, EventKind::global_load, global)) == "would see 9");
  CHECK(effect(s.t, about_to(kMainWorker, EventKind::global_load, global)) == "would see 7");
}

TEST_CASE("queues, permits, barriers and flags are told with their numbers", "[pending]") {
  Steps s;
  const WorkerId w = s.t.running("Cook");
  SECTION("queue") {
    const ObjectId stand = s.t.queue(2, "stand");
    CHECK(effect(s.t, blocked(w, EventKind::queue_get, stand)) == "would wait: stand is empty");
    Pending put = about_to(w, EventKind::queue_put, stand, 3);
    CHECK(action(s.t, put) == "put 3 into stand");
    CHECK(effect(s.t, put) == "0 of 2 inside now");
    s.t.put(w, stand, 8);
    s.t.put(w, stand, 9);
    CHECK(effect(s.t, about_to(w, EventKind::queue_get, stand)) == "would get 8");
    put.move.reset();
    CHECK(effect(s.t, put) == "would wait: stand is full (2 of 2)");
    CHECK(effect(s.t, put, Language::zh) == "要等：stand 满了（2/2）");
  }
  SECTION("tasks") {
    const ObjectId work = tasks(s.t, "work");
    s.t.put(w, work, 1);
    s.t.put(w, work, 2);
    CHECK_THAT(effect(s.t, blocked(kMainWorker, EventKind::queue_join, work)), ContainsSubstring("2"));
    CHECK_THAT(effect(s.t, about_to(w, EventKind::queue_task_done, work)), ContainsSubstring("1"));
  }
  SECTION("semaphore") {
    const ObjectId seats = s.t.object(ObjectKind::bounded_semaphore, "seats", 2, 2);
    CHECK(effect(s.t, about_to(w, EventKind::sem_acquire, seats)) == "then 1 left");
    CHECK_THAT(effect(s.t, about_to(w, EventKind::sem_release, seats, 1)),
               ContainsSubstring("would raise an error"));
    s.t.sem_acquire(w, seats);
    s.t.sem_acquire(w, seats);
    CHECK(effect(s.t, blocked(w, EventKind::sem_acquire, seats)) == "would wait: no permit is left");
    CHECK(action(s.t, about_to(w, EventKind::sem_release, seats, 2)) == "release 2 permits of seats");
    CHECK(effect(s.t, about_to(w, EventKind::sem_release, seats, 2)) == "then 2 free");
  }
  SECTION("condition") {
    const ObjectId ready = s.t.condition(s.t.lock("lock"), "ready");
    CHECK_THAT(effect(s.t, about_to(w, EventKind::notify, ready, 1)), ContainsSubstring("wake nobody"));
    s.t.cond_wait(w, ready);
    CHECK(effect(s.t, about_to(kMainWorker, EventKind::notify, ready, 1)) == "would wake 1 of 1 waiting");
    CHECK(action(s.t, about_to(kMainWorker, EventKind::notify, ready, kMaxWorkers)) == "notify all on ready");
    CHECK_THAT(effect(s.t, blocked(w, EventKind::cond_resume, ready)),
               ContainsSubstring("nobody has notified"));
  }
  SECTION("event") {
    const ObjectId open = s.t.object(ObjectKind::event, "open");
    CHECK(effect(s.t, about_to(w, EventKind::event_is_set, open)) == "would see false");
    CHECK(effect(s.t, about_to(w, EventKind::event_wait, open, 0, MoveKind::begin_to_wait)) ==
          "would begin to wait: nobody has set it");
    s.t.set(w, open);
    CHECK(effect(s.t, about_to(w, EventKind::event_wait, open)) == "open is set now");
  }
  SECTION("barrier") {
    const ObjectId gate = s.t.object(ObjectKind::barrier, "gate", 0, 2);
    CHECK(effect(s.t, about_to(w, EventKind::barrier_arrive, gate)) == "then 1 of 2 are here");
    s.t.arrive(w, gate);
    CHECK_THAT(effect(s.t, blocked(w, EventKind::barrier_pass, gate)), ContainsSubstring("1 of 2"));
    CHECK_THAT(effect(s.t, about_to(kMainWorker, EventKind::barrier_arrive, gate)),
               ContainsSubstring("last of 2"));
  }
}

TEST_CASE("workers, sleeps, checks and lines are told", "[pending]") {
  Steps s;
  const WorkerId w = s.t.worker("Customer 2");
  const ObjectId own = s.t.object_of(w);
  CHECK(action(s.t, about_to(kMainWorker, EventKind::worker_start, own, w)) == "start Customer 2");
  const Pending join = blocked(kMainWorker, EventKind::join, own, w);
  CHECK(action(s.t, join) == "wait for Customer 2 to end");
  CHECK(effect(s.t, join) == "would wait: Customer 2 has not ended");
  s.t.start(kMainWorker, w);
  s.t.begin(w);
  CHECK(effect(s.t, about_to(kMainWorker, EventKind::is_alive, own)) == "would see true");
  s.t.sleep(w, 1'000'000, "paying");
  Pending sleeper = about_to(w, EventKind::sleep_end, kNoObject, 0, MoveKind::wake);
  sleeper.sleeping = true;
  CHECK(action(s.t, sleeper) == "wake up");
  CHECK(effect(s.t, sleeper) == "sleeping: paying");
  CHECK(effect(s.t, sleeper, Language::zh) == "睡眠中：paying");
  s.t.wake(w);
  s.t.add(w, EventKind::compute_begin, kNoObject, 1'000'000);
  CHECK(action(s.t, sleeper) == "finish computing");
  CHECK(effect(s.t, sleeper) == "computing");
  CHECK(box_label(sleeper, s.t.store(), Language::en) == "compute");
  s.t.add(w, EventKind::compute_end);
  const TextId line = s.t.text("bought a ticket");
  CHECK(action(s.t, about_to(w, EventKind::print, kNoObject, line)) == "print “bought a ticket”");
  const ObjectId rule = s.t.object(ObjectKind::check, "sold <= tickets");
  CHECK(effect(s.t, about_to(w, EventKind::check, rule, 0)) == "it does not hold");
  CHECK(effect(s.t, about_to(w, EventKind::check, rule, 1)) == "it holds");
  s.t.end(w);
  CHECK(effect(s.t, about_to(kMainWorker, EventKind::join, own, w)) == "Customer 2 has ended");
  Pending ended{.worker = w};
  ended.ended = true;
  CHECK(action(s.t, ended) == "ended");
  CHECK(effect(s.t, ended).empty());
}

TEST_CASE("boxes hold one or two short words with the value", "[pending]") {
  Steps s;
  const WorkerId w = s.t.running("Worker 1");
  const ObjectId x = s.t.shared(1, "x");
  const ObjectId lock = s.t.lock("lock");
  const auto label = [&](EventIndex index) {
    return box_label(s.t.store()[index], s.t.store(), Language::en);
  };
  CHECK(label(s.t.load(w, x, 1)) == "read 1");
  CHECK(label(s.t.store(w, x, 0)) == "write 0");
  CHECK(label(s.t.acquire(w, lock)) == "acquire");
  const ObjectId rule = s.t.object(ObjectKind::check, "x == 0");
  CHECK(label(s.t.check(w, rule, true)) != label(s.t.check(w, rule, false)));
  CHECK(label(s.t.arrive(w, s.t.object(ObjectKind::barrier, "gate", 0, 3))) == "arrive 1/3");
  CHECK(box_label(about_to(w, EventKind::load, x), s.t.store(), Language::en) == "read");
  CHECK(box_label(about_to(w, EventKind::store, x, 5), s.t.store(), Language::zh) == "写 5");
}

TEST_CASE("every kind of operation has words in both languages without a hole", "[pending]") {
  Steps s;
  const WorkerId w = s.t.running("Worker 1");
  const ObjectId x = s.t.shared(1, "x");
  for (const Language language : {Language::en, Language::zh}) {
    for (std::size_t i = 0; i < kKindCount; ++i) {
      const auto kind = static_cast<EventKind>(i);
      for (const std::int64_t argument : {0, 1, 1000}) {
        const Pending pending = about_to(w, kind, x, argument);
        for (const std::string& text :
             {action(s.t, pending, language), box_label(pending, s.t.store(), language),
              box_label(pending.event, s.t.store(), language)}) {
          INFO(name_of(kind));
          CHECK_FALSE(text.empty());
          CHECK(text.find('{') == std::string::npos);
        }
      }
    }
  }
}
