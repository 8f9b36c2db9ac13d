#include "tests/catch.hpp"

#include "core/sync/barrier.hpp"
#include "core/sync/event.hpp"
#include "core/sync/queue.hpp"
#include "core/sync/semaphore.hpp"
#include "core/sync/variable.hpp"
#include "tests/runtime/live_program.hpp"

using namespace lockstep::api;
using lockstep::Error;
using lockstep::EventKind;
using lockstep::test::error_of;
using lockstep::test::in_live_run;
using lockstep::test::until_waiting;

TEST_CASE("a Semaphore never lets more workers in than it has permits") {
  in_live_run([] {
    Semaphore semaphore("permits", 2);
    Shared<int> inside("inside", 0);
    const auto body = [](Semaphore s, Shared<int> in) {
      for (int i = 0; i < 50; ++i) {
        s.acquire();
        VERIFY(in.add(1) <= 2);
        in.add(-1);
        s.release();
      }
    };
    std::vector<Thread> threads;
    for (int i = 0; i < 5; ++i)
      threads.emplace_back(lockstep::api::WorkerOptions{}, body, semaphore, inside);
    for (const Thread& thread : threads)
      thread.start();
    for (const Thread& thread : threads)
      thread.join();
  });
}

TEST_CASE("a release of n permits lets n waiters go on") {
  in_live_run([] {
    Semaphore semaphore("permits", 0);
    std::vector<Thread> threads;
    for (int i = 0; i < 3; ++i)
      threads.emplace_back(
          WorkerOptions{}, [](Semaphore s) { s.acquire(); }, semaphore);
    for (const Thread& thread : threads)
      thread.start();
    until_waiting(semaphore.id(), 3);
    semaphore.release_many(3);
    for (const Thread& thread : threads)
      thread.join();
    VERIFY(!semaphore.try_acquire());
    VERIFY(error_of([&] { semaphore.release_many(0); }) == "ValueError: n must be one or more");
    VERIFY(error_of([&] { Semaphore("bad", -1); }) == "ValueError: semaphore initial value must be >= 0");
  });
}

TEST_CASE("a BoundedSemaphore that is released too often raises ValueError") {
  in_live_run([] {
    BoundedSemaphore semaphore("bounded", 1);
    semaphore.acquire();
    semaphore.release();
    VERIFY(error_of([&] { semaphore.release(); }) == "ValueError: Semaphore released too many times");
  });
}

TEST_CASE("semaphores and queues among processes raise what multiprocessing's raise") {
  in_live_run([] {
    const BoundedSemaphore semaphore("bounded", 1, Among::processes);
    VERIFY(error_of([&] { semaphore.release(); }) == "ValueError: semaphore or lock released too many times");
    VERIFY(error_of([&] { Semaphore("bad", -1, Among::processes); }) ==
           "OSError: [Errno 22] Invalid argument");
    const Queue queue("queue", 1, Among::processes);
    VERIFY(error_of([&] { queue.get(-1s); }) == "Empty");
    queue.put(1);
    VERIFY(error_of([&] { queue.put(2, -1s); }) == "Full");
  });
}

TEST_CASE("an Event frees those who wait even if it is cleared at once") {
  in_live_run([] {
    Event event("event");
    Thread waiter(
        {.name = "waiter", .daemon = {}}, [](Event e) { VERIFY(e.wait()); }, event);
    waiter.start();
    until_waiting(event.id(), 1);
    event.set();
    event.clear();
    waiter.join();
    VERIFY(!event.is_set());
    VERIFY(!event.wait(1s));
  });
}

TEST_CASE("a Barrier lets its parties pass together and hands out each index once") {
  in_live_run([] {
    Barrier barrier("barrier", 3);
    Shared<int> sum("sum", 0);
    Shared<int> arrived("arrived", 0);
    const auto body = [](Barrier b, Shared<int> s, Shared<int> a) {
      for (int round = 1; round <= 20; ++round) {
        a.add(1);
        s.add(b.wait());
        VERIFY(a.load() >= 3 * round);
      }
    };
    std::vector<Thread> threads;
    for (int i = 0; i < 3; ++i)
      threads.emplace_back(WorkerOptions{}, body, barrier, sum, arrived);
    for (const Thread& thread : threads)
      thread.start();
    for (const Thread& thread : threads)
      thread.join();
    VERIFY(sum.load() == 20 * (0 + 1 + 2));
  });
}

