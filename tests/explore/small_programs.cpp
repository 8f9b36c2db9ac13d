#include "tests/explore/small_programs.hpp"

#include <fmt/format.h>

#include <optional>
#include <random>

#include "core/scenario/api.hpp"

namespace lockstep::test {
namespace {

using namespace api;
using namespace std::chrono_literals;
using Main = std::function<void()>;

template <class Worker>
void run_all(const std::vector<Main>& bodies) {
  std::vector<Worker> workers;
  for (std::size_t i = 0; i < bodies.size(); ++i)
    workers.emplace_back(WorkerOptions{.name = fmt::format("W{}", i + 1)}, bodies[i]);
  for (const Worker& worker : workers)
    worker.start();
  for (const Worker& worker : workers)
    worker.join();
}

void lost_update() {
  const Shared<int> x("x");
  run_all<Thread>(std::vector<Main>(2, [=] { x.store(x.load() + 1); }));
  check("nothing is lost", x.load() == 2);
}

void locked_update() {
  const Lock lock("lock");
  const Shared<int> x("x");
  run_all<Process>(std::vector<Main>(2, [=] {
    const With held(lock);
    x.store(x.load() + 1);
  }));
  check("nothing is lost", x.load() == 2);
}

void crossed_locks() {
  const Lock a("a");
  const Lock b("b");
  const auto both = [](const Lock& first, const Lock& second) {
    return [=] {
      const With outer(first);
      const With inner(second);
    };
  };
  run_all<Thread>({both(a, b), both(b, a)});
}

void early_notify() {
  const Lock lock("lock");
  const Condition condition("condition", lock);
  const Shared<bool> ready("ready");
  const bool looks = false;
  run_all<Thread>({[=] {
                     const With held(condition);
                     if (looks && ready.load()) return;
                     condition.wait();
                   },
                   [=] {
                     const With held(condition);
                     ready.store(true);
                     condition.notify();
                   }});
}

void notify_one_of_two() {
  const Lock lock("lock");
  const Condition condition("condition", lock);
  const Shared<int> turn("turn");
  const Main waiter = [=] {
    const With held(condition);
    condition.wait(1s);
    turn.add(1);
  };
  run_all<Thread>({waiter, [=] {
                     const With held(condition);
                     condition.notify();
                   }});
  check("somebody was there", turn.load() == 1);
}

void lock_with_time_out() {
  const Lock lock("lock");
  const Shared<int> got("got");
  run_all<Thread>(std::vector<Main>(2, [=] {
    if (!lock.acquire(1s)) return;
    got.add(1);
    lock.release();
  }));
  check("both got it", got.load() == 2);
}

void try_lock() {
  const Lock lock("lock");
  const Shared<int> got("got");
  run_all<Thread>(std::vector<Main>(2, [=] {
    if (!lock.try_acquire()) return;
    got.add(1);
    lock.release();
  }));
  check("both got it", got.load() == 2);
}

void sleeping_is_no_order() {
  const Shared<int> x("x");
  const Thread late({.name = "late"}, [=] {
    sleep(10s);
    check("set by then", x.load() == 1);
  });
  late.start();
  sleep(1s);
  x.store(1);
  late.join();
}

void bounded_queue() {
  const Queue queue("queue", 1);
  run_all<Thread>({[=] {
                     queue.put(1);
                     queue.put(2);
                   },
                   [=] {
                     const std::int64_t first = queue.get().as_int();
                     check("in order", queue.get().as_int() > first);
                   }});
}

void two_consumers() {
  const Queue queue("queue");
  const Shared<std::int64_t> last("last");
  queue.put(1);
  queue.put(2);
  run_all<Process>(std::vector<Main>(2, [=] { last.store(queue.get().as_int()); }));
  check("the second one was last", last.load() == 2);
}

void queue_time_out() {
  const Queue queue("queue");
  run_all<Thread>({[=] { queue.put(1); }, [=] { queue.get(1s); }});
}

void tasks_done() {
  const JoinableQueue queue("queue");
  const Thread worker({.name = "worker", .daemon = true}, [=] {
    for (;;) {
      queue.get();
      queue.task_done();
    }
  });
  worker.start();
  queue.put(1);
  queue.put(2);
  queue.join();
}

void semaphore() {
  const Semaphore permits("permits", 1);
  const Shared<int> inside("inside");
  run_all<Thread>(std::vector<Main>(2, [=] {
    permits.acquire();
    check("alone", inside.add(1) == 1);
    inside.add(-1);
    permits.release();
  }));
}

void event_and_clear() {
  const api::Event event("event");
  run_all<Thread>({[=] { event.wait(); },
                   [=] {
                     event.set();
                     event.clear();
                   }});
}

void barrier_of_two() {
  const Barrier barrier("barrier", 2);
  const Shared<int> x("x");
  run_all<Thread>(std::vector<Main>(2, [=] {
    x.add(1);
    barrier.wait();
    check("both have come", x.load() == 2);
  }));
}

void barrier_with_time_out() {
  const Barrier barrier("barrier", 2);
  run_all<Thread>(std::vector<Main>(2, [=] { barrier.wait(1s); }));
}

void global_copies() {
  const Global<int> mine("mine");
  mine.store(1);
  const Process child({.name = "child"}, [=] {
    check("copied at the start", mine.load() == 1);
    mine.store(5);
  });
  const Thread thread({.name = "thread"}, [=] { mine.store(mine.load() + 1); });
  thread.start();
  child.start();
  mine.store(mine.load() + 1);
  thread.join();
  child.join();
  check("not the child's", mine.load() == 3);
}

void appended_file() {
  const File file("file.txt", "0");
  run_all<Process>({[=] { file.append("1"); }, [=] { file.write(file.read() + "2"); }});
  check("nothing is lost", file.read().size() == 3);
}

void killed_holder() {
  const Lock lock("lock");
  const Process holder({.name = "holder"}, [=] {
    lock.acquire();
    lock.release();
  });
  holder.start();
  holder.terminate();
  holder.join();
  lock.acquire();
}

void suicide() {
  static std::optional<Process> self;
  const Shared<int> x("x");
  self.emplace(WorkerOptions{.name = "self"}, [=] {
    if (x.load() == 0) self->kill();
  });
  self->start();
  x.store(1);
  self->join();
}

void error_or_not() {
  const Shared<int> x("x");
  run_all<Thread>({[=] {
                     if (x.load() == 0) api::raise("ValueError", "zero");
                   },
                   [=] { x.store(1); }});
}

/// The state after the threads is the same whether the check held or not.
void forgotten_check() {
  const Shared<int> x("x");
  run_all<Thread>({[=] { check("set", x.load() == 1); }, [=] { x.store(1); }});
}

/// Which of the two children is made first, and gets the lower number, depends on the schedule.
void nested_creation() {
  const Shared<int> x("x");
  const auto make_child = [=](int n) {
    const Shared<int> own("own");
    const Thread child({.name = fmt::format("child {}", n)}, [=] { x.store(own.load() + n); });
    child.start();
  };
  const Thread parent({.name = "parent"}, [=] { make_child(1); });
  parent.start();
  make_child(2);
}

void bounded_poll() {
  const Shared<bool> ready("ready");
  run_all<Thread>({[=] {
                     for (int i = 0; i < 4; ++i) {
                       if (ready.load()) return;
                     }
                     check("seen in time", false);
                   },
                   [=] { ready.store(true); }});
}

// --- random programs ---

struct Things {
  Lock lock{"lock"};
  RLock rlock{"rlock"};
  Condition condition{"condition", lock};
  Semaphore semaphore{"semaphore", 1};
  api::Event event{"event"};
  Barrier barrier{"barrier", 2};
  Queue queue{"queue", 1};
  Shared<int> x{"x"};
  Shared<int> y{"y"};
  Global<int> global{"global"};
  File file{"file.txt", "0"};
};

/// One operation or two; what it does may depend on what the worker has seen so far.
void do_something(const Things& t, int which, int& seen) {
  const Timeout patience = seen % 2 == 0 ? Timeout(kForever) : Timeout(1s);
  switch (which) {
    case 0: seen = seen * 3 + t.x.load(); break;
    case 1: t.x.store(seen + 1); break;
    case 2: seen += t.y.add(1); break;
    case 3:
      if (t.lock.acquire(patience)) seen += 2;
      break;
    case 4:
      if (t.lock.locked()) t.lock.release();
      break;
    case 5:
      if (t.semaphore.acquire(patience)) t.semaphore.release();
      break;
    case 6: {
      const With held(t.condition);
      if (!t.condition.wait(1s)) ++seen;
      break;
    }
    case 7: {
      const With held(t.condition);
      t.condition.notify();
      break;
    }
    case 8: t.event.set(); break;
    case 9: t.event.wait(patience); break;
    case 10: t.queue.put(seen, patience); break;
    case 11: seen = static_cast<int>(t.queue.get(patience).as_int()); break;
    case 12: t.global.store(seen + 1); break;
    case 13: seen += t.global.load(); break;
    case 14: t.file.append(fmt::format("{}", seen)); break;
    case 15: seen += static_cast<int>(t.file.read().size()); break;
    case 16: check("small", seen < 3); break;
    case 17: sleep(1s); break;
    case 18: seen += t.barrier.wait(patience); break;
    case 19: {
      const With held(t.rlock);
      t.y.store(seen);
      break;
    }
    default: t.event.clear(); break;
  }
}
constexpr int kThings = 21;

}  // namespace

std::vector<SmallProgram> small_programs() {
  return {{"lost update", lost_update},
          {"locked update", locked_update},
          {"crossed locks", crossed_locks},
          {"early notify", early_notify},
          {"notify one", notify_one_of_two},
          {"lock with time-out", lock_with_time_out},
          {"try lock", try_lock},
          {"sleeping is no order", sleeping_is_no_order},
          {"bounded queue", bounded_queue},
          {"two consumers", two_consumers},
          {"queue time-out", queue_time_out},
          {"tasks done", tasks_done},
          {"semaphore", semaphore},
          {"event and clear", event_and_clear},
          {"barrier", barrier_of_two},
          {"barrier with time-out", barrier_with_time_out},
          {"global copies", global_copies},
          {"appended file", appended_file},
          {"killed holder", killed_holder},
          {"suicide", suicide},
          {"error or not", error_or_not},
          {"forgotten check", forgotten_check},
          {"nested creation", nested_creation},
          {"bounded poll", bounded_poll}};
}

SmallProgram random_small_program(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::vector<int>> bodies(2 + random() % 2);
  for (std::vector<int>& body : bodies) {
    for (std::uint64_t n = 1 + random() % (bodies.size() == 2 ? 3 : 2); n > 0; --n)
      body.push_back(static_cast<int>(random() % kThings));
  }
  const std::uint64_t processes = random();
  return {fmt::format("random {}", seed), [=] {
            const Things things;
            std::vector<Worker> workers;
            for (std::size_t i = 0; i < bodies.size(); ++i) {
              const WorkerOptions options{.name = fmt::format("W{}", i + 1)};
              const auto body = [things, operations = bodies[i]] {
                int seen = 0;
                for (const int operation : operations)
                  do_something(things, operation, seen);
              };
              if ((processes >> i & 1) != 0)
                workers.push_back(Process(options, body));
              else
                workers.push_back(Thread(options, body));
            }
            for (const Worker& worker : workers)
              worker.start();
            for (const Worker& worker : workers)
              worker.join();
          }};
}

}  // namespace lockstep::test
