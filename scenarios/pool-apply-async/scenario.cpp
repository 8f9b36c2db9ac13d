// Five tasks for a pool of two processes: handed over all at once, or one after the other.
#include <set>
#include <string>
#include <vector>

#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

const Function work("work", [](int number) {
  sleep(3s, "working");               //@ work
  print("has done task {}", number);  //@ done
  return current_name();              //@ return
});

int count_different(const std::vector<std::string>& names) {
  return static_cast<int>(std::set(names.begin(), names.end()).size());
}

std::vector<std::string> apply_each(Pool pool, int tasks) {
  std::vector<std::string> names;
  for (int i = 1; i <= tasks; ++i)
    names.push_back(pool.apply(work, args(i)).str());  //@ apply
  return names;
}

std::vector<std::string> apply_all(Pool pool, int tasks) {
  std::vector<AsyncResult> results;
  for (int i = 1; i <= tasks; ++i)
    results.push_back(pool.apply_async(work, args(i)));  //@ apply_async
  std::vector<std::string> names;
  for (const AsyncResult& result : results)
    names.push_back(result.get().str());  //@ get
  return names;
}

void use_pool(const Setup& setup) {
  const int size = setup.param("size");
  const int tasks = setup.param("tasks");
  const Pool pool("pool", size);                                                            //@ pool
  const auto names = setup.is("apply") ? apply_each(pool, tasks) : apply_all(pool, tasks);  //@ hand over
  pool.close();                                                                             //@ close
  pool.join();                                                                              //@ join
  print("all tasks are done");                                                              //@ tell
  check("no more processes than the pool has", count_different(names) <= size);             //@ check
}

const Registration registered{{
    .id = "pool-apply-async",
    .chapter = Chapter::pools,
    .position = 1,
    .difficulty = 1,
    .related = {"pool-get-in-loop", "pool-close-terminate", "executor"},
    .variants =
        {{"apply-async",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "All tasks are handed over at once; each process takes the next one when it is free.",
            "任务一次全部交出；哪个进程空了，就取下一个。"},
           {Outcome::failed_check, Expectation::forbidden, "The same processes do all the tasks.",
            "干活的始终是那几个进程。"},
           {Outcome::stuck, Expectation::forbidden, "Every task gets its turn, so every result comes.",
            "每个任务都会轮到，每个结果都会来。"}}},
         {"apply",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "apply() waits for its result, so only one process ever works.",
            "apply() 要等结果，所以总是只有一个进程在干活。"},
           {Outcome::failed_check, Expectation::forbidden, "The same processes do all the tasks.",
            "干活的始终是那几个进程。"},
           {Outcome::stuck, Expectation::forbidden, "Every task gets its turn, so every result comes.",
            "每个任务都会轮到，每个结果都会来。"}}}},
    .params = {{.name = "size", .value = 2, .step_value = 2, .min = 1, .max = 10},
               {.name = "tasks", .value = 5, .step_value = 2, .min = 1, .max = 20}},
    .main = use_pool,
}};

}  // namespace
