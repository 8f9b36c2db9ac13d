// Some workers add to a counter, as many take away from it, equally often. In the end it should be 0 again.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void change(Shared<int> counter, int by) {
  Local seen("seen", counter.load());  //@ read
  counter.store(seen + by);            //@ write
}

void change_often(Lock, Shared<int> counter, int by, int count) {
  for (int i = 0; i < count; ++i)
    change(counter, by);  //@ change
}

void change_often_with_lock(Lock lock, Shared<int> counter, int by, int count) {
  for (int i = 0; i < count; ++i) {
    const With held(lock);  //@ lock
    change(counter, by);    //@ change, locked
  }
}

void count_up_and_down(const Setup& setup) {
  const auto body = setup.is("lock") ? change_often_with_lock : change_often;
  const int count = setup.param("count");
  const Lock lock("lock");
  const Shared<int> counter("counter");

  std::vector<Thread> workers;
  for (int i = 1; i <= setup.param("workers"); ++i) {
    workers.emplace_back(WorkerOptions{.name = fmt::format("Adder {}", i)}, body, lock, counter, +1, count);
    workers.emplace_back(WorkerOptions{.name = fmt::format("Taker {}", i)}, body, lock, counter, -1, count);
  }
  for (const Thread& worker : workers)
    worker.start();  //@ start
  for (const Thread& worker : workers)
    worker.join();  //@ join

  Local rest("rest", counter.load());         //@ rest
  print("the counter is at {}", rest.get());  //@ tell
  check("counter == 0", rest == 0);           //@ check
}

const Registration registered{{
    .id = "race-counter",
    .chapter = Chapter::locks,
    .position = 1,
    .difficulty = 1,
    .related = {"ticket-lock", "mutex-print", "semaphore-mutex"},
    .variants =
        {{"no-lock",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required,
            "Nobody writes between another's read and write, or the losses cancel out: 0, by luck.",
            "没有人插到别人的读和写之间，或者丢掉的正好互相抵消，结果碰巧是 0。"},
           {Outcome::failed_check, Expectation::required,
            "Two read the same number, and the later write wipes out the earlier one: an update is lost.",
            "两个线程读到同一个数，后写的覆盖了先写的，一次更新就丢了。"}}},
         {"lock",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "Reading and writing happen inside the lock, so every change counts.",
            "读和写都在锁里，每一次改动都算数。"},
           {Outcome::failed_check, Expectation::forbidden,
            "Nobody can come between a read and its write, so no update is lost.",
            "没有人能插到读和写之间，更新不会丢。"}}}},
    .params = {{.name = "count", .value = 100'000, .step_value = 2, .min = 1, .max = 200'000},
               {.name = "workers", .value = 2, .step_value = 1, .min = 1, .max = 4}},
    .main = count_up_and_down,
}};

}  // namespace
