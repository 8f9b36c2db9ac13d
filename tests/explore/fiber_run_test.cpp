// Programs on fibers: every primitive's rules hold under any schedule, and the same schedule is the same run.
#include "tests/catch.hpp"

#include "core/explore/fiber_run.hpp"
#include "core/scenario/api.hpp"
#include "tests/explore/schedulers.hpp"

using namespace lockstep;
using namespace lockstep::api;
using Record = lockstep::Event;
using lockstep::test::ListScheduler;
using lockstep::test::RandomScheduler;

namespace {

/// T threads, each K times: lock, add 1, unlock.
void count_together(int threads, int rounds) {
  const Lock lock("lock");
  const Shared<int> x("x");
  std::vector<Thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back(WorkerOptions{.name = fmt::format("T{}", i)}, [=] {
      for (int round = 0; round < rounds; ++round) {
        const With held(lock);
        x.store(x.load() + 1);
      }
    });
  }
  for (const Thread& worker : workers)
    worker.start();
  for (const Thread& worker : workers)
    worker.join();
  check("nothing is lost", x.load() == threads * rounds);
}

/// Events with texts in place of their ids.
struct Told {
  Record event;
  std::string text;
  friend bool operator==(const Told&, const Told&) = default;
};

std::vector<Told> told(FiberRun& run, const std::vector<Record>& events) {
  std::vector<Told> result;
  for (Record event : events) {
    std::string text;
    if (argument_of(event.kind) == ArgumentType::text || event.value().type == ValueType::text)
      text = run.arena().text(static_cast<TextId>(std::exchange(event.arg, 0)));
    event.extra = event.has(event_flag::kAfterWait) ? event.extra : 0;
    result.push_back({event, text});
  }
  return result;
}

}  // namespace

TEST_CASE("a schedule that is replayed gives the same events, in the same arena and in a new one") {
  FiberRun run([] { count_together(3, 2); });
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    RandomScheduler random(seed);
    std::vector<Record> first;
    const FiberEnd end = run.run(random, &first);
    CHECK(end.all_ended);
    CHECK(!end.check_failed);
    CHECK(end.steps == random.chosen.size());
    ListScheduler again(random.chosen, true);
    std::vector<Record> second;
    run.run(again, &second);
    REQUIRE(first == second);
    if (seed % 100 == 0) {
      FiberRun fresh([] { count_together(3, 2); });
      std::vector<Record> third;
      ListScheduler once_more(random.chosen, true);
      fresh.run(once_more, &third);
      REQUIRE(told(run, first) == told(fresh, third));
    }
  }
}
