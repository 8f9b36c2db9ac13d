// Thirty tasks for an executor with three workers. How many run at the same time?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

const Function work("work", [](int number, Shared<int> running, int workers) {
  check("never more than the workers", running.add(1) <= workers);  //@ begin
  sleep_between(1s, 2s, "working");                                 //@ work
  running.add(-1);                                                  //@ end
  return number * number;                                           //@ return
});

template <class Kind>
int sum_squares(const Setup& setup, const Shared<int>& running) {
  const int workers = setup.param("workers");
  const Kind executor("executor", workers);  //@ executor
  const With scope(executor);                //@ with
  std::vector<Future> futures;
  for (int i = 1; i <= setup.param("tasks"); ++i)
    futures.push_back(executor.submit(work, args(i, running, workers)));  //@ submit
  int sum = 0;
  for (const Future& future : futures)
    sum += static_cast<int>(future.result().as_int());  //@ result
  return sum;
}

void use_executor(const Setup& setup) {
  const Shared<int> running("running");
  const int sum = setup.is("threads") ? sum_squares<ThreadPoolExecutor>(setup, running)    //@ threads
                                      : sum_squares<ProcessPoolExecutor>(setup, running);  //@ processes
  const int n = setup.param("tasks");
  print("the sum of {} squares is {}", n, sum);                     //@ tell
  check("the sum is right", sum == n * (n + 1) * (2 * n + 1) / 6);  //@ check
}

std::vector<lockstep::OutcomeRow> outcomes() {
  return {{Outcome::ok, Expectation::required,
           "Each worker does one task at a time, so no more tasks run than there are workers.",
           "每个工作者一次只做一个任务，所以同时运行的任务不会比工作者多。"},
          {Outcome::failed_check, Expectation::forbidden, "A result belongs to the future of its task.",
           "每个结果都在自己那个任务的 Future 里。"},
          {Outcome::stuck, Expectation::forbidden, "Whoever is done takes the next task.",
           "谁做完了，就取下一个任务。"}};
}

const Registration registered{{
    .id = "executor",
    .chapter = Chapter::pools,
    .position = 5,
    .difficulty = 1,
    .related = {"pool-apply-async", "pool-callback", "gil-cpu-io", "pool-tcp-server"},
    .variants = {{"threads", Verdict::ok, outcomes()}, {"processes", Verdict::ok, outcomes()}},
    .params = {{.name = "workers", .value = 3, .step_value = 2, .min = 1, .max = 20},
               {.name = "tasks", .value = 30, .step_value = 2, .min = 1, .max = 100}},
    .main = use_executor,
}};

}  // namespace
