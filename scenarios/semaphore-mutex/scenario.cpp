// A semaphore with one permit guards a counter like a lock. But anyone may release it, also one who took
// none.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void work(Semaphore mutex, Shared<int> inside, Shared<int> counter, int times) {
  for (int i = 0; i < times; ++i) {
    mutex.acquire();                             //@ acquire
    check("one at a time", inside.add(1) == 1);  //@ enter
    Local seen("seen", counter.load());          //@ read
    sleep(1s, "counting");                       //@ count
    counter.store(seen + 1);                     //@ write
    inside.add(-1);                              //@ leave
    mutex.release();                             //@ release
  }
}

void clean_up(Semaphore mutex) {
  sleep(500ms, "on the way");            //@ on the way
  mutex.release();                       //@ release too many
  print("has released it, to be sure");  //@ tell cleaner
}

Semaphore make_mutex(const Setup& setup) {
  if (setup.is("bounded-over-release")) return BoundedSemaphore("mutex", 1);  //@ bounded
  return Semaphore("mutex", 1);                                               //@ plain
}

void count_all(const Setup& setup) {
  const Semaphore mutex = make_mutex(setup);  //@ make
  const Shared<int> inside("inside");
  const Shared<int> counter("counter");
  const int times = setup.param("times");
  std::vector<Thread> workers;
  for (int i = 1; i <= setup.param("workers"); ++i) {
    const WorkerOptions options{.name = fmt::format("Worker {}", i)};
    workers.emplace_back(options, work, mutex, inside, counter, times);
  }
  if (!setup.is("semaphore"))
    workers.emplace_back(WorkerOptions{.name = "Cleaner"}, clean_up, mutex);  //@ cleaner
  for (const Thread& worker : workers)
    worker.start();  //@ start
  for (const Thread& worker : workers)
    worker.join();  //@ join

  const int wanted = setup.param("workers") * times;
  Local total("total", counter.load());                      //@ total
  print("the counter is at {} of {}", total.get(), wanted);  //@ tell
  check("nothing is lost", total == wanted);                 //@ check
}

const Registration registered{{
    .id = "semaphore-mutex",
    .chapter = Chapter::signals,
    .position = 3,
    .difficulty = 2,
    .related = {"semaphore", "race-counter", "rlock-reentry"},
    .variants =
        {{"semaphore",
          Verdict::ok,
          {{Outcome::ok, Expectation::required, "There is one permit, so one worker is inside.",
            "许可只有一个，所以里面只有一个线程。"},
           {Outcome::failed_check, Expectation::forbidden,
            "A second worker inside would need a second permit.", "要再进去一个，就得有第二个许可。"},
           {Outcome::stuck, Expectation::forbidden, "Whoever is inside gives the permit back.",
            "里面的线程总会归还许可。"}}},
         {"bounded-over-release",
          Verdict::always_fails,
          {{Outcome::ok, Expectation::forbidden,
            "One release more than acquires does not fit below the bound.",
            "release 比 acquire 多一次，总会超出上限。"},
           {Outcome::error, Expectation::required,
            "A release finds the permit in its place already: ValueError, not always for the guilty one.",
            "某次 release 发现许可已经在了，于是抛出 ValueError，但挨骂的不一定是犯错的那个。"}}},
         {"plain-over-release",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required,
            "The permit too many comes when nobody needs it any more, by luck.",
            "多出来的许可碰巧来得太晚，没有人用得上。"},
           {Outcome::failed_check, Expectation::required,
            "A release makes a second permit out of nothing, and two are inside.",
            "一次多余的 release 凭空多出一个许可，里面就有了两个线程。"}}}},
    .params = {{.name = "workers", .value = 3, .step_value = 2, .min = 2, .max = 10},
               {.name = "times", .value = 2, .step_value = 1, .min = 1, .max = 10}},
    .main = count_all,
}};

}  // namespace
