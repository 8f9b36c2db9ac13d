// Serial, concurrent, parallel: from hand-written computations on cores.
#include "core/analysis/compute_lanes.hpp"

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using test::TraceBuilder;

namespace {

void mark(TraceBuilder& t, WorkerId worker, RunTime at, std::uint32_t core, RunTime waited) {
  t.at(at).add(Event{.arg = waited, .extra = core, .worker = worker, .kind = EventKind::core});
}
void compute(TraceBuilder& t, WorkerId worker, RunTime at, std::uint32_t core) {
  t.at(at).add(Event{.arg = 10'000, .worker = worker, .kind = EventKind::compute_begin});
  mark(t, worker, at, core, 0);
}
void done(TraceBuilder& t, WorkerId worker, RunTime at) { t.at(at).add(worker, EventKind::compute_end); }

ComputeLanes lanes_of(const TraceBuilder& t) { return compute_lanes(t.store(), t.size()); }

}  // namespace

TEST_CASE("two that compute at the same time on two cores are parallel, each on its core's lane",
          "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A"), b = t.running("B");
  compute(t, a, 100'000, 3);
  compute(t, b, 110'000, 1);
  done(t, a, 150'000);
  done(t, b, 160'000);
  const ComputeLanes lanes = lanes_of(t);
  CHECK(lanes.verdict == ComputeVerdict::parallel);
  CHECK(lanes.cores == std::vector<std::uint32_t>{1, 3});
  CHECK(lanes.cores_at_once == 2);
  CHECK(lanes.busy == 60'000);
  CHECK(lanes.parallel == 40'000);
  REQUIRE(lanes.computing.size() == 2);
  CHECK(lanes.computing[0].worker == b);
  CHECK(lanes.computing[0].lane == 0);
  CHECK(lanes.computing[1].worker == a);
  CHECK(lanes.computing[1].lane == 1);
  CHECK(lanes.ready.empty());
}

TEST_CASE("two that take turns on one core are concurrent, and ready while the other has it", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A"), b = t.running("B");
  compute(t, a, 100'000, 0);
  compute(t, b, 110'000, 0);
  mark(t, a, 130'000, 0, 20'000);  // without a core from 110 to 130
  mark(t, b, 150'000, 0, 20'000);  // from 130 to 150
  done(t, a, 150'000);
  done(t, b, 160'000);
  const ComputeLanes lanes = lanes_of(t);
  CHECK(lanes.verdict == ComputeVerdict::concurrent);
  CHECK(lanes.at_once == 2);
  CHECK(lanes.cores_at_once == 1);
  CHECK(lanes.parallel == 0);
  CHECK(lanes.busy == 60'000);
  CHECK(lanes.ready_lanes == 1);
  REQUIRE(lanes.ready.size() == 2);
  CHECK(lanes.ready[0].worker == a);
  CHECK(lanes.ready[0].begin == 110'000);
  CHECK(lanes.ready[0].end == 130'000);
  CHECK(lanes.ready[1].worker == b);
}

TEST_CASE("an overlap of less than a twentieth is no parallel run", "[analysis]") {
  for (const RunTime overlap : {1'000, 9'000}) {
    TraceBuilder t;
    const WorkerId a = t.running("A"), b = t.running("B");
    compute(t, a, 100'000, 0);
    compute(t, b, 150'000 - overlap, 1);
    done(t, a, 150'000);
    done(t, b, 200'000);
    const ComputeLanes lanes = lanes_of(t);
    CHECK(lanes.cores_at_once == 2);
    CHECK(lanes.parallel == overlap);
    CHECK(lanes.verdict == (overlap < 5'000 ? ComputeVerdict::concurrent : ComputeVerdict::parallel));
  }
}

TEST_CASE("slices that take turns are concurrent although each has a core of its own", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A"), b = t.running("B");
  for (int i = 0; i < 4; ++i) {
    const WorkerId one = i % 2 == 0 ? a : b;
    compute(t, one, 100'000 + i * 10'000, i % 2 == 0 ? 0U : 1U);
    done(t, one, 110'000 + i * 10'000);
  }
  const ComputeLanes lanes = lanes_of(t);
  CHECK(lanes.verdict == ComputeVerdict::concurrent);
  CHECK(lanes.in_progress == 2);
  CHECK(lanes.at_once == 1);
  CHECK(lanes.cores.size() == 2);
  CHECK(lanes.cores_at_once == 1);
  CHECK(lanes.busy == 40'000);
}

TEST_CASE("one after the other is serial, and the first computation that goes on is no verdict yet",
          "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A");
  compute(t, a, 100'000, 0);
  t.at(105'000).print(kMainWorker, "now");
  CHECK(lanes_of(t).verdict == ComputeVerdict::begun);
  REQUIRE(lanes_of(t).computing.size() == 1);
  CHECK(lanes_of(t).computing[0].open);
  CHECK(lanes_of(t).computing[0].end == 105'000);
  done(t, a, 110'000);
  t.at(120'000).end(a);
  const WorkerId b = t.running("B");
  compute(t, b, 130'000, 1);
  t.at(140'000).killed(b);
  const ComputeLanes lanes = lanes_of(t);
  CHECK(lanes.verdict == ComputeVerdict::serial);
  CHECK(lanes.in_progress == 1);
  REQUIRE(lanes.computing.size() == 2);
  CHECK_FALSE(lanes.computing[1].open);  // it ended with its worker
}

TEST_CASE("whoever moves while it computes lies on the lane of each core in turn", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A");
  compute(t, a, 100'000, 0);
  mark(t, a, 120'000, 1, 5'000);
  done(t, a, 140'000);
  const ComputeLanes lanes = lanes_of(t);
  REQUIRE(lanes.computing.size() == 2);
  CHECK(lanes.computing[0].lane == 0);
  CHECK(lanes.computing[0].end == 115'000);
  CHECK(lanes.computing[1].lane == 1);
  CHECK(lanes.computing[1].begin == 120'000);
  REQUIRE(lanes.ready.size() == 1);
}

TEST_CASE("a trace that does not tell the cores has no lanes", "[analysis]") {
  TraceBuilder t;
  const WorkerId a = t.running("A");
  t.at(100'000).add(Event{.arg = 10'000, .worker = a, .kind = EventKind::compute_begin});
  t.add(Event{.arg = 5'000, .worker = a, .kind = EventKind::stall});  // its ring was full
  done(t, a, 110'000);
  const ComputeLanes lanes = lanes_of(t);
  CHECK(lanes.verdict == ComputeVerdict::none);
  CHECK(lanes.cores.empty());
  CHECK(lanes.computing.empty());
}
