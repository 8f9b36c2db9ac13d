// Whoever takes a lock must release it on every way out, also on the way of an error. Who takes care of that?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void use(std::string_view name, bool goes_wrong) {
  print("uses the {}", name);                           //@ use
  sleep(500ms, fmt::format("using the {}", name));      //@ work
  if (goes_wrong) raise("ValueError", "out of paper");  //@ raise
}

template <class Tool>
void by_hand(Tool tool, std::string_view name, bool goes_wrong) {
  tool.acquire();         //@ acquire
  use(name, goes_wrong);  //@ inside, by hand
  tool.release();         //@ release
}

template <class Tool>
void by_with(Tool tool, std::string_view name, bool goes_wrong) {
  const With held(tool);  //@ with
  use(name, goes_wrong);  //@ inside, by with
}

template <class Tool>
void take(const Setup& setup, Tool tool, std::string_view name) {
  const bool goes_wrong = !setup.is("plain");
  try {
    if (!setup.is("exception-with-with")) by_hand(tool, name, goes_wrong);     //@ by hand
    if (!setup.is("exception-without-with")) by_with(tool, name, goes_wrong);  //@ by with
  } catch (const Error& error) {
    print("{}", error.what());  //@ caught
  }
}

struct Tools {
  Lock lock{"lock"};
  RLock rlock{"rlock"};
  Condition condition{"condition", RLock("condition's lock")};
  Semaphore semaphore{"semaphore", 1};
};

void take_all(Setup setup, Tools tools) {
  take(setup, tools.lock, "lock");            //@ take lock
  take(setup, tools.rlock, "rlock");          //@ take rlock
  take(setup, tools.condition, "condition");  //@ take condition
  take(setup, tools.semaphore, "semaphore");  //@ take semaphore
}

template <class Tool>
bool is_free(Tool tool) {
  const bool got = tool.acquire(0s);  //@ try
  if (got) tool.release();            //@ put back
  return got;
}

void use_tools(const Setup& setup) {
  const Tools tools;
  const Thread first({.name = "Worker 1"}, take_all, setup, tools);
  const Thread second({.name = "Worker 2"}, take_all, setup, tools);
  first.start();   //@ start first
  second.start();  //@ start second
  first.join();    //@ join first
  second.join();   //@ join second

  const bool all_free = is_free(tools.lock) && is_free(tools.rlock) && is_free(tools.condition) &&
                        is_free(tools.semaphore);  //@ all free
  print("everything is free again");               //@ tell
  check("everything is free again", all_free);     //@ check
}

const Registration registered{{
    .id = "with-statement",
    .chapter = Chapter::locks,
    .position = 8,
    .difficulty = 2,
    .related = {"rlock-reentry", "process-terminate-holding-lock"},
    .variants =
        {{"plain",
          Verdict::ok,
          {{Outcome::ok, Expectation::required, "Nothing goes wrong, so both ways release.",
            "什么错都没有出，两种写法都会释放。"},
           {Outcome::failed_check, Expectation::forbidden, "Whatever was taken is given back.",
            "拿过的都归还了。"},
           {Outcome::stuck, Expectation::forbidden, "Whoever waits gets its turn.", "等待的线程都能轮到。"}}},
         {"exception-without-with",
          Verdict::always_fails,
          {{Outcome::ok, Expectation::forbidden,
            "The second worker needs the lock that the first one never releases.",
            "后来的线程要的锁，先来的永远不会释放。"},
           {Outcome::stuck, Expectation::required,
            "The error jumps over release(): the lock stays taken, and the other worker waits for ever.",
            "异常跳过了 release()，锁一直被占着，另一个线程永远等下去。"}}},
         {"exception-with-with",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "with releases on the way out, whether the block ends normally or by an error.",
            "不管是正常结束还是因为异常，离开 with 时都会释放。"},
           {Outcome::failed_check, Expectation::forbidden, "Nothing stays taken after an error.",
            "出了异常，也没有东西还被占着。"},
           {Outcome::stuck, Expectation::forbidden, "Whoever waits gets its turn.",
            "等待的线程都能轮到。"}}}},
    .params = {},
    .main = use_tools,
}};

}  // namespace