TEST_CASE(
    "whoever has no time at a Barrier breaks it at once, wakes the others and is not inside afterwards") {
  in_live_run([] {
    Barrier barrier("barrier", 3);
    Thread other(
        WorkerOptions{}, [](Barrier b) { VERIFY(error_of([&] { b.wait(); }) == "BrokenBarrierError"); },
        barrier);
    other.start();
    until_waiting(barrier.id(), 1);
    VERIFY(error_of([&] { barrier.wait(0s); }) == "BrokenBarrierError");
    other.join();
    barrier.reset();
    VERIFY(error_of([&] { barrier.wait(1s); }) ==
           "BrokenBarrierError");  // if it may enter, its time runs out
  });
}

TEST_CASE("a time-out breaks a Barrier for everybody until it is reset") {
  in_live_run([] {
    Barrier barrier("barrier", 3);
    Thread other(
        {.name = "other", .daemon = {}},
        [](Barrier b) { VERIFY(error_of([&] { b.wait(); }) == "BrokenBarrierError"); }, barrier);
    other.start();
    VERIFY(error_of([&] { barrier.wait(3s); }) == "BrokenBarrierError");
    other.join();
    VERIFY(error_of([&] { barrier.wait(); }) == "BrokenBarrierError");
    barrier.reset();
    VERIFY(error_of([&] { Barrier("bad", 0); }) == "ValueError: parties must be > 0");
  });
}

TEST_CASE("a Queue is first in, first out, and hands over every item once") {
  in_live_run([] {
    Queue queue("queue", 4);
    Shared<std::int64_t> sum("sum", 0);
    Process producer(
        {.name = "producer", .daemon = {}},
        [](Queue q) {
          for (int i = 1; i <= 200; ++i)
            q.put(i);
          q.put(None);
        },
        queue);
    Thread consumer(
        {.name = "consumer", .daemon = {}},
        [](Queue q, Shared<std::int64_t> total) {
          std::int64_t last = 0;
          for (;;) {
            const Item item = q.get();
            if (item.is_none()) break;
            VERIFY(item.as_int() == ++last);
            total.add(item.as_int());
          }
        },
        queue, sum);
    producer.start();
    consumer.start();
    producer.join();
    consumer.join();
    VERIFY(sum.load() == 200 * 201 / 2);
    VERIFY(queue.empty());
  });
}

TEST_CASE("Full and Empty are raised at once or after the time-out") {
  in_live_run([] {
    Queue queue("queue", 1);
    VERIFY(error_of([&] { queue.get_nowait(); }) == "Empty");
    queue.put("text");
    VERIFY(queue.full());
    VERIFY(error_of([&] { queue.put_nowait(2); }) == "Full");
    const double before = now();
    VERIFY(error_of([&] { queue.put(2, 3s); }) == "Full");
    VERIFY(now() - before >= 3.0);
    VERIFY(queue.get().str() == "text");
  });
}

TEST_CASE("a JoinableQueue joins when every task is done, and complains about one too many") {
  in_live_run([] {
    JoinableQueue queue("queue");
    queue.join();
    Thread worker(
        {.name = "worker", .daemon = true},
        [](JoinableQueue q) {
          for (;;) {
            q.get();
            sleep(1s);
            q.task_done();
          }
        },
        queue);
    worker.start();
    const double before = now();
    for (int i = 0; i < 3; ++i)
      queue.put(i);
    queue.join();
    VERIFY(now() - before >= 3.0);
    VERIFY(error_of([&] { queue.task_done(); }) == "ValueError: task_done() called too many times");
  });
}
