// The same empty task a hundred times: by new threads, by new processes, and by a pool. What does each cost
// here?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

const Function task("task", [](int, Shared<int> done) { done.add(1); });  //@ task

template <class Kind>
void start_and_join(int count, Shared<int> done) {
  std::vector<Kind> workers;
  for (int i = 1; i <= count; ++i) {
    workers.emplace_back(WorkerOptions{}, task, i, done);  //@ make
    workers.back().start();                                //@ start
  }
  for (const Kind& worker : workers)
    worker.join();  //@ join
}

void use_pool(int size, int count, Shared<int> done) {
  const Pool pool("pool", size);  //@ pool
  for (int i = 1; i <= count; ++i)
    pool.apply_async(task, args(i, done));  //@ submit
  pool.close();                             //@ close
  pool.join();                              //@ join pool
}

void tell_cost(std::string_view what, int count, std::chrono::nanoseconds cost) {
  const double ms = std::chrono::duration<double, std::milli>(cost).count();
  print("{} {}: {:.1f} ms", count, what, ms);  //@ tell
}

void compare_costs(const Setup& setup) {
  const int count = setup.param("tasks");
  const int size = setup.param("size");
  const Shared<int> done("done");
  tell_cost("threads", count, measure("threads", [&] { start_and_join<Thread>(count, done); }));  //@ threads
  tell_cost("processes", count,
            measure("processes", [&] { start_and_join<Process>(count, done); }));               //@ processes
  tell_cost("tasks for a pool", count, measure("pool", [&] { use_pool(size, count, done); }));  //@ by pool
  check("every task was done", done.load() == 3 * count);                                       //@ check
}

const Registration registered{{
    .id = "creation-cost",
    .chapter = Chapter::processes,
    .position = 9,
    .difficulty = 1,
    .related = {"process-start", "gil-cpu-io", "pool-apply-async"},
    .variants = {{"measure",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "All three ways do every task; only the price differs.",
                    "三种办法都做完了所有任务，差别只在代价。"},
                   {Outcome::failed_check, Expectation::forbidden, "Everybody is joined before the count.",
                    "计数之前，所有工作者都已结束。"},
                   {Outcome::stuck, Expectation::forbidden, "No task waits for another one.",
                    "没有哪个任务要等别的任务。"}}}},
    .params = {{.name = "tasks", .value = 100, .step_value = 1, .min = 1, .max = 100},
               {.name = "size", .value = 4, .step_value = 1, .min = 1, .max = 10}},
    .main = compare_costs,
}};

}  // namespace
