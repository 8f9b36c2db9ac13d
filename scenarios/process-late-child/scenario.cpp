// main starts a child and prints a line. So does the child. Whose line comes first?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void speak(Shared<int> lines) {
  print("is here");  //@ child speaks
  lines.add(1);      //@ child has spoken
}

void start_child(const Setup& setup) {
  const Shared<int> lines("lines");
  const Process child({.name = "Child"}, speak, lines);
  child.start();                                                    //@ start
  if (setup.is("join")) child.join();                               //@ join
  print("main goes on");                                            //@ main speaks
  Local before("before", lines.load());                             //@ look
  if (setup.is("join")) check("the child was first", before == 1);  //@ check
}

const Registration registered{{
    .id = "process-late-child",
    .chapter = Chapter::processes,
    .position = 4,
    .difficulty = 1,
    .related = {"process-start", "thread-start-join"},
    .variants = {{"no-wait",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "Both orders are right: nobody has asked for one.",
                    "两种次序都对，因为没有谁规定过次序。"}}},
                 {"join",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "main goes on only after the child has ended.",
                    "子进程结束之后，main 才继续。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "join() returns after the child's last line.",
                    "join() 返回时，子进程的最后一行已经执行完。"}}}},
    .params = {},
    .main = start_child,
}};

}  // namespace
