// Programs that go wrong on purpose; only the tests know them.
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "core/scenario/api.hpp"

namespace {

using namespace lockstep::api;

void abort_in_process(const Setup&) {
  Process victim({.name = "Victim", .daemon = {}}, [] {
    print("about to abort");
    std::abort();
  });
  victim.start();
  victim.join();
  print("exit code {}", victim.exitcode().value_or(99));
}

void segfault_in_main(const Setup&) {
  print("about to crash");
  std::signal(SIGSEGV, SIG_DFL);  // a sanitizer would catch it
  std::raise(SIGSEGV);
}

void eat_memory(const Setup& setup) {
  const auto eat = [] {
    std::vector<std::unique_ptr<char[]>> kept;
    for (;;) {
      constexpr std::size_t kMebibyte = std::size_t{1} << 20;
      kept.push_back(std::make_unique<char[]>(kMebibyte));
      std::memset(kept.back().get(), 1, kMebibyte);
    }
  };
  if (setup.is("one-process")) eat();
  std::vector<Process> eaters;
  for (int i = 0; i < 3; ++i)
    eaters.emplace_back(WorkerOptions{}, eat);
  for (const Process& eater : eaters)
    eater.start();
  for (const Process& eater : eaters)
    eater.join();
}

void spin(const Setup&) {
  print("spinning");
  volatile bool forever = true;
  while (forever) {
  }
}

void print_a_lot(const Setup& setup) {
  for (int i = 0; i < setup.param("lines"); ++i)
    print("line {}", i);
}

void hold_and_wait(const Setup&) {
  Lock lock("lock");
  Process holder(
      {.name = "Holder", .daemon = {}},
      [](Lock l) {
        l.acquire();
        print("holding");
        sleep(100000s);
      },
      lock);
  Process waiter(
      {.name = "Waiter", .daemon = {}},
      [](Lock l) {
        sleep(1s);
        l.acquire();
      },
      lock);
  holder.start();
  waiter.start();
  holder.join();
  waiter.join();
}

void hammer(const Setup&) {
  Lock lock("lock");
  Shared<int> counter("counter", 0);
  const auto body = [](Lock l, Shared<int> c) {
    for (int i = 0; i < 3000; ++i) {
      l.acquire();
      c.add(1);
      l.release();
    }
  };
  std::vector<Process> workers;
  for (int i = 0; i < 3; ++i)
    workers.emplace_back(WorkerOptions{}, body, lock, counter);
  for (const Process& worker : workers)
    worker.start();
  for (const Process& worker : workers)
    worker.join();
  print("survived");
}

void many_sleepers(const Setup&) {
  std::vector<Process> workers;
  for (int i = 0; i < 4; ++i)
    workers.emplace_back(WorkerOptions{}, [] { sleep(100000s); });
  for (const Process& worker : workers)
    worker.start();
  print("all started");
  for (const Process& worker : workers)
    worker.join();
}

void end_children(const Setup&) {
  const auto sleeper = [] { sleep(100000s); };
  Process asked({.name = "Asked"}, sleeper);
  asked.start();
  asked.terminate();
  asked.join();
  print("terminated: {}", asked.exitcode().value_or(99));
  Process killed({.name = "Killed"}, sleeper);
  killed.start();
  print("ended in time: {}", killed.join(1s));
  killed.kill();
  killed.join();
  print("killed: {}, alive: {}", killed.exitcode().value_or(99), killed.is_alive());
  Process early({.name = "Early"}, [] {});
  early.start();
  sleep(100000s);
  early.join();
}

void partly_stuck(const Setup&) {
  RLock left("left");
  RLock right("right");
  const auto take = [](RLock first, RLock second) {
    first.acquire();
    sleep(1s);
    second.acquire();
  };
  Thread({.name = "A", .daemon = {}}, take, left, right).start();
  Thread({.name = "B", .daemon = {}}, take, right, left).start();
  Thread({.name = "C", .daemon = {}}, [] {
    for (int i = 0; i < 100000; ++i)
      sleep(1s);
  }).start();
}

void two_daemons(const Setup&) {
  Queue queue("queue");
  Thread(
      {.name = "Thread daemon", .daemon = true}, [](Queue q) { q.get(); }, queue)
      .start();
  Process(
      {.name = "Process daemon", .daemon = true}, [](Queue q) { q.get(); }, queue)
      .start();
  sleep(1s);
  print("main ends");
}

lockstep::Scenario fault(std::string_view id, int position, void (*main)(const Setup&)) {
  lockstep::Scenario scenario;
  scenario.id = id;
  scenario.chapter = Chapter::threads;
  scenario.position = 100 + position;
  scenario.variants = {{.name = "default", .verdict = Verdict::always_fails, .outcomes = {}}};
  scenario.main = main;
  return scenario;
}

lockstep::Scenario eat_memory_scenario() {
  lockstep::Scenario scenario = fault("fault-memory", 3, eat_memory);
  scenario.variants = {{.name = "one-process", .verdict = Verdict::always_fails, .outcomes = {}},
                       {.name = "three-processes", .verdict = Verdict::always_fails, .outcomes = {}}};
  return scenario;
}

lockstep::Scenario print_scenario() {
  lockstep::Scenario scenario = fault("fault-print", 5, print_a_lot);
  scenario.params = {{.name = "lines", .value = 1'000'000, .step_value = 1, .min = 1, .max = 10'000'000}};
  return scenario;
}

const Registration registered[] = {
    Registration(fault("fault-abort", 1, abort_in_process)),
    Registration(fault("fault-segfault", 2, segfault_in_main)),
    Registration(eat_memory_scenario()),
    Registration(fault("fault-spin", 4, spin)),
    Registration(print_scenario()),
    Registration(fault("fault-hold", 6, hold_and_wait)),
    Registration(fault("fault-hammer", 7, hammer)),
    Registration(fault("fault-sleepers", 8, many_sleepers)),
    Registration(fault("fault-partly-stuck", 9, partly_stuck)),
    Registration(fault("fault-daemons", 10, two_daemons)),
    Registration(fault("fault-end-children", 11, end_children)),
};

}  // namespace
