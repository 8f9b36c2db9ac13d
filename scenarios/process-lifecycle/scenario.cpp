// The life of a process, seen by its parent: not yet started, alive, ended by itself or terminated.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void work() { sleep(5s, "working"); }  //@ work

bool tell_alive(std::string_view when, Process child) {
  Local alive("alive", child.is_alive());                //@ ask
  print("{}: {}", when, alive ? "alive" : "not alive");  //@ tell
  return alive;
}

void tell_exitcode(Process child, bool terminated) {
  const int code = child.exitcode().value();                                           //@ exit code
  print("its exit code is {}", code);                                                  //@ tell exit code
  check("the exit code says how it ended", code == 0 || (terminated && code == -15));  //@ check exit code
}

void join_child(Process child) {
  tell_alive("before join", child);                                    //@ before join
  child.join();                                                        //@ join
  check("after join it has ended", !tell_alive("after join", child));  //@ after join
}

void terminate_child(Process child) {
  sleep(1s, "waiting");                       //@ wait
  child.terminate();                          //@ terminate
  tell_alive("just after terminate", child);  //@ just after
  sleep(1s, "waiting");                       //@ wait again
  tell_alive("1 s later", child);             //@ later
  child.join();                               //@ join terminated
}

void join_with_timeout(Process child) {
  const bool ended = child.join(1s);                                       //@ join for 1 s
  print("join has returned after at most 1 s");                            //@ tell join
  const bool alive = tell_alive("after the time-out", child);              //@ after time-out
  check("whoever was joined has ended", !ended || !alive);                 //@ check join
  child.join();                                                            //@ join again
  check("now it has ended", !tell_alive("after the second join", child));  //@ after second join
}

void follow_child(const Setup& setup) {
  const Process child({.name = "Child"}, work);
  check("it is not alive yet", !tell_alive("before start", child));  //@ before start
  child.start();                                                     //@ start
  if (setup.is("join")) join_child(child);                           //@ variant join
  if (setup.is("terminate")) terminate_child(child);                 //@ variant terminate
  if (setup.is("join-timeout")) join_with_timeout(child);            //@ variant join-timeout
  tell_exitcode(child, setup.is("terminate"));                       //@ how it ended
}

const Registration registered{{
    .id = "process-lifecycle",
    .chapter = Chapter::processes,
    .position = 5,
    .difficulty = 2,
    .related = {"process-terminate-holding-lock", "process-late-child"},
    .variants = {{"join",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "The child ends by itself: exit code 0.",
                    "子进程自己结束，退出码是 0。"},
                   {Outcome::failed_check, Expectation::forbidden, "After join() nobody is alive.",
                    "join() 之后，子进程不再存活。"}}},
                 {"terminate",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "The signal ends it, a moment later: exit code -15. If it was faster than the signal: 0.",
                    "信号稍后让它结束，退出码是 -15；如果它抢在信号之前结束，就是 0。"},
                   {Outcome::failed_check, Expectation::forbidden, "There are only these two exit codes.",
                    "只可能是这两种退出码。"}}},
                 {"join-timeout",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "The first join() gives up after 1 s, the second one waits to the end.",
                    "第一次 join() 等 1 秒就放弃，第二次等到底。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "The first join() returns whether the child has ended, and the second one waits for it.",
                    "第一次 join() 的返回值说明子进程是否已结束，第二次会一直等到它结束。"}}}},
    .params = {},
    .main = follow_child,
}};

}  // namespace
