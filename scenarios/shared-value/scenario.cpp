// Processes count in memory that they share: one number and an array. Each access is safe. Is the sum right?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void count_without_lock(Value<int> number, Array<int> slots, int times) {
  for (int i = 0; i < times; ++i) {
    number.store(number.load() + 1);  //@ number
    const int slot = i % slots.size();
    slots.store(slot, slots.load(slot) + 1);  //@ slot
  }
}

void count_with_lock(Value<int> number, Array<int> slots, int times) {
  for (int i = 0; i < times; ++i) {
    {
      const With held(number.get_lock());  //@ lock number
      number.store(number.load() + 1);     //@ number, locked
    }
    const int slot = i % slots.size();
    const With held(slots.get_lock());        //@ lock slots
    slots.store(slot, slots.load(slot) + 1);  //@ slot, locked
  }
}

void count_all(const Setup& setup) {
  const int times = setup.param("times");
  const int processes = setup.param("processes");
  const Value<int> number("number");   //@ value
  const Array<int> slots("slots", 2);  //@ array
  const auto body = setup.is("lock") ? count_with_lock : count_without_lock;
  std::vector<Process> workers;
  for (int i = 1; i <= processes; ++i)
    workers.emplace_back(WorkerOptions{.name = fmt::format("Counter {}", i)}, body, number, slots, times);
  for (const Process& worker : workers)
    worker.start();  //@ start
  for (const Process& worker : workers)
    worker.join();  //@ join
  const int wanted = processes * times;
  Local total("total", number.load());                         //@ total
  Local sum("sum", slots.load(0) + slots.load(1));             //@ sum
  print("number: {}, slots: {}", total.get(), sum.get());      //@ tell
  check("nothing is lost", total == wanted && sum == wanted);  //@ check
}

const Registration registered{{
    .id = "shared-value",
    .chapter = Chapter::communication,
    .position = 4,
    .difficulty = 2,
    .related = {"race-counter", "manager-dict", "thread-shared-memory"},
    .variants = {{"no-lock",
                  Verdict::can_fail,
                  {{Outcome::ok, Expectation::required, "Nobody comes between a read and its write, by luck.",
                    "碰巧没有谁插进读和写之间。"},
                   {Outcome::failed_check, Expectation::required,
                    "Each access takes the lock, but += is two accesses: a count between them is lost.",
                    "每次访问都会拿锁，可是 += 是两次访问，夹在中间的那次计数就丢了。"}}},
                 {"lock",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "The lock is held from the read to the write.",
                    "从读到写，一直拿着锁。"},
                   {Outcome::failed_check, Expectation::forbidden, "Nobody reads while another one counts.",
                    "一个在计数时，别的不能读。"},
                   {Outcome::stuck, Expectation::forbidden,
                    "The lock is an RLock: load() and store() may take it again.",
                    "这把锁是 RLock，load() 和 store() 可以再拿一次。"}}}},
    .params = {{.name = "processes", .value = 3, .step_value = 2, .min = 1, .max = 10},
               {.name = "times", .value = 2000, .step_value = 1, .min = 1, .max = 10000}},
    .main = count_all,
}};

}  // namespace
