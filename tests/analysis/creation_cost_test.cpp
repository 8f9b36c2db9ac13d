// What creating workers cost, from hand-written times.
#include "core/analysis/creation_cost.hpp"

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using test::TraceBuilder;

namespace {

void measured(TraceBuilder& t, const std::string& what, std::int64_t took) {
  t.add(Event{.arg = took, .extra = t.text(what), .worker = kMainWorker, .kind = EventKind::measured});
}

/// Started at `from`, begun `late` later.
WorkerId started(TraceBuilder& t, WorkerKind kind, RunTime from, RunTime late) {
  const WorkerId id = t.worker("", kind);
  t.at(from).start(kMainWorker, id);
  t.at(from + late).begin(id);
  return id;
}

}  // namespace

TEST_CASE("the time from start to first step has a median and extremes for each kind of worker",
          "[analysis]") {
  TraceBuilder t;
  started(t, WorkerKind::thread, 1'000'000, 10);
  started(t, WorkerKind::thread, 2'000'000, 50);
  started(t, WorkerKind::thread, 3'000'000, 20);
  started(t, WorkerKind::process, 4'000'000, 700);
  const CreationCost cost = creation_cost(t.store(), t.size());
  REQUIRE(cost.startups.size() == 2);
  CHECK(cost.startups[0].kind == WorkerKind::thread);
  CHECK(cost.startups[0].count == 3);
  CHECK(cost.startups[0].least == 10);
  CHECK(cost.startups[0].median == 20);
  CHECK(cost.startups[0].most == 50);
  CHECK(cost.startups[1].kind == WorkerKind::process);
  CHECK(cost.startups[1].median == 700);
  CHECK(creation_cost(t.store(), 1).startups.empty());
}

TEST_CASE("a measured stretch counts what its worker started in it, and tasks before workers", "[analysis]") {
  TraceBuilder t;
  for (int i = 0; i < 4; ++i)
    started(t, WorkerKind::thread, t.time() + 1000, 10);
  measured(t, "threads", 400);
  started(t, WorkerKind::process, t.time() + 1000, 10);
  measured(t, "processes", 900);
  const ObjectId pool = t.object(ObjectKind::pool, "pool", 0, 1);
  started(t, WorkerKind::process, t.time() + 1000, 10);
  for (int i = 0; i < 3; ++i)
    t.add(kMainWorker, EventKind::pool_submit, pool, t.object(ObjectKind::future));
  measured(t, "pool", 300);
  measured(t, "nothing", 5);

  using Unit = MeasuredCost::Unit;
  const auto all = creation_cost(t.store(), t.size()).measured;
  REQUIRE(all.size() == 4);
  CHECK((all[0].unit == Unit::thread && all[0].count == 4 && all[0].each() == 100));
  CHECK((all[1].unit == Unit::process && all[1].count == 1 && all[1].each() == 900));
  CHECK((all[2].unit == Unit::task && all[2].count == 3 && all[2].each() == 100));
  CHECK((all[3].unit == Unit::whole && all[3].each() == 5));
}
