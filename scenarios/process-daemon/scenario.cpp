// main says two lines and ends, while its child still sleeps. What becomes of the child?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void work() {
  sleep(3s, "working");        //@ work
  print("has finished, too");  //@ finished
}

void end_early(const Setup& setup) {
  const Process child({.name = "Child", .daemon = setup.is("daemon")}, work);  //@ make
  child.start();                                                               //@ start
  print("main has started a child");                                           //@ first line
  print("main has finished");                                                  //@ second line
}

const Registration registered{{
    .id = "process-daemon",
    .chapter = Chapter::processes,
    .position = 7,
    .difficulty = 1,
    .related = {"thread-daemon", "process-lifecycle"},
    .variants = {{"daemon",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "main terminates its daemons when it ends: the child is cut off.",
                    "main 结束时会终止自己的守护进程，子进程被中断。"}}},
                 {"non-daemon",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "main joins its other children before it ends.",
                    "main 结束之前，会等其余的子进程。"}}}},
    .params = {},
    .main = end_early,
}};

}  // namespace
