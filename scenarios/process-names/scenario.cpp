// Two processes tell who they are: name, pid and the pid of their parent. One of them was given no name.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void introduce(int main_pid) {
  print("I am {}, pid is {}", current_name(), current_pid());  //@ who
  Local parent("parent", parent_pid());                        //@ parent
  print("my parent's pid is {}", parent.get());                //@ tell parent
  check("main is my parent", parent == main_pid);              //@ check
  sleep(3s, "working");                                        //@ work
}

void name_processes(const Setup&) {
  const int pid = current_pid();                           //@ own pid
  print("I am {}, pid is {}", current_name(), pid);        //@ main
  print("my parent's pid is {}", parent_pid());            //@ launcher
  const Process named({.name = "Baker"}, introduce, pid);  //@ named
  const Process nameless({}, introduce, pid);              //@ nameless
  named.start();                                           //@ start named
  nameless.start();                                        //@ start nameless
  named.join();                                            //@ join named
  nameless.join();                                         //@ join nameless
  print("the second one was called {}", nameless.name());  //@ tell
}

const Registration registered{{
    .id = "process-names",
    .chapter = Chapter::processes,
    .position = 3,
    .difficulty = 1,
    .related = {"thread-names", "process-zombie-orphan"},
    .variants = {{"names",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Each process has a pid of its own, and main is the parent of both.",
                    "每个进程有自己的 pid，两个的父进程都是 main。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "main waits for both, so it is still there as their parent.",
                    "main 在等它们，所以父进程一直在。"}}}},
    .params = {},
    .main = name_processes,
}};

}  // namespace
