// concurrent.futures: executors and their futures.
#include "tests/catch.hpp"

#include "tests/parity/parity.hpp"
#include "tests/parity/tasks.hpp"

using namespace lockstep::api;
using lockstep::parity::BothCalls;
using lockstep::parity::Caller;
using lockstep::parity::compare;
using lockstep::parity::subject;
using lockstep::parity::twice;
using lockstep::parity::Waiters;

namespace {

/// Tasks wait at `go`, so that a sequence says when they end.
template <class Executor>
struct Work {
  Executor executor{"executor", 2};
  Semaphore go{"go", 0};
  std::shared_ptr<std::vector<Future>> futures = std::make_shared<std::vector<Future>>();
  std::shared_ptr<std::vector<Item>> said = std::make_shared<std::vector<Item>>();

  void square(int n) {
    const Function task("square", [go = go](int number) {
      go.acquire();
      return number * number;
    });
    futures->push_back(executor.submit(task, args(n)));
  }
  void fail() {
    const Function task("fail", [go = go] {
      go.acquire();
      throw lockstep::Error("ValueError", "no");
    });
    futures->push_back(executor.submit(task));
  }
  const Future& at(std::size_t index) const { return lockstep::parity::at(*futures, index); }
};

constexpr const char* kSetup =
    "futures, said = [], []\n"
    "def square(n): go.acquire(); return n * n\n"
    "def fail(): go.acquire(); raise ValueError('no')\n"
    "def twice(n): return 2 * n\n"
    "def keep(future): futures.append(future)\n"
    "def text(error): return error and f'{type(error).__name__}: {error}'\n"
    "def say(future): said.append(future.cancelled())\n";

template <class Executor>
std::vector<BothCalls<Work<Executor>>> calls() {
  using W = Work<Executor>;
  std::vector<BothCalls<W>> all{
      {"keep(executor.submit(square, 3))", [](W& w, auto) { w.square(3); }, 8},
      {"keep(executor.submit(fail))", [](W& w, auto) { w.fail(); }, 2},
      {"go.release()", [](W& w, auto) { w.go.release(); }, 5},
      {"list(executor.map(twice, [1, 2, 3]))",
       [](W& w, auto) {
         return w.executor.map(twice, {1, 2, 3});
       }},
      {"executor.shutdown()", [](W& w, auto) { w.executor.shutdown(); }, 2},
      {"executor.shutdown(wait=False)", [](W& w, auto) { w.executor.shutdown(false); }},
      {"executor.shutdown(wait=False, cancel_futures=True)",
       [](W& w, auto) { w.executor.shutdown(false, true); }},
      {"list(said)", [](W& w, auto) { return *w.said; }, 2},
  };
  for (const std::size_t i : {0U, 1U}) {
    const std::string f = "futures[" + std::to_string(i) + "].";
    all.insert(all.end(), {
                              {f + "result()", [i](W& w, auto) { return w.at(i).result(); }, 3},
                              {f + "result(timeout=T)",
                               [i](W& w, const Caller& who) { return w.at(i).result(who.timeout); }, 2},
                              {f + "result(0)", [i](W& w, auto) { return w.at(i).result(0s); }},
                              {"text(" + f + "exception(timeout=T))",
                               [i](W& w, const Caller& who) { return w.at(i).exception(who.timeout); }},
                              {f + "done()", [i](W& w, auto) { return w.at(i).done(); }},
                              {f + "running()", [i](W& w, auto) { return w.at(i).running(); }},
                              {f + "cancelled()", [i](W& w, auto) { return w.at(i).cancelled(); }},
                              {f + "cancel()", [i](W& w, auto) { return w.at(i).cancel(); }},
                              {f + "add_done_callback(say)",
                               [i](W& w, auto) {
                                 w.at(i).add_done_callback([said = w.said](const Future& each) {
                                   said->push_back(Item(each.cancelled()));
                                 });
                               }},
                          });
  }
  return all;
}

}  // namespace

TEST_CASE("ThreadPoolExecutor and Future do what CPython's do, call by call", "[notsan]") {
  using Threads = Work<ThreadPoolExecutor>;
  compare(subject<Threads>(
              "ThreadPoolExecutor",
              fmt::format("from concurrent.futures import ThreadPoolExecutor\n"
                          "executor = ThreadPoolExecutor(2)\n"
                          "go = threading.Semaphore(0)\n"
                          "{}",
                          kSetup),
              [] { return Threads{}; }, calls<ThreadPoolExecutor>()),
          Waiters::in_order);
}
