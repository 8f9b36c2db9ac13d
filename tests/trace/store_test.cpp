// Hand-made traces: what each kind of event means, and what is refused.
#include "core/trace/store.hpp"

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using lockstep::test::TraceBuilder;

TEST_CASE("a_lock_knows_owner_and_waiters_at_every_moment") {
  TraceBuilder t;
  const WorkerId ada = t.running("Ada");
  const WorkerId ben = t.running("Ben");
  const WorkerId cem = t.running("Cem");
  const ObjectId fork = t.lock("Fork");
  const EventIndex taken = t.line(12).acquire(ada, fork);
  t.line(14).block(cem, fork, EventKind::acquire);
  const EventIndex blocked = t.line(15).block(ben, fork, EventKind::acquire, true);
  const EventIndex released = t.line(20).release(ada, fork);
  const EventIndex passed_on = t.line(14).acquire(cem, fork);

  const TraceStore& store = t.store();
  CHECK(store.object_after(fork, taken).owner == kNoWorker);
  CHECK(store.object_after(fork, taken).last_event == kNoEvent);
  const ObjectView held = store.object_after(fork, blocked + 1);
  CHECK(held.owner == ada);
  CHECK(held.count == 1);
  CHECK(held.waiters == std::vector<WorkerId>{cem, ben});
  CHECK(held.last_event == blocked);
  CHECK(held.last_worker == ben);
  CHECK(store.object_after(fork, released + 1).owner == kNoWorker);
  CHECK(store.object_after(fork, t.size()).owner == cem);
  CHECK(store.object_after(fork, t.size()).waiters == std::vector<WorkerId>{ben});

  const WorkerView waiting = store.worker_after(ben, t.size());
  CHECK(waiting.state == WorkerState::waiting);
  CHECK(waiting.object == fork);
  CHECK(waiting.wants == EventKind::acquire);
  CHECK(waiting.timed);
  CHECK(waiting.site == 15);
  CHECK(waiting.since == static_cast<RunTime>(store[blocked].time));
  CHECK(store.waker_of(passed_on) == released);
  CHECK(store.woken_by(released) == passed_on);
  CHECK(store.woken_by(taken) == kNoEvent);
}

TEST_CASE("the_main_worker_is_ready_and_the_others_are_created_before_anything_happens") {
  TraceBuilder t;
  const WorkerId ada = t.worker("Ada");
  CHECK(t.store().worker_after(kMainWorker, 0).state == WorkerState::ready);
  CHECK(t.store().worker_after(ada, t.size()).state == WorkerState::created);
  const EventIndex start = t.start(kMainWorker, ada);
  CHECK(t.store().worker_after(ada, t.size()).state == WorkerState::ready);
  CHECK(t.store().worker_after(ada, t.size()).last_event == kNoEvent);
  const EventIndex begin = t.begin(ada);
  CHECK(t.store().worker_after(ada, t.size()).state == WorkerState::running);
  CHECK(t.store().waker_of(begin) == start);
  CHECK(t.store().woken_by(start) == begin);
}

TEST_CASE("an_end_keeps_exit_code_signal_or_nothing") {
  TraceBuilder t;
  const WorkerId ended = t.running();
  const WorkerId shot = t.running("", WorkerKind::process);
  const WorkerId daemon = t.running();
  t.end(ended, 3);
  t.killed(shot, 15);
  t.block(daemon, t.queue(), EventKind::queue_get);
  t.cut_off(daemon);
  CHECK(t.store().worker_after(ended, t.size()).state == WorkerState::finished);
  CHECK(t.store().worker_after(ended, t.size()).exit_code == 3);
  CHECK(t.store().worker_after(shot, t.size()).state == WorkerState::killed);
  CHECK(t.store().worker_after(shot, t.size()).exit_code == -15);
  CHECK(t.store().worker_after(daemon, t.size()).state == WorkerState::killed);
  CHECK(t.store().worker_after(daemon, t.size()).exit_code == 0);
}

