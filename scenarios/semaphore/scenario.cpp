// Some workers pass a gate that a semaphore guards, others walk by outside. Who has to wait?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void work(std::string_view place, int lines) {
  for (int i = 1; i <= lines; ++i) {
    print("{}: line {}", place, i);  //@ print
    sleep(500ms, place);             //@ work
  }
}

void gated_worker(Semaphore gate, Shared<int> inside, int permits, int lines) {
  const With permit(gate);                               //@ permit
  check("inside <= permits", inside.add(1) <= permits);  //@ enter
  work("inside", lines);
  inside.add(-1);  //@ leave
}

void ungated_worker(int lines) { work("outside", lines); }

void open_gate(const Setup& setup) {
  const int permits = setup.param("permits");
  const int lines = setup.param("lines");
  const Semaphore gate("gate", permits);
  const Shared<int> inside("inside");

  std::vector<Thread> workers;
  for (int i = 1; i <= setup.param("gated"); ++i) {
    workers.emplace_back(WorkerOptions{.name = fmt::format("Gated {}", i)}, gated_worker, gate, inside,
                         permits, lines);
  }
  for (int i = 1; i <= setup.param("ungated"); ++i) {
    workers.emplace_back(WorkerOptions{.name = fmt::format("Ungated {}", i)}, ungated_worker, lines);
  }
  for (const Thread& worker : workers)
    worker.start();  //@ start
  for (const Thread& worker : workers)
    worker.join();                //@ join
  print("all workers are done");  //@ tell
}

const Registration registered{{
    .id = "semaphore",
    .chapter = Chapter::signals,
    .position = 1,
    .difficulty = 1,
    .related = {"semaphore-handoff", "semaphore-mutex", "executor"},
    .variants = {{"semaphore",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Everybody who passes the gate holds a permit, and gives it back on the way out.",
                    "进门的人都拿着一个许可，出门时归还。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "More inside than permits would need a permit that two hold at once.",
                    "里面的人比许可多，就得有一个许可同时被两个人拿着。"},
                   {Outcome::stuck, Expectation::forbidden, "Every permit comes back, so everybody gets in.",
                    "每个许可都会归还，所以人人都能进去。"}}}},
    .params = {{.name = "permits", .value = 5, .step_value = 2, .min = 1, .max = 20},
               {.name = "gated", .value = 5, .step_value = 3, .min = 0, .max = 20},
               {.name = "ungated", .value = 5, .step_value = 1, .min = 0, .max = 20},
               {.name = "lines", .value = 10, .step_value = 1, .min = 1, .max = 20}},
    .main = open_gate,
}};

}  // namespace
