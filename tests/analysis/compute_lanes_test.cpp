// Serial, concurrent, parallel: from hand-written computations.
#include "core/analysis/compute_lanes.hpp"

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using test::TraceBuilder;

namespace {

void compute(TraceBuilder& t, WorkerId worker, RunTime at, RunTime core_time) {
  t.at(at).add(Event{.arg = core_time, .worker = worker, .kind = EventKind::compute_begin});
}
void done(TraceBuilder& t, WorkerId worker, RunTime at) { t.at(at).add(worker, EventKind::compute_end); }

}  // namespace

TEST_CASE("two that compute at the same time, each on a core of its own, keep two cores busy", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A"), b = t.running("B");
  compute(t, a, 100'000, 50'000);
  compute(t, b, 100'000, 50'000);
  done(t, a, 150'000);
  done(t, b, 150'000);
  const ComputeLanes lanes = compute_lanes(t.store(), t.size());
  CHECK(lanes.lanes == 2);
  CHECK(lanes.in_progress == 2);
  CHECK(lanes.cores_busy == Catch::Approx(2.0));
  CHECK(lanes.stretches[0].lane == 0);
  CHECK(lanes.stretches[1].lane == 1);
  CHECK(lanes.stretches[0].share() == Catch::Approx(1.0));
}

TEST_CASE("two that share one core overlap, and still only one core is busy", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A"), b = t.running("B");
  compute(t, a, 100'000, 50'000);
  compute(t, b, 100'000, 50'000);
  done(t, a, 200'000);
  done(t, b, 200'000);
  const ComputeLanes lanes = compute_lanes(t.store(), t.size());
  CHECK(lanes.lanes == 2);
  CHECK(lanes.cores_busy == Catch::Approx(1.0));
  CHECK(lanes.stretches[0].share() == Catch::Approx(0.5));
}

TEST_CASE("slices that take turns lie in one lane and their workers are in progress together", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A"), b = t.running("B");
  for (int i = 0; i < 4; ++i) {
    const WorkerId one = i % 2 == 0 ? a : b;
    compute(t, one, 100'000 + i * 20'000, 10'000);
    done(t, one, 110'000 + i * 20'000);
  }
  const ComputeLanes lanes = compute_lanes(t.store(), t.size());
  CHECK(lanes.lanes == 1);
  CHECK(lanes.in_progress == 2);
  CHECK(lanes.cores_busy == Catch::Approx(1.0));  // pauses in which nobody computes do not count
  CHECK(lanes.stretches.size() == 4);
}

TEST_CASE("one after the other is serial, and a computation that goes on has no share yet", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A");
  compute(t, a, 100'000, 10'000);
  done(t, a, 110'000);
  t.at(120'000).end(a);
  const WorkerId b = t.running("B");
  compute(t, b, 130'000, 10'000);
  const ComputeLanes lanes = compute_lanes(t.store(), t.size());
  CHECK(lanes.in_progress == 1);
  CHECK(lanes.lanes == 1);
  CHECK(lanes.stretches[1].open);
  CHECK(lanes.stretches[1].share() == 0);
  CHECK(compute_lanes(t.store(), 1).stretches.empty());
}
