#include "core/explore/outcome.hpp"

#include "core/explore/fiber_run.hpp"
#include "core/scenario/api.hpp"
#include "core/session/session.hpp"
#include "tests/catch.hpp"
#include "tests/explore/fiber_trace.hpp"
#include "tests/explore/programs.hpp"
#include "tests/explore/schedulers.hpp"

using namespace lockstep;
using lockstep::test::RandomScheduler;
using Record = lockstep::Event;

namespace {

void compare(const std::function<void()>& main, int schedules, std::map<Outcome, int>& seen) {
  FiberRun run(main);
  for (int seed = 0; seed < schedules; ++seed) {
    RandomScheduler random(static_cast<std::uint64_t>(seed));
    std::vector<Record> events;
    const FiberEnd end = run.run(random, &events);
    const Outcome outcome = outcome_of_end(run.arena(), end);
    ++seen[outcome];
    INFO(seed << " " << name_of(outcome));
    const test::FiberTrace trace(run.arena(), events);
    REQUIRE(outcome == outcome_of(trace.diagnosis.findings()));
  }
}

}  // namespace

TEST_CASE("the outcome of an end is the outcome of its trace's findings, in every variant of the catalogue") {
  test::each_variant([](const Scenario& scenario, const Variant& variant) {
    INFO(scenario.id << "/" << variant.name);
    std::map<Outcome, int> seen;
    compare(test::program_of(scenario, variant.name), static_cast<int>(test::times_in_sweep(200)), seen);
  });
}

TEST_CASE("the outcome of an end is the outcome of its trace's findings, in programs that end badly") {
  using namespace lockstep::api;
  std::map<Outcome, int> seen;
  SECTION("an error that nobody catches") {
    compare([] { api::raise("ValueError", "no"); }, 1, seen);
    CHECK(seen.contains(Outcome::error));
  }
  SECTION("a lock that a killed process held") {
    compare(
        [] {
          const Lock lock("lock");
          const Process holder({.name = "holder"}, [=] {
            lock.acquire();
            sleep(100s);
            lock.release();
          });
          holder.start();
          sleep(1s);
          holder.kill();
          holder.join();
          lock.acquire();
        },
        50, seen);
    CHECK(seen.contains(Outcome::stuck));
    CHECK(seen.contains(Outcome::ok));
  }
  SECTION("a process that kills itself") {
    compare(
        [] {
          static std::optional<Process> suicidal;
          suicidal.emplace(WorkerOptions{.name = "suicidal"}, [] { suicidal->kill(); });
          suicidal->start();
          suicidal->join();
        },
        1, seen);
    CHECK(seen.contains(Outcome::killed));
  }
  SECTION("a daemon that waits for itself when the program ends") {
    compare(
        [] {
          const Lock lock("lock");
          const Thread daemon({.name = "daemon", .daemon = true}, [=] {
            lock.acquire();
            lock.acquire();
          });
          daemon.start();
        },
        20, seen);
    CHECK(seen.contains(Outcome::deadlock));
    CHECK(seen.contains(Outcome::ok));  // the program ended before
  }
  SECTION("a wake-up that came too early") {
    compare(
        [] {
          const Lock lock("lock");
          const Condition condition("condition", lock);
          const Thread waiter({.name = "waiter"}, [=] {
            const With held(condition);
            condition.wait();
          });
          waiter.start();
          const With held(condition);
          condition.notify();
        },
        50, seen);
    CHECK(seen.contains(Outcome::stuck));
    CHECK(seen.contains(Outcome::ok));
  }
  SECTION("threads that join each other") {
    compare(
        [] {
          static std::optional<Thread> a;
          static std::optional<Thread> b;
          const Lock lock("lock");
          lock.acquire();
          a.emplace(WorkerOptions{.name = "a"}, [=] {
            lock.acquire();
            b->join();
          });
          b.emplace(WorkerOptions{.name = "b"}, [] { a->join(); });
          a->start();
          b->start();
          lock.release();
        },
        50, seen);
    CHECK(seen.contains(Outcome::deadlock));
  }
}
