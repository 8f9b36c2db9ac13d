// Programs that lose what they rely on, or ask the system for more than it has; only the tests know them.
#include <vector>

#include "core/scenario/api.hpp"

namespace {

using namespace lockstep::api;

const Function work("work", [](Event begun) {
  begun.set();
  sleep(100000s);
});

/// A worker of it is to be killed from outside.
void lose_pool_worker(const Setup& setup) {
  const Event begun("begun");
  if (setup.is("pool")) {
    const Pool pool("pool", 2);
    const AsyncResult result = pool.apply_async(work, args(begun));
    begun.wait();
    print("a worker is at work");
    result.get();
  } else {
    const ProcessPoolExecutor executor("executor", 2);
    const Future future = executor.submit(work, args(begun));
    begun.wait();
    print("a worker is at work");
    future.result();
  }
}

/// Its server is to be killed from outside.
void lose_manager(const Setup&) {
  const Manager manager("manager");
  const DictProxy stock = manager.dict("stock");
  print("the server answers");
  for (int i = 0;; ++i) {
    stock["count"] = i;
    sleep(1s);
  }
}

void take_port(const Setup& setup) {
  const ServerSocket first = create_server("first", setup.param("port"));
  print("listens");
  first.close();
}

void take_port_twice(const Setup&) {
  const ServerSocket first = create_server("first");
  create_server("second", first.address().port).close();
}

void open_pipes(const Setup&) {
  std::vector<std::pair<Connection, Connection>> pipes;
  for (;;)
    pipes.push_back(Pipe("pipe"));
}

void start_many(const Setup& setup) {
  std::vector<Thread> threads;
  for (int i = 0; i < setup.param("threads"); ++i) {
    threads.emplace_back(WorkerOptions{}, [] {});
    threads.back().start();
    threads.back().join();
  }
}

lockstep::Scenario fault(std::string_view id, int position, void (*main)(const Setup&)) {
  lockstep::Scenario scenario;
  scenario.id = id;
  scenario.chapter = Chapter::threads;
  scenario.position = 150 + position;
  scenario.variants = {{.name = "default", .verdict = Verdict::always_fails, .outcomes = {}}};
  scenario.main = main;
  return scenario;
}

lockstep::Scenario pool_scenario() {
  lockstep::Scenario scenario = fault("fault-pool-worker", 1, lose_pool_worker);
  scenario.variants = {{.name = "pool", .verdict = Verdict::always_fails, .outcomes = {}},
                       {.name = "executor", .verdict = Verdict::always_fails, .outcomes = {}}};
  return scenario;
}

lockstep::Scenario with_param(lockstep::Scenario scenario, std::string_view name, int value, int max) {
  scenario.params = {{.name = name, .value = value, .step_value = 1, .min = 1, .max = max}};
  return scenario;
}

const Registration registered[] = {
    Registration(pool_scenario()),
    Registration(fault("fault-manager", 2, lose_manager)),
    Registration(with_param(fault("fault-port", 3, take_port), "port", 1, 65535)),
    Registration(fault("fault-port-twice", 4, take_port_twice)),
    Registration(fault("fault-pipes", 5, open_pipes)),
    Registration(with_param(fault("fault-threads", 6, start_many), "threads", 300, 1000)),
};

}  // namespace
