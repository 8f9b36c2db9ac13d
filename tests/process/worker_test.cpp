#include "tests/catch.hpp"

#include "core/explore/fiber_run.hpp"
#include "core/process/worker.hpp"
#include "core/sync/event.hpp"
#include "core/sync/program.hpp"
#include "core/sync/variable.hpp"
#include "tests/explore/schedulers.hpp"
#include "tests/runtime/live_program.hpp"

using namespace lockstep::api;
using lockstep::Error;
using lockstep::EventKind;
using lockstep::FiberRun;
using lockstep::test::error_of;
using lockstep::test::in_live_run;
using lockstep::test::RandomScheduler;
using lockstep::test::run_live;

TEST_CASE("a thread shares a Global, a process has a copy") {
  const auto recorded = run_live([] {
    Global<int> global("value", 100);
    const auto change = [](Global<int> g) { g.store(g.load() - 1); };
    Process process({.name = "process", .daemon = {}}, change, global);
    process.start();
    process.join();
    print("{}", global.load());
    Thread thread({.name = "thread", .daemon = {}}, change, global);
    thread.start();
    thread.join();
    print("{}", global.load());
  });
  CHECK(recorded.printed == std::vector<std::string>{"100", "99"});
}

TEST_CASE("exit codes: none while alive, 0 after a normal end, 1 after an error") {
  const auto recorded = in_live_run([] {
    const Event go("go");
    Process good({.name = "good", .daemon = {}}, [=] { go.wait(); });
    VERIFY(!good.is_alive());
    VERIFY(!good.exitcode().has_value());
    good.start();
    VERIFY(good.is_alive());
    VERIFY(good.pid() > 0);
    go.set();
    good.join();
    VERIFY(good.exitcode() == 0);
    VERIFY(!good.is_alive());
    Process bad({.name = "bad", .daemon = {}}, [] { throw Error("ValueError", "no"); });
    bad.start();
    bad.join();
    VERIFY(bad.exitcode() == 1);
  });
  CHECK(recorded.exit_code == 0);
}

TEST_CASE("join with a time-out tells whether the worker has ended") {
  in_live_run([] {
    const Event go("go");
    Thread thread({.name = "t", .daemon = {}}, [=] { go.wait(); });
    thread.start();
    VERIFY(!thread.join(1s));
    go.set();
    VERIFY(thread.join());
  });
}

TEST_CASE("starting twice, joining too early and joining oneself raise what Python raises") {
  in_live_run([] {
    Thread thread({.name = "t", .daemon = {}}, [] {});
    VERIFY(error_of([&] { thread.join(); }) == "RuntimeError: cannot join thread before it is started");
    thread.start();
    VERIFY(error_of([&] { thread.start(); }) == "RuntimeError: threads can only be started once");
    thread.join();
    Process process({.name = "p", .daemon = {}}, [] {});
    VERIFY(error_of([&] { process.join(); }) == "AssertionError: can only join a started process");
    process.start();
    VERIFY(error_of([&] { process.start(); }) == "AssertionError: cannot start a process twice");
    process.join();
  });
}

TEST_CASE("the end of main waits for the workers that are no daemons") {
  const auto recorded = run_live([] {
    const Event main_done("main done");
    const Event thread_done("thread done");
    Thread({.name = "t", .daemon = {}}, [=] {
      main_done.wait();
      print("thread done");
      thread_done.set();
    }).start();
    Process({.name = "p", .daemon = {}}, [=] {
      thread_done.wait();
      print("process done");
    }).start();
    print("main done");
    main_done.set();
  });
  CHECK(recorded.printed == std::vector<std::string>{"main done", "thread done", "process done"});
}

TEST_CASE("the end of main joins only those whom nobody has joined") {
  FiberRun run([] {
    const Thread joined({.name = "joined", .daemon = {}}, [] {});
    const Thread left({.name = "left", .daemon = {}}, [] {});
    const Thread joiner({.name = "joiner", .daemon = {}}, [joined] { joined.join(); });
    for (const Thread& thread : {joined, left, joiner})
      thread.start();
    joiner.join();
  });
  RandomScheduler random(1);
  std::vector<lockstep::Event> events;
  run.run(random, &events);
  std::vector<std::string_view> joined_by_main;
  for (const lockstep::Event& event : events) {
    if (event.kind == EventKind::join && event.worker == lockstep::kMainWorker)
      joined_by_main.push_back(run.arena().text(run.arena().object(event.object).name));
  }
  CHECK(joined_by_main == std::vector<std::string_view>{"joiner", "left"});
}

TEST_CASE("default names count up") {
  in_live_run([] {
    VERIFY(Thread({}, [] {}).name() == "Thread-1");
    VERIFY(Thread({}, [] {}).name() == "Thread-2");
    VERIFY(Process({}, [] {}).name() == "Process-1");
  });
}

TEST_CASE("an error that nobody catches is recorded with its text and ends the worker with 1") {
  const auto recorded = run_live([] { raise("ValueError", "wrong"); });
  CHECK(recorded.exit_code == 1);
  CHECK(recorded.raised == std::vector<std::string>{"ValueError: wrong"});
}
