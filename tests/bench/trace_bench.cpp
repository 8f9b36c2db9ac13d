#include "core/trace/lanes.hpp"
#include "core/trace/store.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/trace_workload.hpp"

using namespace lockstep;
using namespace lockstep::bench;

namespace {

constexpr std::size_t kMany = 10'000'000;

TraceStore filled(const std::vector<Event>& events) {
  TraceStore store;
  Workload::declare(store);
  // In portions of the size that a busy session takes in.
  for (std::size_t at = 0; at < events.size(); at += 8192) {
    const auto fault = store.append({&events[at], std::min<std::size_t>(8192, events.size() - at)});
    if (fault) FAIL(*fault);
  }
  return store;
}

}  // namespace

TEST_CASE("trace ingest and memory", "[bench]") {
  const Workload workload(kMany);
  const auto n = static_cast<double>(kMany);
  const double plain = median_seconds(3, [&] {
    std::vector<Event> copy;
    for (const Event& event : workload.events())
      copy.push_back(event);
    keep(copy);
  });
  std::size_t bytes = 0;
  const double append = median_seconds(3, [&] {
    const TraceStore store = filled(workload.events());
    bytes = store.memory_bytes();
  });
  report("trace: append, 10 M events", n / append / 1e6, "M events/s", "vector::push_back", n / plain / 1e6);
  report("trace: memory", static_cast<double>(bytes) / n, "bytes/event", "the event alone", sizeof(Event));
}

TEST_CASE("trace state at a moment", "[bench]") {
  const TraceStore store = filled(Workload(kMany).events());
  std::mt19937 random(3);
  const auto moment = [&] {
    return static_cast<RunTime>(random() % static_cast<std::uint64_t>(store.end_time()));
  };
  Moment out;
  const double all = median_seconds(2001, [&] { store.moment_after(store.index_at(moment()), out); });
  const double worker = median_seconds(2001, [&] { keep(store.worker_at(7, moment())); });
  const double lock = median_seconds(2001, [&] { keep(store.object_at(8, moment())); });
  const double queue = median_seconds(2001, [&] { keep(store.queue_at(5, moment())); });
  const double scan = median_seconds(5, [&] {
    std::int64_t sum = 0;
    for (EventIndex i = 0; i < store.size() / 2; ++i)
      sum += static_cast<std::int64_t>(store[i].kind);
    keep(sum);
  });
  report("trace: 32 workers and 96 objects at t, 10 M events", all * 1e6, "us", "reading half of the trace",
         scan * 1e6);
  report("trace: one worker at t", worker * 1e6, "us");
  report("trace: one lock with its waiters at t", lock * 1e6, "us");
  report("trace: contents of one queue at t", queue * 1e6, "us");
}

namespace {

/// All lanes of a frame `pixels` wide that shows [from, to].
struct Frame {
  std::vector<Span> spans;
  std::vector<PlotPoint> points;

  void build(const TraceStore& store, RunTime from, RunTime to, int pixels, RunTime smallest) {
    const LaneIndex lanes(store);
    const RunTime resolution = smallest * (to - from) / pixels;
    spans.clear();
    points.clear();
    for (WorkerId w = 0; w < Workload::kWorkers; ++w) {
      lanes.worker_spans(w, from, to, resolution, store.end_time(), spans);
    }
  }
};

void lane_figures(std::size_t events, std::string_view title) {
  const TraceStore store = filled(Workload(events).events());
  Frame frame;
  for (const RunTime part : {1, 10, 1000}) {
    const RunTime length = store.end_time() / part;
    for (const RunTime pixels : {1, 3}) {
      const double time =
          median_seconds(51, [&] { frame.build(store, length / 3, length / 3 + length, 1400, pixels); });
      report(fmt::format("{}: 32 lanes, 1/{} shown, cells of {} px", title, part, pixels), time * 1e3, "ms",
             "spans", static_cast<double>(frame.spans.size()));
    }
  }
}

}  // namespace

TEST_CASE("trace lanes", "[bench]") {
  lane_figures(1'000'000, "lanes, 1 M events");
  lane_figures(kMany, "lanes, 10 M events");
}
