// A worker takes one lock several times and releases it as often, or not. When can the next worker have it?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void take_and_give_back(AnyLock lock, int times, int releases) {
  for (int i = 1; i <= times; ++i) {
    lock.acquire();              //@ acquire
    print("is at level {}", i);  //@ has
  }
  sleep(1s, "using it");  //@ use
  for (int i = 1; i <= releases; ++i) {
    lock.release();                           //@ release
    print("is back at level {}", times - i);  //@ released
  }
}

void release_what_others_own(AnyLock lock) {
  bool refused = false;
  try {
    lock.release();  //@ foreign release
  } catch (const Error& error) {
    refused = true;
    print("may not release it: {}", error.what());  //@ refused
  }
  check("only the owner may release", refused);  //@ check
}

void share_lock(const Setup& setup) {
  const int times = setup.param("times");
  const int releases = setup.is("too-few-releases") ? times - 1 : times;
  const AnyLock lock = setup.is("lock") ? AnyLock(Lock("lock")) : AnyLock(RLock("lock"));
  const Thread first({.name = "Worker 1"}, take_and_give_back, lock, times, releases);
  const Thread second({.name = "Worker 2"}, take_and_give_back, lock, times, releases);
  first.start();                                         //@ start first
  second.start();                                        //@ start second
  if (setup.is("rlock")) release_what_others_own(lock);  //@ try
  first.join();                                          //@ join first
  second.join();                                         //@ join second
  print("both had their turn");                          //@ tell
}

const Registration registered{{
    .id = "rlock-reentry",
    .chapter = Chapter::locks,
    .position = 6,
    .difficulty = 2,
    .related = {"rlock-box", "with-statement"},
    .variants =
        {{"rlock",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "As many releases as acquires: the count is back at 0, and the other worker gets the lock.",
            "获取几次就释放几次，计数回到 0，另一个线程就能拿到锁。"},
           {Outcome::failed_check, Expectation::forbidden, "An RLock can be released by its owner only.",
            "RLock 只能由持有者释放。"},
           {Outcome::stuck, Expectation::forbidden, "Every level is given back.", "每一层都归还了。"}}},
         {"lock",
          Verdict::always_fails,
          {{Outcome::ok, Expectation::forbidden, "A Lock can be taken once, by its owner too.",
            "Lock 只能获取一次，持有者自己也不例外。"},
           {Outcome::deadlock, Expectation::required,
            "The second acquire waits for the lock that the same worker holds.",
            "第二次获取时，等的正是自己手里的那把锁。"}}},
         {"too-few-releases",
          Verdict::always_fails,
          {{Outcome::ok, Expectation::forbidden, "The count never comes back to 0.", "计数永远回不到 0。"},
           {Outcome::stuck, Expectation::required,
            "The first worker ends and still owns one level; the other waits for it for ever.",
            "先来的线程结束时还占着一层，另一个永远等下去。"}}}},
    .params = {{.name = "times", .value = 2, .step_value = 2, .min = 2, .max = 9}},
    .main = share_lock,
}};

}  // namespace
