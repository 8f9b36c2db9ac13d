// A dict lives in a server process. Many processes take one from its count. Is nothing left at the end?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void take_one(DictProxy stock) {
  Local left("left", stock["count"].as_int());  //@ read
  stock["count"] = left - 1;                    //@ write
}

void take_one_with_lock(Lock lock, DictProxy stock) {
  const With held(lock);  //@ lock
  take_one(stock);        //@ take
}

void share_dict(const Setup& setup) {
  const int processes = setup.param("processes");
  const Manager manager("manager");               //@ manager
  const DictProxy stock = manager.dict("stock");  //@ dict
  stock["count"] = processes;                     //@ fill
  const Lock lock("lock", Among::processes);
  std::vector<Process> workers;
  for (int i = 1; i <= processes; ++i) {
    const WorkerOptions options{.name = fmt::format("Taker {}", i)};
    workers.push_back(setup.is("lock") ? Process(options, take_one_with_lock, lock, stock)
                                       : Process(options, take_one, stock));
  }
  for (const Process& worker : workers)
    worker.start();  //@ start
  for (const Process& worker : workers)
    worker.join();                              //@ join
  Local left("left", stock["count"].as_int());  //@ left
  print("{} left", left.get());                 //@ tell
  check("nothing is left", left == 0);          //@ check
}

const Registration registered{{
    .id = "manager-dict",
    .chapter = Chapter::communication,
    .position = 2,
    .difficulty = 2,
    .related = {"race-counter", "shared-value"},
    .variants = {{"no-lock",
                  Verdict::can_fail,
                  {{Outcome::ok, Expectation::required, "Each one writes before the next one reads, by luck.",
                    "碰巧每个都在下一个读之前写完。"},
                   {Outcome::failed_check, Expectation::required,
                    "Two read the same count before either writes: one of the two takes is lost.",
                    "两个都在对方写之前读到同一个数，其中一次就白拿了。"}}},
                 {"lock",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "The read and the write of each one lie inside the lock.", "每个进程的读和写都在锁里。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "Nobody reads between another one's read and write.", "没有谁会在别人的读和写之间去读。"},
                   {Outcome::stuck, Expectation::forbidden,
                    "Everybody releases the lock, and the server always answers.",
                    "人人都会放开锁，服务器也总会回答。"}}}},
    .params = {{.name = "processes", .value = 100, .step_value = 2, .min = 1, .max = 100}},
    .main = share_dict,
}};

}  // namespace
