// Pool against CPython's with its real processes.
#include "tests/catch.hpp"

#include "tests/parity/parity.hpp"
#include "tests/parity/tasks.hpp"

using namespace lockstep::api;
using lockstep::parity::at;
using lockstep::parity::BothCalls;
using lockstep::parity::check_not_three;
using lockstep::parity::compare;
using lockstep::parity::GatedTasks;
using lockstep::parity::Subject;
using lockstep::parity::subject;
using lockstep::parity::twice;
using lockstep::parity::Waiters;

namespace {

struct Work {
  Work() {
    square(3);
    square(4, say());
    maps->push_back(pool.map_async(twice, {1, 2, 3}, say_sum()));
  }
  void square(int n, const ResultCallback& callback = {}) {
    results->push_back(pool.apply_async(tasks.square(results->size()), args(n), callback));
  }
  void fail() { results->push_back(pool.apply_async(tasks.fail(results->size()), args(), {}, say())); }
  ResultCallback say() const {
    return [said = said](const Item& result) { said->push_back(result); };
  }
  ListCallback say_sum() const {
    return [said = said](const std::vector<Item>& list) {
      std::int64_t sum = 0;
      for (const Item& each : list)
        sum += each.as_int();
      said->emplace_back(sum);
    };
  }

  GatedTasks tasks;
  Pool pool{"pool", 2};
  std::shared_ptr<std::vector<AsyncResult>> results = std::make_shared<std::vector<AsyncResult>>();
  std::shared_ptr<std::vector<MapResult>> maps = std::make_shared<std::vector<MapResult>>();
  std::shared_ptr<std::vector<Item>> said = std::make_shared<std::vector<Item>>();
};

template <class Result>
void add_calls(std::vector<BothCalls<Work>>& calls, const char* list,
               std::shared_ptr<std::vector<Result>> Work::*of) {
  for (const std::size_t i : {0U, 1U, 2U}) {
    const std::string r = std::string("w.") + list + "[" + std::to_string(i) + "].";
    calls.insert(calls.end(),
                 {{r + "get()", [=](Work& w, auto) { return at(*(w.*of), i).get(); }, 2},
                  {r + "get(0)", [=](Work& w, auto) { return at(*(w.*of), i).get(0s); }},
                  {r + "wait()", [=](Work& w, auto) { at(*(w.*of), i).wait(); }},
                  {r + "wait(0)", [=](Work& w, auto) { at(*(w.*of), i).wait(0s); }},
                  {r + "ready()", [=](Work& w, auto) { return at(*(w.*of), i).ready(); }, 2},
                  {r + "successful()", [=](Work& w, auto) { return at(*(w.*of), i).successful(); }}});
  }
}

std::vector<BothCalls<Work>> all_calls() {
  std::vector<BothCalls<Work>> calls{
      {"w.begin(square, 3)", [](Work& w, auto) { w.square(3); }, 6},
      {"w.begin(square, 4, callback=w.said.append)", [](Work& w, auto) { w.square(4, w.say()); }, 4},
      {"w.begin(fail, error_callback=lambda error: w.said.append(text(error)))",
       [](Work& w, auto) { w.fail(); }, 4},
      {"w.maps.append(pool.map_async(twice, [1, 2, 3], callback=lambda all: w.said.append(sum(all))))",
       [](Work& w, auto) {
         w.maps->push_back(w.pool.map_async(twice, {1, 2, 3}, w.say_sum()));
       },
       3},
      {"w.maps.append(pool.map_async(check, [2, 3], error_callback=lambda error: "
       "w.said.append(text(error))))",
       [](Work& w, auto) {
         w.maps->push_back(w.pool.map_async(check_not_three, {2, 3}, {}, w.say()));
       },
       2},
      {"pool.apply(twice, (4,))", [](Work& w, auto) { return w.pool.apply(twice, args(4)); }, 2},
      {"pool.apply(check, (3,))", [](Work& w, auto) { return w.pool.apply(check_not_three, args(3)); }},
      {"pool.map(twice, [5, 6, 7])",
       [](Work& w, auto) {
         return w.pool.map(twice, {5, 6, 7});
       },
       2},
      {"pool.map(check, [3, 4])",
       [](Work& w, auto) {
         return w.pool.map(check_not_three, {3, 4});
       }},
      {"list(w.said)", [](Work& w, auto) { return *w.said; }, 4},
      {"pool.close()", [](Work& w, auto) { w.pool.close(); }},
      {"pool.join()", [](Work& w, auto) { w.pool.join(); }, 2},
      {"pool.terminate()", [](Work& w, auto) { w.pool.terminate(); }},
  };
  for (const std::size_t k : {0U, 1U, 2U, 3U})
    calls.push_back({"w.finish(" + std::to_string(k) + ")", [k](Work& w, auto) { w.tasks.finish(k); }, 4});
  add_calls(calls, "results", &Work::results);
  add_calls(calls, "maps", &Work::maps);
  return calls;
}

}  // namespace

TEST_CASE("Pool does what CPython's does, call by call", "[notsan]") {
  Subject pool = subject<Work>(
      "Pool",
      "from pools import *\n"
      "multiprocessing.pool.ApplyResult.__repr__ = lambda result: 'the result is'  # without its address\n"
      "w = PoolWork(tell)\n"
      "pool, settle, returns, tells, tidy = w.pool, w.settle, w.returns, w.tells, w.tidy\n"
      "w.begin(square, 3)\n"
      "w.begin(square, 4, callback=w.said.append)\n"
      "w.maps.append(pool.map_async(twice, [1, 2, 3], callback=lambda all: w.said.append(sum(all))))\n"
      "settle()",
      [] { return Work(); }, all_calls());
  pool.driver = "real.py";
  pool.one_of = 3;
  compare(pool, Waiters::in_order);
}
