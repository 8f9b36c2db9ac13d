#include "tests/catch.hpp"

#include "core/process/inspect.hpp"
#include "core/sync/event.hpp"
#include "core/sync/queue.hpp"
#include "tests/runtime/live_program.hpp"

using namespace lockstep::api;
using lockstep::EventKind;
using lockstep::test::error_of;
using lockstep::test::in_live_run;

using Names = std::vector<std::string>;

TEST_CASE(
    "threads without a name are numbered apart from the named ones, children of a process in any case") {
  in_live_run([] {
    const auto nothing = [] {};
    VERIFY(Thread({.name = {}, .daemon = {}}, nothing).name() == "Thread-1");
    VERIFY(Thread({.name = "Thread-x", .daemon = {}}, nothing).name() == "Thread-x");
    VERIFY(Thread({.name = {}, .daemon = {}}, nothing).name() == "Thread-2");
    VERIFY(Process({.name = "named", .daemon = {}}, nothing).name() == "named");
    Process second({.name = {}, .daemon = {}}, [=] {
      VERIFY(Thread({.name = {}, .daemon = {}}, nothing).name() == "Thread-3");
      VERIFY(Process({.name = {}, .daemon = {}}, nothing).name() == "Process-2:1");
      VERIFY(Process({.name = {}, .daemon = {}}, nothing).name() == "Process-2:2");
    });
    VERIFY(second.name() == "Process-2");
    second.start();
    second.join();
    VERIFY(Process({.name = {}, .daemon = {}}, nothing).name() == "Process-3");
  });
}

TEST_CASE("a thread inherits being a daemon from its maker, but not from its process") {
  in_live_run([] {
    const auto nothing = [] {};
    Thread daemon({.name = "d", .daemon = true}, [=] {
      VERIFY(Thread({.name = "t", .daemon = {}}, nothing).daemon());
      VERIFY(!Process({.name = "p", .daemon = {}}, nothing).daemon());
    });
    daemon.start();
    daemon.join();
    Process process({.name = "q", .daemon = true}, [=] {
      VERIFY(!Thread({.name = "u", .daemon = {}}, nothing).daemon());
      VERIFY(Process({.name = "r", .daemon = {}}, nothing).daemon());
    });
    process.start();
    process.join();
  });
}

TEST_CASE("enumerate names the threads of this process that are alive, main counts as one") {
  const auto recorded = in_live_run([] {
    VERIFY(enumerate() == Names{"main"});
    Event stop("stop");
    Thread alive({.name = "alive", .daemon = {}}, [=] { stop.wait(); });
    Thread idle({.name = "not started", .daemon = {}}, [] {});
    Thread over({.name = "over", .daemon = {}}, [] {});
    alive.start();
    over.start();
    over.join();
    VERIFY((enumerate() == Names{"main", "alive"}));
    VERIFY(active_count() == 2);
    Process process({.name = "child", .daemon = {}}, [] { VERIFY(enumerate() == Names{"child"}); });
    process.start();
    process.join();
    stop.set();
    alive.join();
    VERIFY(active_count() == 1);
  });
  CHECK(recorded.count(EventKind::thread_list) == 5);
}

TEST_CASE("a child that has ended is a zombie until its parent waits for it, then gone") {
  const auto recorded = in_live_run([] {
    Process child({.name = "child", .daemon = {}}, [] {});
    child.start();
    const int pid = child.pid();
    while (child.is_alive()) {
    }
    VERIFY(kernel_state(pid) == 'Z');
    VERIFY(parent_pid_of(pid) == current_pid());
    child.join();
    VERIFY(kernel_state(pid) == 0);
    VERIFY(error_of([] { kernel_state(-5); }) == "ValueError: no process of this run has the pid -5");
  });
  CHECK(recorded.count(EventKind::kernel_state) == 2);
}

// [notsan]: its library ends a process that was forked from several threads, as here, and starts a thread.
TEST_CASE("a process has its own pid, its threads share it, and its parent's pid is that of who started it",
          "[notsan]") {
  in_live_run([] {
    Queue pids("pids");
    const int main = current_pid();
    Process child({.name = "child", .daemon = {}}, [=] {
      pids.put(current_pid());
      pids.put(parent_pid());
      Thread thread({.name = "t", .daemon = {}}, [=] { pids.put(current_pid()); });
      thread.start();
      thread.join();
      VERIFY(parent_pid() == main);
    });
    child.start();
    const auto pid = pids.get().as_int();
    VERIFY(pid == child.pid());
    VERIFY(pid != main);
    VERIFY(pids.get().as_int() == main);
    VERIFY(pids.get().as_int() == pid);
    child.join();
  });
}
