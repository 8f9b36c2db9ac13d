// main asks who is there: its own name, how many threads are alive, and which.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void work() { sleep(1s, "working"); }  //@ work

void ask_around(const Setup&) {
  print("my name is {}", current_name());  //@ own name
  const Thread helper({.name = "Helper"}, work);
  print("threads alive before start: {}", active_count());           //@ before
  helper.start();                                                    //@ start
  print("threads alive after start: {}", active_count());            //@ count
  const std::vector<std::string> names = enumerate();                //@ enumerate
  print("they are: {}", fmt::format("{}", fmt::join(names, ", ")));  //@ names
  check("main is one of them", names.front() == "main");             //@ check main
  helper.join();                                                     //@ join
  Local left("left", active_count());                                //@ after
  print("threads alive after join: {}", left.get());                 //@ tell
  check("only main is left", left == 1);                             //@ check
}

const Registration registered{{
    .id = "thread-enumerate",
    .chapter = Chapter::threads,
    .position = 6,
    .difficulty = 1,
    .related = {"thread-daemon", "process-names"},
    .variants = {{"enumerate",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "main is a thread like the others, so it counts as one.",
                    "main 也是一个线程，所以也算一个。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "Whoever asks is alive, and whoever was joined is not.",
                    "提问的线程一定存活，join 过的一定不存活。"}}}},
    .params = {},
    .main = ask_around,
}};

}  // namespace
