// A child that ends before its parent waits for it, and a child that outlives its parent: what the kernel
// says.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void end_at_once() { print("ends at once"); }  //@ end

std::string letter_of(char state) { return state == 0 ? "gone" : std::string(1, state); }

void look_at_zombie() {
  const Process child({.name = "Child"}, end_at_once);
  child.start();                                       //@ start
  sleep(2s, "not waiting for the child");              //@ not waiting
  const char before = kernel_state(child.pid());       //@ look
  print("state of the child: {}", letter_of(before));  //@ tell
  child.join();                                        //@ join
  const char after = kernel_state(child.pid());        //@ look again
  print("after join: {}", letter_of(after));           //@ tell again
  check("after join nothing is left", after == 0);     //@ check zombie
}

void live_on(Semaphore born, Event orphaned, Semaphore ended) {
  const int father = parent_pid();                             //@ father
  print("my parent's pid is {}", father);                      //@ tell father
  born.release();                                              //@ born
  orphaned.wait();                                             //@ wait
  const int adopter = parent_pid();                            //@ adopter
  print("my parent's pid is {} now", adopter);                 //@ tell adopter
  check("somebody has adopted the child", adopter != father);  //@ check orphan
  ended.release();                                             //@ child ends
}

void have_child(Semaphore born, Event orphaned, Semaphore ended) {
  const Process child({.name = "Child"}, live_on, born, orphaned, ended);
  child.start();          //@ start child
  sleep(60s, "working");  //@ father works
}

void look_at_orphan() {
  const Semaphore born("born", 0, Among::processes);
  const Event orphaned("orphaned");
  const Semaphore ended("ended", 0, Among::processes);
  const Process father({.name = "Father"}, have_child, born, orphaned, ended);
  father.start();                              //@ start father
  born.acquire();                              //@ wait for child
  father.kill();                               //@ kill
  father.join();                               //@ join father
  orphaned.set();                              //@ orphaned
  ended.acquire();                             //@ wait for end
  print("the child has outlived its father");  //@ tell outlived
}

void ask_kernel(const Setup& setup) {
  if (setup.is("zombie")) {
    look_at_zombie();  //@ zombie
  } else {
    look_at_orphan();  //@ orphan
  }
}

const Registration registered{{
    .id = "process-zombie-orphan",
    .chapter = Chapter::processes,
    .position = 8,
    .difficulty = 2,
    .related = {"process-names", "process-lifecycle"},
    .variants =
        {{"zombie",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "The child stays in the kernel's list as Z until main waits for it; then it is gone.",
            "子进程以 Z 的状态留在内核的表里，main 等过它之后才消失。"},
           {Outcome::failed_check, Expectation::forbidden,
            "join() takes the exit code, and the rest is removed.", "join() 取走退出码，剩下的就被清除。"}}},
         {"orphan",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "When its father has died, the child is adopted and works on.",
            "父进程死后，子进程被收养，继续运行。"},
           {Outcome::failed_check, Expectation::forbidden, "A process that lives has a parent that lives.",
            "活着的进程，父进程也一定活着。"},
           {Outcome::stuck, Expectation::forbidden, "The child's signals do not go through its father.",
            "子进程发信号，不需要经过父进程。"}}}},
    .params = {},
    .main = ask_kernel,
}};

}  // namespace
