// Four tasks that compute, or that wait: on threads with one interpreter lock, on threads without it, on
// processes.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

struct Machine {
  Gil gil{"GIL", 500ms};
  Semaphore cores;
  Shared<int> done{"done"};
};

void finish(Machine machine) {
  print("is done");     //@ tell
  machine.done.add(1);  //@ count
}

void compute_with_gil(Machine machine) {
  const With held(machine.gil);          //@ take GIL
  machine.gil.compute(1s, "computing");  //@ compute with GIL
  finish(machine);
}

void compute_freely(Machine machine) {
  const With core(machine.cores);  //@ take core
  compute(1s, "computing");        //@ compute
  finish(machine);
}

void wait_with_gil(Machine machine) {
  const With held(machine.gil);               //@ take GIL to wait
  machine.gil.sleep(1s, "waiting for data");  //@ wait without GIL
  finish(machine);
}

void wait_freely(Machine machine) {
  sleep(1s, "waiting for data");  //@ wait
  finish(machine);
}

auto task_of(const Setup& setup) {
  if (setup.is("cpu-gil-threads")) return compute_with_gil;                    //@ cpu, GIL
  if (setup.is("io-gil-threads")) return wait_with_gil;                        //@ io, GIL
  if (setup.is("io-threads") || setup.is("io-processes")) return wait_freely;  //@ io
  return compute_freely;                                                       //@ cpu
}

template <class Kind>
void do_tasks(const Setup& setup, const Machine& machine) {
  std::vector<Kind> workers;
  for (int i = 1; i <= setup.param("tasks"); ++i)
    workers.emplace_back(WorkerOptions{.name = fmt::format("Task {}", i)}, task_of(setup), machine);  //@ make
  for (const Kind& worker : workers)
    worker.start();  //@ start
  for (const Kind& worker : workers)
    worker.join();  //@ join
}

void compare(const Setup& setup) {
  const Machine machine{.cores = Semaphore("cores", setup.param("cores"), Among::processes)};
  if (setup.is("cpu-processes") || setup.is("io-processes")) {
    do_tasks<Process>(setup, machine);  //@ processes
  } else {
    do_tasks<Thread>(setup, machine);  //@ threads
  }
  print("all tasks are done");                                                //@ end
  check("every task was done", machine.done.load() == setup.param("tasks"));  //@ check
}

std::vector<lockstep::OutcomeRow> outcomes(std::string_view why_en, std::string_view why_zh) {
  return {{Outcome::ok, Expectation::required, why_en, why_zh},
          {Outcome::failed_check, Expectation::forbidden, "Each task counts once, in one step.",
           "每个任务计数一次，一步完成。"},
          {Outcome::stuck, Expectation::forbidden, "Whoever holds a core or the lock gives it back.",
           "占着核或者锁的，总会归还。"}};
}

const Registration registered{{
    .id = "gil-cpu-io",
    .chapter = Chapter::processes,
    .position = 10,
    .difficulty = 2,
    .related = {"creation-cost", "executor", "process-start"},
    .variants = {{"cpu-gil-threads", Verdict::ok,
                  outcomes("Only who holds the lock computes: one after the other, in slices.",
                           "拿着锁的才能计算：轮流来，一次一小段。")},
                 {"cpu-threads", Verdict::ok,
                  outcomes("Each core computes one task: as many at a time as there are cores.",
                           "每个核算一个任务，有几个核就同时算几个。")},
                 {"cpu-processes", Verdict::ok,
                  outcomes("Each process has an interpreter of its own, and so a lock of its own.",
                           "每个进程有自己的解释器，也就有自己的锁。")},
                 {"io-gil-threads", Verdict::ok,
                  outcomes("Who waits gives the lock up, so all wait at the same time.",
                           "等待的时候会放开锁，所以大家同时在等。")},
                 {"io-threads", Verdict::ok,
                  outcomes("Waiting needs no core and no lock.", "等待既不占核，也不要锁。")},
                 {"io-processes", Verdict::ok,
                  outcomes("Waiting needs no core; the processes are only more expensive to make.",
                           "等待不占核，只是创建进程更贵。")}},
    .params = {{.name = "tasks", .value = 4, .step_value = 2, .min = 1, .max = 16},
               {.name = "cores", .value = 2, .step_value = 2, .min = 1, .max = 16}},
    .main = compare,
}};

}  // namespace
