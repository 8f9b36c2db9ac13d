// A pool computes squares, and a callback adds them up. One task raises an error. Who runs the callback?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

const Function square("square", [](int number, int bad) {
  sleep(1s, "computing");                                      //@ compute
  if (number == bad) raise("ValueError", "I do not like it");  //@ raise
  return number * number;                                      //@ return
});

void use_callbacks(const Setup& setup) {
  const int numbers = setup.param("numbers");
  const int main_pid = current_pid();  //@ pid
  const Shared<int> sum("sum");
  const Shared<int> errors("errors");
  const auto add_up = [=](const Item& result) {
    print("callback: {}", result);                                            //@ callback
    check("the callback runs in main's process", current_pid() == main_pid);  //@ check callback
    sum.add(static_cast<int>(result.as_int()));                               //@ add
  };
  const auto note_error = [=](const Item& error) {
    print("callback: {}", error);                                            //@ error callback
    check("the error callback runs there, too", current_pid() == main_pid);  //@ check error callback
    errors.add(1);                                                           //@ count error
  };

  const Pool pool("pool", 2);  //@ pool
  for (int i = 1; i <= numbers; ++i)
    pool.apply_async(square, args(i, numbers), add_up, note_error);  //@ submit
  pool.close();                                                      //@ close
  pool.join();                                                       //@ join

  int wanted = 0;
  for (int i = 1; i < numbers; ++i)
    wanted += i * i;
  Local total("total", sum.load());                                       //@ total
  print("the sum is {}", total.get());                                    //@ tell
  check("each result came once", total == wanted && errors.load() == 1);  //@ check
}

const Registration registered{{
    .id = "pool-callback",
    .chapter = Chapter::pools,
    .position = 3,
    .difficulty = 2,
    .related = {"pool-get-in-loop", "executor"},
    .variants = {{"callback",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Each result calls back once, in the process that made the pool; the error does so, too.",
                    "每个结果都回调一次，在创建进程池的进程里执行，错误也一样。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "A thread of the parent runs all callbacks, one after the other.",
                    "所有回调都由父进程的一个线程逐个执行。"},
                   {Outcome::stuck, Expectation::forbidden, "An error ends its task, not the worker.",
                    "错误只结束那个任务，不会结束进程。"}}}},
    .params = {{.name = "numbers", .value = 4, .step_value = 2, .min = 1, .max = 20}},
    .main = use_callbacks,
}};

}  // namespace
