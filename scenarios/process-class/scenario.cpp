// The same work twice: by processes that are given a function, and by a class of processes with a run of its
// own.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void add_square(Shared<int> sum, int number) {
  sleep(1s, "computing");                                       //@ compute
  print("{} times {} is {}", number, number, number * number);  //@ tell
  sum.add(number * number);                                     //@ add
}

class Squarer : public Process {
 public:
  Squarer(std::string_view name, Shared<int> sum, int number)
      : Process({.name = std::string(name)}, run, sum, number) {}  //@ process

 private:
  static void run(Shared<int> sum, int number) {
    add_square(sum, number);  //@ run
  }
};

void compute_twice(const Setup& setup) {
  const Shared<int> by_target("by target");
  const Shared<int> by_class("by class");
  std::vector<Process> workers;
  for (int i = 1; i <= setup.param("processes"); ++i) {
    workers.push_back(Process({.name = fmt::format("Target {}", i)}, add_square, by_target, i));  //@ target
    workers.push_back(Squarer(fmt::format("Squarer {}", i), by_class, i));                        //@ class
  }
  for (const Process& worker : workers)
    worker.start();  //@ start
  for (const Process& worker : workers)
    worker.join();                                                //@ join
  Local first("first", by_target.load());                         //@ first
  Local second("second", by_class.load());                        //@ second
  print("sums: {} and {}", first.get(), second.get());            //@ sums
  check("both ways give the same", first.get() == second.get());  //@ check
}

const Registration registered{{
    .id = "process-class",
    .chapter = Chapter::processes,
    .position = 2,
    .difficulty = 1,
    .related = {"thread-subclass", "process-start"},
    .variants = {{"two-ways",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "Both ways run the same code: the sums are equal.",
                    "两种写法执行的是同样的代码，和也一样。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "Each process adds its square once, in one step.",
                    "每个进程都把平方加一次，一步完成。"}}}},
    .params = {{.name = "processes", .value = 5, .step_value = 2, .min = 1, .max = 20}},
    .main = compute_twice,
}};

}  // namespace