TEST_CASE("a_worker_that_is_cut_off_while_it_waits_waits_no_longer") {
  TraceBuilder t;
  const WorkerId daemon = t.running();
  const ObjectId queue = t.queue();
  t.block(daemon, queue, EventKind::queue_get);
  CHECK(t.store().object_after(queue, t.size()).waiters == std::vector<WorkerId>{daemon});
  t.cut_off(daemon);
  CHECK(t.store().object_after(queue, t.size()).waiters.empty());
  CHECK(t.store().events_of_object(queue).size() == 1);
}

TEST_CASE("a_sleep_tells_its_activity_and_its_end") {
  TraceBuilder t;
  t.at(5'000).sleep(kMainWorker, 2'000'000, "making");
  const WorkerView asleep = t.store().worker_after(kMainWorker, t.size());
  CHECK(asleep.state == WorkerState::sleeping);
  CHECK(t.store().text(asleep.activity) == "making");
  CHECK(asleep.until == 2'005'000);
  t.wake(kMainWorker);
  CHECK(t.store().worker_after(kMainWorker, t.size()).state == WorkerState::running);
}

TEST_CASE("a_condition_counts_those_who_are_not_notified_yet") {
  TraceBuilder t;
  const WorkerId ada = t.running();
  const WorkerId ben = t.running();
  const ObjectId lock = t.lock();
  const ObjectId ready = t.condition(lock);
  for (const WorkerId w : {ada, ben}) {
    t.acquire(w, lock);
    t.cond_wait(w, ready);
    t.release(w, lock);
    t.block(w, ready, EventKind::cond_resume);
  }
  CHECK(t.store().object_after(ready, t.size()).count == 2);
  CHECK(t.store().object_after(ready, t.size()).waiters == std::vector<WorkerId>{ada, ben});
  const EventIndex notified = t.notify(kMainWorker, ready);
  CHECK(t.store().object_after(ready, t.size()).count == 1);
  const EventIndex resumed = t.cond_resume(ada, ready);
  CHECK(t.store().object_after(ready, t.size()).waiters == std::vector<WorkerId>{ben});
  CHECK(t.store().waker_of(resumed) == notified);
  CHECK(t.store().woken_by(notified) == resumed);
  t.timed_out(ben, ready, EventKind::cond_resume);
  CHECK(t.store().object_after(ready, t.size()).count == 0);
  CHECK(t.store().object_after(ready, t.size()).waiters.empty());
}

TEST_CASE("a_joinable_queue_counts_unfinished_tasks") {
  TraceBuilder t;
  const ObjectId tasks = t.object(ObjectKind::joinable_queue);
  for (int i = 0; i < 3; ++i)
    t.put(kMainWorker, tasks, i);
  t.get(kMainWorker, tasks);
  const EventIndex before_done = t.size();
  t.task_done(kMainWorker, tasks);
  CHECK(t.store().object_after(tasks, before_done).unfinished == 3);
  CHECK(t.store().object_after(tasks, before_done).count == 2);
  CHECK(t.store().object_after(tasks, t.size()).unfinished == 2);
  const auto items = t.store().queue_after(tasks, t.size());
  REQUIRE(items.size() == 2);
  CHECK(items[0].value == Value::of_int(1));
  CHECK(items[1].value == Value::of_int(2));
}

TEST_CASE("variables_have_a_value_from_the_first_use_or_from_the_beginning") {
  TraceBuilder t;
  const ObjectId count = t.shared(5);
  const ObjectId local = t.local(kMainWorker);
  const ObjectId file = t.object(ObjectInfo{.kind = ObjectKind::file, .initial_type = ValueType::none});
  CHECK(t.store().object_after(count, 0).value == Value::of_int(5));
  CHECK(t.store().object_after(count, 0).has_value);
  const ObjectId numbered =
      t.object(ObjectInfo{.kind = ObjectKind::file, .initial = 1, .initial_type = ValueType::integer});
  CHECK(t.store().object_after(numbered, 0).value == Value::of_int(1));
  CHECK(t.store().object_after(numbered, 0).has_value);
  CHECK(!t.store().object_after(local, 0).has_value);
  CHECK(!t.store().object_after(file, 0).has_value);
  t.local_set(kMainWorker, local, Value::of_bool(true));
  t.add(kMainWorker, EventKind::file_append, file, t.text_value("line"));
  t.store(kMainWorker, count, 6);
  CHECK(t.store().object_after(count, t.size()).value == Value::of_int(6));
  CHECK(t.store().object_after(local, t.size()).value == Value::of_bool(true));
  CHECK(t.store().to_string(t.store().object_after(file, t.size()).value) == "line");
  t.add(kMainWorker, EventKind::file_truncate, file);
  CHECK(t.store().to_string(t.store().object_after(file, t.size()).value).empty());
}

TEST_CASE("values_are_written_as_the_screen_shows_them") {
  TraceBuilder t;
  CHECK(t.store().to_string(Value::nothing()) == "None");
  CHECK(t.store().to_string(Value::of_int(-3)) == "-3");
  CHECK(t.store().to_string(Value::of_bool(true)) == "true");
  CHECK(t.store().to_string(Value::of_real(0.5)) == "0.5");
  CHECK(t.store().to_string(t.text_value("abc")) == "abc");
  CHECK(t.store().to_string(Value::of_text(99)).empty());
}

TEST_CASE("unknown_workers_and_objects_have_the_view_of_nothing") {
  TraceBuilder t;
  CHECK(t.store().worker_after(77, 1) == WorkerView{});
  CHECK(t.store().object_after(77, 1) == ObjectView{});
  CHECK(t.store().queue_after(77, 1).empty());
  CHECK(t.store().events_of_worker(77).empty());
  CHECK(t.store().events_of_object(77).empty());
}

TEST_CASE("lists_of_events_are_ranges_with_random_access_that_outlive_appending") {
  STATIC_REQUIRE(std::random_access_iterator<EventIndices::Iterator>);
  TraceBuilder t;
  const ObjectId lock = t.lock();
  for (int i = 0; i < 600; ++i)
    t.acquire(kMainWorker, lock), t.release(kMainWorker, lock);
  const EventIndices events = t.store().events_of_object(lock);
  const EventIndex last = events.back();
  for (int i = 0; i < 5'000; ++i)
    t.print(kMainWorker, "x"), t.acquire(kMainWorker, lock), t.release(kMainWorker, lock);
  CHECK(events.size() == 1200);
  CHECK(events.back() == last);
  CHECK(std::lower_bound(events.begin(), events.end(), last) - events.begin() == 1199);
  CHECK(std::distance(events.begin(), events.end()) == 1200);
}

// --- refusal

namespace {

/// What the store says of the event; "" if it takes it.
std::string refusal(TraceBuilder& t, Event event) { return t.store().append({&event, 1}).value_or(""); }

}  // namespace

TEST_CASE("an_event_that_cannot_be_is_refused_by_name_and_the_ones_before_it_stay") {
  TraceBuilder t;
  const ObjectId lock = t.lock();
  const WorkerId ada = t.worker("Ada");
  const WorkerId gone = t.running("Gone");
  t.end(gone);
  t.at(1'000'000).acquire(kMainWorker, lock);
  const EventIndex size = t.size();
  const Event good{.time = 2'000'000, .worker = kMainWorker, .kind = EventKind::print};
  const auto with = [&](auto&& change) {
    Event event = good;
    change(event);
    return refusal(t, event);
  };

  CHECK_THAT(with([](Event& e) { e.worker = 99; }), ContainsSubstring("worker 99 was not declared"));
  CHECK_THAT(with([](Event& e) { e.worker = kNoWorker; }),
             ContainsSubstring("worker 65535 was not declared"));
  CHECK_THAT(with([](Event& e) { e.object = 99, e.seq = 1; }),
             ContainsSubstring("object 99 was not declared"));
  CHECK_THAT(with([](Event& e) { e.site = 9; }), ContainsSubstring("source site 9 was not declared"));
  CHECK_THAT(with([](Event& e) { e.time = 999'999; }), ContainsSubstring("1000000 ns have passed"));
  CHECK_THAT(with([](Event& e) { e.time = ~std::uint64_t{0}; }), ContainsSubstring("out of range"));
  CHECK_THAT(with([&](Event& e) { e.object = lock, e.seq = 3; }),
             ContainsSubstring("operation 3 on its object, but operation 2 comes next"));
  CHECK_THAT(with([&](Event& e) { e.object = lock, e.seq = 1; }),
             ContainsSubstring("operation 2 comes next"));
  CHECK_THAT(with([](Event& e) { e.seq = 1; }), ContainsSubstring("of no object"));
  CHECK_THAT(with([](Event& e) { e.kind = static_cast<EventKind>(200); }), ContainsSubstring("number 200"));
  CHECK_THAT(with([](Event& e) { e.kind = EventKind::join, e.arg = 42; }), ContainsSubstring("worker 42"));
  CHECK_THAT(with([](Event& e) { e.kind = EventKind::block, e.arg = 999; }), ContainsSubstring("999"));
  CHECK_THAT(with([](Event& e) { e.kind = EventKind::load, e.flags = 7; }),
             ContainsSubstring("unknown type 7"));
  CHECK_THAT(with([&](Event& e) { e.worker = ada; }),
             ContainsSubstring("worker 1 is created and cannot become running"));
  CHECK_THAT(with([&](Event& e) { e.worker = gone; }), ContainsSubstring("worker 2 is finished"));
  CHECK_THAT(with([&](Event& e) { e.kind = EventKind::worker_start, e.arg = gone; }),
             ContainsSubstring("worker 2 is finished and cannot be started"));

  CHECK(t.size() == size);
  const Event more[] = {good, good, Event{.time = 1, .worker = kMainWorker}, good};
  CHECK_THAT(t.store().append(more).value_or(""),
             ContainsSubstring("Event " + std::to_string(size + 2) + " (begin,"));
  CHECK(t.size() == size + 2);
  CHECK(refusal(t, good).empty());
}

TEST_CASE("a_worker_that_waits_or_sleeps_cannot_end_by_itself") {
  TraceBuilder t;
  const WorkerId ada = t.running();
  const WorkerId ben = t.running();
  t.block(ada, t.lock(), EventKind::acquire);
  t.sleep(ben, 1'000);
  CHECK_THROWS_WITH(t.end(ada), ContainsSubstring("is waiting and cannot become finished"));
  CHECK_THROWS_WITH(t.end(ben), ContainsSubstring("is sleeping and cannot become finished"));
}

TEST_CASE("the_sandbox_has_events_but_no_state") {
  TraceBuilder t;
  t.add(kSandbox, EventKind::paused);
  t.add(kSandbox, EventKind::resumed);
  CHECK(t.store().events_of_worker(kSandbox).size() == 2);
  CHECK(t.store().worker_after(kSandbox, t.size()) == WorkerView{});
}

TEST_CASE("memory_stays_below_64_bytes_an_event") {
  // A store of few events has slack; from 100 000 on it does not count.
  test::TraceBuilder t;
  const ObjectId lock = t.lock();
  const ObjectId count = t.shared();
  const WorkerId ada = t.running();
  for (int i = 0; i < 20'000; ++i) {
    t.acquire(kMainWorker, lock);
    t.block(ada, lock, EventKind::acquire);
    t.store(kMainWorker, count, i);
    t.release(kMainWorker, lock);
    t.acquire(ada, lock);
    t.release(ada, lock);
  }
  CHECK(static_cast<double>(t.store().memory_bytes()) / t.size() < 64.0);
}
