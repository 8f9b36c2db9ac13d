// Three threads. Two are given a name, the third one gets one by itself.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void work() {
  print("is starting, as {}", current_name());  //@ starting
  sleep(2s, "working");                         //@ work
  print("is exiting, as {}", current_name());   //@ exiting
}

void name_threads(const Setup&) {
  const Thread baker({.name = "Baker"}, work);    //@ baker
  const Thread brewer({.name = "Brewer"}, work);  //@ brewer
  const Thread nameless({}, work);                //@ nameless
  for (const Thread& thread : {baker, brewer, nameless})
    thread.start();  //@ start
  for (const Thread& thread : {baker, brewer, nameless})
    thread.join();                                        //@ join
  print("the third one was called {}", nameless.name());  //@ tell
}

const Registration registered{{
    .id = "thread-names",
    .chapter = Chapter::threads,
    .position = 2,
    .difficulty = 1,
    .related = {"thread-enumerate", "process-names"},
    .variants = {{"names",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Each thread says its name, at the beginning and at the end, in any order.",
                    "每个线程在开始和结束时各报一次名字，谁先谁后不一定。"}}}},
    .params = {},
    .main = name_threads,
}};

}  // namespace
