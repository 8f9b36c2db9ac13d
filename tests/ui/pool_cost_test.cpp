// The tab "Pool" and the cards of the tab "Statistics" about cost and cores, on hand-made traces.
#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"
#include "tests/ui/driver.hpp"

using namespace lockstep;
using test::Driver;
using test::says;
using test::TraceBuilder;

namespace {

/// A pool of one worker that has the first of two tasks; then main measures, and the worker computes.
struct ShownPool : Driver {
  explicit ShownPool(const char* tab) {
    TraceBuilder t;
    pool = t.object(ObjectKind::pool, "pool", 0, 1);
    const WorkerId worker = t.worker("W", WorkerKind::process);
    t.add(kMainWorker, EventKind::pool_hire, pool, worker);
    t.start(kMainWorker, worker);
    t.begin(worker);
    for (const char* call : {"square(1)", "square(2)"}) {
      const ObjectId task = t.object({.name = call, .kind = ObjectKind::future, .related = pool});
      t.add(kMainWorker, EventKind::pool_submit, pool, task);
      if (taken == kNoEvent) taken = t.add(worker, EventKind::pool_take, pool, task);
    }
    t.add(Event{.arg = 2'000, .extra = t.text("tasks"), .worker = kMainWorker, .kind = EventKind::measured});
    t.at(100'000).add(Event{.arg = 10'000, .worker = worker, .kind = EventKind::compute_begin});
    t.at(101'000).add(Event{.extra = 2, .worker = worker, .kind = EventKind::core});
    t.at(110'000).add(worker, EventKind::compute_end);
    model.run.show(t.take());
    model.apply(OpenTab{tab});
    frames(4);
  }
  const std::string& label(std::string_view id) { return widget(id).label; }
  std::string of_pool(const char* part) {
    return label(std::string("pool.") + part + "." + std::to_string(pool));
  }

  ObjectId pool = kNoObject;
  EventIndex taken = kNoEvent;
};

}  // namespace

TEST_CASE("the tab Pool shows what waits, who is at what and what became of each task") {
  ShownPool s("pool");
  CHECK(says(s.of_pool("queue"), "1 waits"));
  CHECK(says(s.of_pool("queue"), "[square(2)]"));
  CHECK(s.label("pool.worker.1") == "square(1)");
  CHECK(says(s.of_pool("futures"), "[square(1) …]"));
  s.model.apply(SelectEvent{s.taken - 1});
  s.frames(3);
  CHECK(says(s.of_pool("queue"), "[square(1)]"));
  CHECK(s.label("pool.worker.1") != "square(1)");
}

TEST_CASE("the tab Pool is there only if there is a pool") {
  Driver d;
  TraceBuilder t;
  t.running("A");
  d.model.run.show(t.take());
  d.frames(3);
  const bool chapter = d.model.scenario() && d.model.scenario()->chapter == Chapter::pools;
  CHECK((d.widgets().find("tab.pool") != nullptr) == chapter);
  CHECK(ShownPool("objects").widgets().find("tab.pool"));
}

TEST_CASE("the tab Statistics tells what a worker cost and whether computing was parallel") {
  ShownPool s("statistics");
  CHECK(says(s.label("statistics.cost.measured.0"), "1.00 µs per task (of 2)"));
  CHECK(says(s.label("statistics.cost.startup.process"), "1 process: 1.00 µs"));
  CHECK(says(s.label("statistics.cores.verdict"), "Serial"));
  CHECK(s.label("statistics.cores.lane.2") == "core 2");
}
