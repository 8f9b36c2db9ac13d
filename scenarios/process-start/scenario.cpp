// Three processes sleep 1, 2 and 3 seconds. How long does that take in all?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void work(int seconds) {
  sleep(std::chrono::seconds(seconds), "sleeping");  //@ sleep
  print("has slept {} s", seconds);                  //@ tell
}

void join(Process worker) {
  worker.join();                              //@ join
  check("it has ended", !worker.is_alive());  //@ check
}

void start_processes(const Setup& setup) {
  std::vector<Process> workers;
  for (int seconds = 1; seconds <= 3; ++seconds) {
    const Process next({.name = fmt::format("Sleeper {}", seconds)}, work, seconds);  //@ make
    next.start();                                                                     //@ start
    if (setup.is("join-in-loop")) join(next);                                         //@ join at once
    workers.push_back(next);
  }
  if (setup.is("all-then-join")) {
    for (const Process& worker : workers)
      join(worker);  //@ join all
  }
  print("all have slept");  //@ end
}

const Registration registered{{
    .id = "process-start",
    .chapter = Chapter::processes,
    .position = 1,
    .difficulty = 1,
    .related = {"thread-start-join", "process-class"},
    .variants = {{"all-then-join",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "All three sleep at the same time: the longest sleep decides.",
                    "三个进程同时睡，时间取决于最长的那个。"},
                   {Outcome::failed_check, Expectation::forbidden, "Whoever was joined has ended.",
                    "join 返回时，那个进程已经结束。"}}},
                 {"join-in-loop",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "main waits for each process before it starts the next: the sum decides.",
                    "main 等一个进程结束才启动下一个，时间是总和。"},
                   {Outcome::failed_check, Expectation::forbidden, "Whoever was joined has ended.",
                    "join 返回时，那个进程已经结束。"}}}},
    .params = {},
    .main = start_processes,
}};

}  // namespace
