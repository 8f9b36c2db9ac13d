// main has a value, and a worker changes it. Does main see the change? It depends on what the worker is.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

constexpr int kOld = 100;
constexpr int kNew = 0;

void change(Global<int> value) {
  print("finds {}", value.load());   //@ find
  value.store(kNew);                 //@ change
  print("leaves {}", value.load());  //@ leave
}

template <class Kind>
void let_change(Global<int> value) {
  const Kind worker({.name = "Worker"}, change, value);  //@ make
  worker.start();                                        //@ start
  worker.join();                                         //@ join
}

void look_after_it(const Setup& setup) {
  const Global<int> value("value", kOld);
  if (setup.is("thread")) {
    let_change<Thread>(value);  //@ thread
  } else {
    let_change<Process>(value);  //@ process
  }
  Local seen("seen", value.load());   //@ look
  print("main sees {}", seen.get());  //@ tell
  if (setup.is("thread")) {
    check("main sees the change", seen == kNew);  //@ check thread
  } else {
    check("main keeps its own value", seen == kOld);  //@ check process
  }
}

const Registration registered{{
    .id = "thread-shared-memory",
    .chapter = Chapter::threads,
    .position = 4,
    .difficulty = 1,
    .related = {"race-counter", "shared-value", "process-queue"},
    .variants =
        {{"thread",
          Verdict::ok,
          {{Outcome::ok, Expectation::required, "A thread works on the memory of its process: main sees 0.",
            "线程使用的就是本进程的内存，main 看到 0。"},
           {Outcome::failed_check, Expectation::forbidden, "There is only one value in the process.",
            "进程里只有一份 value。"}}},
         {"process",
          Verdict::ok,
          {{Outcome::ok, Expectation::required, "A process has a copy of its own: main still sees 100.",
            "子进程有自己的一份副本，main 看到的还是 100。"},
           {Outcome::failed_check, Expectation::forbidden,
            "What the child writes into its copy never comes back.",
            "子进程写进自己副本里的，不会传回来。"}}}},
    .params = {},
    .main = look_after_it,
}};

}  // namespace
