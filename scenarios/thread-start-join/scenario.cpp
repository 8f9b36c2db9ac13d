// Five workers, each with a second of work. main starts them and joins them: when, and in what order?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void work(Shared<int> running, int number) {
  running.add(1);                   //@ begin
  sleep(1s, "working");             //@ work
  print("I am number {}", number);  //@ report
  running.add(-1);                  //@ end
}

void join_in_loop(const std::vector<Thread>& workers, Shared<int> running) {
  for (const Thread& worker : workers) {
    worker.start();                                 //@ start
    worker.join();                                  //@ join
    check("nobody runs now", running.load() == 0);  //@ check
  }
}

void start_all_then_join_all(const std::vector<Thread>& workers, Shared<int> running) {
  for (const Thread& worker : workers)
    worker.start();  //@ start all
  for (const Thread& worker : workers)
    worker.join();                                //@ join all
  check("nobody runs now", running.load() == 0);  //@ check all
}

void start_and_join(const Setup& setup) {
  const Shared<int> running("running");
  std::vector<Thread> workers;
  for (int i = 1; i <= setup.param("workers"); ++i)
    workers.emplace_back(WorkerOptions{.name = fmt::format("Worker {}", i)}, work, running, i);

  if (setup.is("join-in-loop")) {
    join_in_loop(workers, running);  //@ one by one
  } else {
    start_all_then_join_all(workers, running);  //@ all at once
  }
  print("all have reported");  //@ tell
}

const Registration registered{{
    .id = "thread-start-join",
    .chapter = Chapter::threads,
    .position = 1,
    .difficulty = 1,
    .related = {"process-start", "pool-get-in-loop", "thread-daemon"},
    .variants = {{"join-in-loop",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "main waits for each worker before it starts the next: one after the other.",
                    "main 等一个线程结束，才启动下一个，所以是一个接一个。"},
                   {Outcome::failed_check, Expectation::forbidden, "Whoever was joined has ended.",
                    "join 返回时，那个线程已经结束。"}}},
                 {"start-all-then-join-all",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "All are started before main waits for the first: they run side by side.",
                    "main 先全部启动，再开始等，所以大家同时运行。"},
                   {Outcome::failed_check, Expectation::forbidden, "After the last join all have ended.",
                    "最后一个 join 返回时，所有线程都已结束。"}}}},
    .params = {{.name = "workers", .value = 5, .step_value = 3, .min = 1, .max = 20}},
    .main = start_and_join,
}};

}  // namespace
