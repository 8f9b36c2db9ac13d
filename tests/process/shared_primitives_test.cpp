// Every primitive between processes: the same code as between threads, on the same shared memory.
#include "core/sync/barrier.hpp"
#include "core/sync/condition.hpp"
#include "core/sync/event.hpp"
#include "core/sync/queue.hpp"
#include "core/sync/semaphore.hpp"
#include "core/sync/variable.hpp"
#include "tests/runtime/live_program.hpp"

using namespace lockstep::api;
using lockstep::test::error_of;
using lockstep::test::in_live_run;
using lockstep::test::until_waiting;

namespace {

/// Starts one process for each body and waits for all.
template <class... Bodies>
void run_processes(Bodies... bodies) {
  std::vector<Process> processes;
  (processes.emplace_back(WorkerOptions{}, bodies), ...);
  for (const Process& process : processes)
    process.start();
  for (const Process& process : processes)
    process.join();
}

}  // namespace

TEST_CASE("an RLock belongs to one process at a time, with all its levels") {
  in_live_run([] {
    RLock lock("rlock");
    Shared<int> inside("inside", 0);
    const auto body = [=] {
      for (int i = 0; i < 50; ++i) {
        const With outer(lock);
        const With inner(lock);
        VERIFY(inside.add(1) == 1);
        inside.add(-1);
      }
      VERIFY(error_of([&] { lock.release(); }) == "RuntimeError: cannot release un-acquired lock");
    };
    run_processes(body, body);
  });
}

TEST_CASE("a Semaphore signals from process to process") {
  in_live_run([] {
    Semaphore items("items", 0);
    Shared<int> made("made", 0);
    run_processes(
        [=] {
          for (int i = 1; i <= 20; ++i) {
            items.acquire();
            VERIFY(made.load() >= i);
          }
        },
        [=] {
          for (int i = 0; i < 20; ++i) {
            made.add(1);
            items.release();
          }
        });
    VERIFY(!items.try_acquire());
  });
}

TEST_CASE("a BoundedSemaphore keeps its bound across processes") {
  in_live_run([] {
    BoundedSemaphore semaphore("bounded", 1);
    run_processes([=] {
      semaphore.acquire();
      semaphore.release();
      VERIFY(error_of([&] { semaphore.release(); }) == "ValueError: Semaphore released too many times");
    });
  });
}

TEST_CASE("a Condition's waiter in one process is notified from another") {
  in_live_run([] {
    Lock lock("lock");
    Condition changed("changed", lock);
    Shared<int> turn("turn", 0);
    const auto player = [=](int mine) {
      return [=] {
        for (int round = 0; round < 10; ++round) {
          const With held(changed);
          VERIFY(changed.wait_for([&] { return turn.load() == mine; }));
          turn.store(1 - mine);
          changed.notify_all();
        }
      };
    };
    run_processes(player(0), player(1));
    VERIFY(turn.load() == 0);
  });
}

TEST_CASE("an Event set in one process frees waiters in others") {
  in_live_run([] {
    Event up("up");
    const auto client = [=] { VERIFY(up.wait()); };
    run_processes(client, client, [=] {
      until_waiting(up.id(), 2);
      up.set();
    });
    VERIFY(up.is_set());
  });
}

TEST_CASE("a Barrier lets processes pass together") {
  in_live_run([] {
    Barrier barrier("barrier", 3);
    Shared<int> arrived("arrived", 0);
    const auto body = [=] {
      for (int round = 1; round <= 10; ++round) {
        arrived.add(1);
        barrier.wait();
        VERIFY(arrived.load() >= 3 * round);
      }
    };
    run_processes(body, body, body);
  });
}

TEST_CASE("a JoinableQueue between processes counts every task") {
  in_live_run([] {
    JoinableQueue queue("queue", 2);
    run_processes(
        [=] {
          for (int i = 0; i < 30; ++i)
            queue.put(i);
          queue.join();
        },
        [=] {
          for (int i = 0; i < 30; ++i) {
            VERIFY(queue.get().as_int() == i);
            queue.task_done();
          }
        });
  });
}
