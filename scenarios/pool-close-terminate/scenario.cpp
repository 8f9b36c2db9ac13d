// Some tasks still wait when main has had enough of its pool. How does it leave, and what becomes of them?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

const Function work("work", [](int number, Shared<int> done) {
  sleep(1s, "working");               //@ work
  print("has done task {}", number);  //@ tell task
  done.add(1);                        //@ count
});

void submit(Pool pool, int number, Shared<int> done) {
  pool.apply_async(work, args(number, done));  //@ submit
}

void leave_pool(const Setup& setup) {
  const int tasks = setup.param("tasks");
  const Shared<int> done("done");
  const Pool pool("pool", setup.param("size"));  //@ pool
  for (int i = 1; i <= tasks; ++i)
    submit(pool, i, done);  //@ submit all

  if (setup.is("terminate")) {
    sleep(1500ms, "waiting");  //@ wait
    pool.terminate();          //@ terminate
  } else if (!setup.is("join-without-close")) {
    pool.close();  //@ close
  }
  if (setup.is("submit-after-close")) submit(pool, tasks + 1, done);  //@ submit after close
  pool.join();                                                        //@ join

  Local count("count", done.load());                                          //@ load
  print("the pool has ended");                                                //@ tell
  if (setup.is("close-join")) check("all tasks are done", count == tasks);    //@ check all
  if (setup.is("terminate")) check("no task is done twice", count <= tasks);  //@ check some
}

const Registration registered{{
    .id = "pool-close-terminate",
    .chapter = Chapter::pools,
    .position = 4,
    .difficulty = 2,
    .related = {"pool-apply-async", "process-terminate-holding-lock"},
    .variants = {{"close-join",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "close() takes no more tasks, and join() waits until those that wait are done.",
                    "close() 不再接受新任务，join() 等到排队的都做完。"},
                   {Outcome::failed_check, Expectation::forbidden, "Nothing that was handed over is dropped.",
                    "已经交出的任务不会丢。"},
                   {Outcome::stuck, Expectation::forbidden, "The workers end when no task is left.",
                    "没有任务了，进程就结束。"}}},
                 {"terminate",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "What is not done is dropped, and the workers are ended.", "没做完的丢掉，进程被终止。"},
                   {Outcome::failed_check, Expectation::forbidden, "A task is done once or not at all.",
                    "一个任务要么做一次，要么不做。"},
                   {Outcome::stuck, Expectation::forbidden, "terminate() waits for nobody's work.",
                    "terminate() 不等任何任务。"}}},
                 {"join-without-close",
                  Verdict::always_fails,
                  {{Outcome::ok, Expectation::forbidden, "The pool is open, so its workers would never end.",
                    "进程池还开着，里面的进程永远不会结束。"},
                   {Outcome::error, Expectation::required,
                    "join() refuses to wait for a pool that is open: ValueError.",
                    "join() 拒绝等待还开着的进程池：ValueError。"}}},
                 {"submit-after-close",
                  Verdict::always_fails,
                  {{Outcome::ok, Expectation::forbidden, "A closed pool takes no tasks.",
                    "关闭了的进程池不接受任务。"},
                   {Outcome::error, Expectation::required,
                    "apply_async() on a closed pool raises ValueError.",
                    "在关闭了的进程池上 apply_async()，会抛出 ValueError。"}}}},
    .params = {{.name = "size", .value = 2, .step_value = 1, .min = 1, .max = 10},
               {.name = "tasks", .value = 6, .step_value = 2, .min = 1, .max = 20}},
    .main = leave_pool,
}};

}  // namespace
