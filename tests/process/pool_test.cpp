// Pool and the executors: what CPython's do, live and under any schedule.
#include "core/process/pool.hpp"

#include <csignal>

#include "core/process/executor.hpp"
#include "core/process/inspect.hpp"
#include "core/sync/event.hpp"
#include "core/sync/queue.hpp"
#include "core/sync/variable.hpp"
#include "tests/process/both_runtimes.hpp"

using namespace lockstep::api;
using lockstep::EventKind;
using lockstep::test::error_of;
using lockstep::test::in_both_runtimes;
using lockstep::test::in_live_run;
using lockstep::test::on_fibers;

namespace {

const Function square("square", [](int n) { return n * n; });
const Function fail_at("fail_at", [](int n, int bad) {
  if (n == bad) throw lockstep::Error("ValueError", "bad number");
  return n;
});
const Function pid("pid", [] { return current_pid(); });

std::vector<std::int64_t> ints(const std::vector<Item>& items) {
  std::vector<std::int64_t> result;
  for (const Item& item : items)
    result.push_back(item.as_int());
  return result;
}

}  // namespace

TEST_CASE("apply and apply_async return what the function returns, in a process of the pool") {
  const auto recorded = in_both_runtimes([] {
    const Pool pool("pool", 2);
    VERIFY(pool.apply(square, args(3)) == Item(9));
    const AsyncResult first = pool.apply_async(square, args(4));
    const AsyncResult second = pool.apply_async(pid);
    VERIFY(first.get() == Item(16));
    VERIFY(second.get().as_int() != current_pid());
    VERIFY(first.ready());
    VERIFY(first.successful());
    pool.close();
    pool.join();
  });
  CHECK(recorded.count(EventKind::pool_submit) == 3);
  CHECK(recorded.count(EventKind::pool_hire) == 2);
}

TEST_CASE("an error of a task is raised by get, with its type and message") {
  in_both_runtimes([] {
    const Pool pool("pool", 1);
    const AsyncResult result = pool.apply_async(fail_at, args(2, 2));
    VERIFY(error_of([=] { result.get(); }) == "ValueError: bad number");
    VERIFY(!result.successful());
    VERIFY(pool.apply(fail_at, args(1, 2)) == Item(1));
    pool.close();
    pool.join();
  });
}

TEST_CASE("map returns the results in the order of its items, and raises only when all are done") {
  in_both_runtimes(
      [] {
        const Pool pool("pool", 2);
        VERIFY((ints(pool.map(square, {1, 2, 3})) == std::vector<std::int64_t>{1, 4, 9}));
        const Function odd("odd", [](int n) {
          if (n == 2) throw lockstep::Error("ValueError", "even");
          return n;
        });
        const MapResult result = pool.map_async(odd, {1, 2, 3});
        VERIFY(error_of([=] { result.get(); }) == "ValueError: even");
        VERIFY(result.ready());
        VERIFY(!result.successful());
        pool.close();
        pool.join();
      },
      100);
}

TEST_CASE("callbacks run in the parent, the one for errors with the error") {
  in_both_runtimes([] {
    const int parent = current_pid();
    const Queue seen("seen");
    const Pool pool("pool", 2);
    const auto callback = [=](const Item& value) {
      VERIFY(current_pid() == parent);
      seen.put(value);
    };
    const auto error_callback = [=](const Item& error) {
      VERIFY(current_pid() == parent);
      seen.put(error);
    };
    pool.apply_async(square, args(5), callback, error_callback);
    VERIFY(seen.get() == Item(25));
    pool.apply_async(fail_at, args(1, 1), callback, error_callback);
    VERIFY(seen.get().str() == "ValueError: bad number");
    const auto sum = [=](const std::vector<Item>& list) {
      std::int64_t total = 0;
      for (const Item& item : list)
        total += item.as_int();
      seen.put(total);
    };
    pool.map_async(square, {1, 2}, sum, error_callback);
    VERIFY(seen.get() == Item(5));
    pool.close();
    pool.join();
  });
}

TEST_CASE("closing, terminating and joining in the wrong order raise what Python raises") {
  on_fibers([] {
    VERIFY(error_of([] { Pool("none", 0); }) == "ValueError: Number of processes must be at least 1");
    const Pool pool("pool", 1);
    VERIFY(error_of([=] { pool.join(); }) == "ValueError: Pool is still running");
    pool.close();
    VERIFY(error_of([=] { pool.apply_async(square, args(1)); }) == "ValueError: Pool not running");
    VERIFY(error_of([=] { pool.map(square, {1}); }) == "ValueError: Pool not running");
    pool.join();
    const Pool other("other", 1);
    other.terminate();
    VERIFY(error_of([=] { other.apply(square, args(1)); }) == "ValueError: Pool not running");
    other.join();
  });
}

TEST_CASE("after close all tasks are done, after terminate those that waited are not") {
  on_fibers([] {
    const Shared<int> ran("ran", 0);
    const auto task = [ran] { ran.add(1); };
    const Pool pool("pool", 2);
    for (int i = 0; i < 3; ++i)
      pool.apply_async(task);
    pool.close();
    pool.join();
    VERIFY(ran.load() == 3);
  });
  on_fibers([] {
    const Shared<int> ran("ran", 0);
    const Pool pool("pool", 1);
    const AsyncResult one = pool.apply_async([ran] { ran.add(1); });
    one.get();
    const Event gate("gate");
    pool.apply_async([gate] { gate.wait(); });
    const AsyncResult never = pool.apply_async([ran] { ran.add(1); });
    pool.terminate();
    VERIFY(error_of([=] { never.get(0s); }) == "TimeoutError");
  });
}

