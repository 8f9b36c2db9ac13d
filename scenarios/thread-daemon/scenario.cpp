// main ends while a worker still has five seconds of work. Does the program wait for it?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void work() {
  sleep(5s, "working");   //@ work
  print("has finished");  //@ finished
}

void end_early(const Setup& setup) {
  const Thread worker({.name = "Worker", .daemon = setup.is("daemon")}, work);  //@ make
  worker.start();                                                               //@ start
  print("main has nothing more to do");                                         //@ tell
}

const Registration registered{{
    .id = "thread-daemon",
    .chapter = Chapter::threads,
    .position = 5,
    .difficulty = 2,
    .related = {"process-daemon", "queue-threads"},
    .variants = {{"daemon",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Nobody waits for a daemon: when main ends, the worker is cut off.",
                    "没有谁等守护线程：main 一结束，它就被中断。"}}},
                 {"non-daemon",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "The program ends only when the worker has finished.",
                    "工作线程做完之后，程序才结束。"}}}},
    .params = {},
    .main = end_early,
}};

}  // namespace
