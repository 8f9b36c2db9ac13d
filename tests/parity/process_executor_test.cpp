// ProcessPoolExecutor against CPython's with its real processes.
#include "tests/catch.hpp"

#include <algorithm>

#include "tests/parity/parity.hpp"
#include "tests/parity/tasks.hpp"

using namespace lockstep::api;
using lockstep::parity::BothCalls;
using lockstep::parity::compare;
using lockstep::parity::GatedTasks;
using lockstep::parity::Subject;
using lockstep::parity::subject;
using lockstep::parity::twice;
using lockstep::parity::Waiters;

namespace {

constexpr std::ptrdiff_t kWorkers = 2;
/// So many tasks CPython takes from the queue before a worker is free, and then says that they run.
constexpr std::ptrdiff_t kQueuedAhead = 3;

struct Work {
  Work() {
    square(3);
    fail();
  }
  void square(int n) { futures->push_back(executor.submit(tasks.square(futures->size()), args(n))); }
  void fail() { futures->push_back(executor.submit(tasks.fail(futures->size()))); }
  void die() { futures->push_back(executor.submit(tasks.die(futures->size()))); }
  const Future& at(std::size_t index) const { return lockstep::parity::at(*futures, index); }
  std::ptrdiff_t unfinished(std::size_t before) const {
    return std::count_if(futures->begin(), futures->begin() + static_cast<std::ptrdiff_t>(before),
                         [](const Future& each) { return !each.done(); });
  }
  Item ask(std::size_t index, const std::function<bool(const Future&)>& question) const {
    const Future& future = at(index);
    const std::ptrdiff_t before = unfinished(index);
    const bool is_ahead = !future.done() && kWorkers <= before && before < kWorkers + kQueuedAhead;
    return is_ahead ? Item("it may be queued ahead") : Item(question(future));
  }
  std::vector<Item> map() const {
    if (unfinished(futures->size()) >= kWorkers) return {"busy"};
    return executor.map(twice, {1, 2, 3});
  }
  Item shutdown(bool wait) {
    if (waits_no_more) return "once without waiting";
    waits_no_more = !wait;
    executor.shutdown(wait);
    return None;
  }

  GatedTasks tasks;
  ProcessPoolExecutor executor{"executor", kWorkers};
  std::shared_ptr<std::vector<Future>> futures = std::make_shared<std::vector<Future>>();
  std::shared_ptr<std::vector<Item>> said = std::make_shared<std::vector<Item>>();
  bool waits_no_more = false;
};

std::vector<BothCalls<Work>> all_calls(bool dies) {
  std::vector<BothCalls<Work>> calls{
      {"w.begin(square, 3)", [](Work& w, auto) { w.square(3); }, 8},
      {"[w.begin(square, n) for n in (5, 6, 7)] and None",
       [](Work& w, auto) {
         for (const int n : {5, 6, 7})
           w.square(n);
       },
       3},
      {"w.begin(fail)", [](Work& w, auto) { w.fail(); }, 3},
      {"w.map()", [](Work& w, auto) { return w.map(); }, 2},
      {"list(w.said)", [](Work& w, auto) { return *w.said; }, 4},
      {"w.shutdown(True)", [](Work& w, auto) { return w.shutdown(true); }},
      {"w.shutdown(False)", [](Work& w, auto) { return w.shutdown(false); }},
  };
  if (dies) calls.push_back({"w.begin(die)", [](Work& w, auto) { w.die(); }, 6});
  for (const std::size_t k : {0U, 1U, 2U, 3U}) {
    calls.push_back({"w.finish(" + std::to_string(k) + ")", [k](Work& w, auto) { w.tasks.finish(k); }, 5});
  }
  for (const std::size_t k : {0U, 1U, 2U, 5U, 6U}) {
    const std::string index = std::to_string(k);
    const std::string f = "w.futures[" + index + "].";
    calls.insert(
        calls.end(),
        {{f + "result()", [k](Work& w, auto) { return w.at(k).result(); }, 2},
         {f + "result(0)", [k](Work& w, auto) { return w.at(k).result(0s); }},
         {"text(" + f + "exception(0))", [k](Work& w, auto) { return w.at(k).exception(0s); }},
         {"text(" + f + "exception())", [k](Work& w, auto) { return w.at(k).exception(); }},
         {f + "done()", [k](Work& w, auto) { return w.at(k).done(); }},
         {f + "cancelled()", [k](Work& w, auto) { return w.at(k).cancelled(); }},
         {"w.ask(" + index + ", 'running')",
          [k](Work& w, auto) { return w.ask(k, [](const Future& each) { return each.running(); }); }, 2},
         {"w.ask(" + index + ", 'cancel')",
          [k](Work& w, auto) { return w.ask(k, [](const Future& each) { return each.cancel(); }); }, 2},
         {f + "add_done_callback(lambda f: w.said.append(f.cancelled()))", [k](Work& w, auto) {
            w.at(k).add_done_callback(
                [said = w.said](const Future& each) { said->emplace_back(each.cancelled()); });
          }}});
  }
  return calls;
}

}  // namespace

TEST_CASE("ProcessPoolExecutor does what CPython's does, call by call", "[notsan]") {
  for (const bool dies : {false, true}) {
    Subject executor = subject<Work>(
        dies ? "ProcessPoolExecutor that loses a process" : "ProcessPoolExecutor",
        "from pools import *\n"
        "w = ExecutorWork(tell)\n"
        "settle, returns, tells, tidy = w.settle, w.returns, w.tells, w.tidy\n"
        "w.begin(square, 3)\n"
        "w.begin(fail)\n"
        "settle()",
        [] { return Work(); }, all_calls(dies));
    executor.driver = "real.py";
    executor.one_of = 4;
    compare(executor, Waiters::in_order);
  }
}