TEST_CASE("a pool that nobody closes ends with the program") {
  on_fibers([] {
    const Pool pool("pool", 2);
    VERIFY(pool.apply(square, args(2)) == Item(4));
  });
}

TEST_CASE("get with a time-out raises TimeoutError while the task runs") {
  in_live_run([] {
    const Pool pool("pool", 1);
    const Event go("go");
    const AsyncResult result = pool.apply_async([go] { go.wait(); });
    VERIFY(error_of([=] { result.get(1s); }) == "TimeoutError");
    VERIFY(!result.ready());
    VERIFY(error_of([=] { result.successful(); }) == "ValueError: the result is not ready");
    go.set();
    result.wait();
    VERIFY(result.get().is_none());
    pool.close();
    pool.join();
  });
}

TEST_CASE("a worker that is killed is replaced, and only its task is lost") {
  on_fibers([] {
    const Pool pool("pool", 1);
    const int victim = static_cast<int>(pool.apply(pid).as_int());
    const AsyncResult lost = pool.apply_async([] { sleep(100s); });
    os_kill(victim, SIGKILL);
    const Item other = pool.apply(pid);
    VERIFY(other != Item(victim) || lost.ready());
    pool.close();
    pool.join();
  });
}

// --- executors

TEST_CASE("a thread pool runs tasks in the same process, under CPython's names") {
  const auto recorded = in_both_runtimes([] {
    const ThreadPoolExecutor executor("executor", 2);
    const Future future = executor.submit(square, args(6));
    const Future name = executor.submit(Function("name", [] { return Item(current_name()); }));
    VERIFY(future.result() == Item(36));
    VERIFY(name.result().str().starts_with("ThreadPoolExecutor-0_"));
    VERIFY(executor.submit(pid).result() == Item(current_pid()));
    VERIFY(future.done() && !future.running() && !future.cancelled());
    VERIFY(!future.cancel());
    VERIFY(future.exception().is_none());
    executor.shutdown();
    VERIFY(error_of([=] { executor.submit(pid); }) ==
           "RuntimeError: cannot schedule new futures after shutdown");
  });
  CHECK(recorded.count(EventKind::pool_hire) == 2);
}

TEST_CASE("a process pool runs tasks in processes and its callbacks in the parent") {
  in_both_runtimes(
      [] {
        const Shared<int> calls("calls", 0);
        const int parent = current_pid();
        const ProcessPoolExecutor executor("executor", 2);
        {
          const With scope(executor);
          const Future future = executor.submit(fail_at, args(1, 1));
          VERIFY(future.exception().str() == "ValueError: bad number");
          VERIFY(error_of([=] { future.result(); }) == "ValueError: bad number");
          const Future other = executor.submit(pid);
          other.add_done_callback([=](const Future& f) {
            VERIFY(f.result().as_int() != parent);
            VERIFY(current_pid() == parent);
            calls.add(1);
          });
        }
        VERIFY(calls.load() == 1);
      },
      100);
}

TEST_CASE("a future that waits can be cancelled, and says so") {
  in_both_runtimes([] {
    const Event go("go");
    const ThreadPoolExecutor executor("executor", 1);
    const Future first = executor.submit([go] { go.wait(); });
    const Future second = executor.submit(square, args(1));
    const Shared<int> calls("calls", 0);
    second.add_done_callback([=](const Future& f) {
      calls.add(1);
      VERIFY(f.cancelled());
    });
    VERIFY(second.cancel());
    VERIFY(second.cancel());
    VERIFY(second.done());
    VERIFY(error_of([=] { second.result(); }) == "CancelledError");
    VERIFY(calls.load() == 1);
    go.set();
    first.result();
    executor.shutdown();
  });
}

TEST_CASE("map of an executor gives the results in order, shutdown can cancel what waits") {
  in_both_runtimes(
      [] {
        const ThreadPoolExecutor executor("executor", 2);
        VERIFY((ints(executor.map(square, {1, 2, 3})) == std::vector<std::int64_t>{1, 4, 9}));
        const Event go("go");
        const ThreadPoolExecutor one("one", 1);
        const Future first = one.submit([go] { go.wait(); });
        while (!first.running())
          sleep(1s);
        const Future second = one.submit(square, args(1));
        one.shutdown(false, true);
        VERIFY(second.cancelled());
        go.set();
        one.shutdown();
        executor.shutdown();
      },
      100);
}

TEST_CASE("an executor that nobody shuts down finishes its tasks at the end of the program") {
  const auto recorded = in_both_runtimes([] {
    const ThreadPoolExecutor executor("executor", 2);
    for (int i = 0; i < 3; ++i)
      executor.submit([] { print("done"); });
  });
  CHECK(recorded.printed.size() == 3);
}

TEST_CASE("a process pool whose process dies is broken, and all who wait are told") {
  on_fibers([] {
    const ProcessPoolExecutor executor("executor", 2);
    const int victim = static_cast<int>(executor.submit(pid).result().as_int());
    os_kill(victim, SIGKILL);
    const std::string broken =
        "BrokenProcessPool: A process in the process pool was terminated abruptly while the future was "
        "running "
        "or pending.";
    std::string error;
    while (error.empty()) {
      error = error_of([&] {
        const Future future = executor.submit([] {});
        error = error_of([&] { future.result(); });
      });
    }
    VERIFY(
        error == broken ||
        error ==
            "BrokenProcessPool: A child process terminated abruptly, the process pool is not usable anymore");
    executor.shutdown();
  });
}
