#include "core/trace/file.hpp"
#include "core/trace/lanes.hpp"
#include "core/trace/store.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/trace_workload.hpp"
#include "tests/trace/temp_folder.hpp"

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

/// The lanes of a frame 1400 pixels wide.
struct Frame {
  static constexpr RunTime kPixels = 1400;
  std::vector<Span> spans;
  std::vector<PlotPoint> points;

  void workers(const TraceStore& store, RunTime from, RunTime to, RunTime resolution) {
    spans.clear();
    for (WorkerId w = 0; w < Workload::kWorkers; ++w) {
      LaneIndex(store).worker_spans(w, from, to, resolution, store.end_time(), spans);
    }
  }
  /// Locks, queues and semaphores, too.
  void everything(const TraceStore& store, RunTime from, RunTime to, RunTime resolution) {
    workers(store, from, to, resolution);
    points.clear();
    const LaneIndex lanes(store);
    for (ObjectId o = 1; o <= Workload::kObjects; ++o) {
      const ObjectKind kind = Workload::kind(o);
      if (kind == ObjectKind::lock) lanes.hold_spans(o, from, to, resolution, store.end_time(), spans);
      if (kind != ObjectKind::lock) lanes.plot(o, from, to, resolution, store.end_time(), points);
    }
  }
  /// Makes the store forget what it remembers of lanes.
  void forget(const TraceStore& store) {
    for (const RunTime resolution : {RunTime{1} << 40, RunTime{1} << 41, RunTime{1} << 42}) {
      everything(store, 0, 1, resolution);
    }
  }
};

double cold_ms(const TraceStore& store, RunTime from, RunTime to, RunTime resolution, Frame& frame) {
  std::vector<double> times;
  for (int i = 0; i < 21; ++i) {
    frame.forget(store);
    times.push_back(seconds([&] { frame.workers(store, from, to, resolution); }));
  }
  std::nth_element(times.begin(), times.begin() + 10, times.end());
  return times[10] * 1e3;
}

void lane_figures(std::size_t events, std::string_view title) {
  const Workload workload(events + 200'000);
  TraceStore store =
      filled({workload.events().begin(), workload.events().begin() + static_cast<std::ptrdiff_t>(events)});
  Frame frame;
  for (const RunTime part : {1, 10, 1000}) {
    const RunTime length = store.end_time() / part;
    const RunTime from = (store.end_time() - length) / 2;
    const RunTime resolution = 3 * length / Frame::kPixels;
    const double cold = cold_ms(store, from, from + length, resolution, frame);
    const double warm =
        median_seconds(51, [&] { frame.workers(store, from, from + length, resolution); }) * 1e3;
    report(fmt::format("{}: 32 lanes, 1/{} shown, next frame", title, part), warm, "ms", "first frame", cold);
  }
  // A run that goes on: 1000 events a frame, all of it shown.
  std::vector<double> workers, everything;
  for (std::size_t at = events; at + 1000 <= workload.events().size(); at += 1000) {
    if (const auto fault = store.append({&workload.events()[at], 1000})) FAIL(*fault);
    const RunTime end = store.end_time();
    const RunTime resolution = 3 * end / Frame::kPixels;
    workers.push_back(seconds([&] { frame.workers(store, 0, end, resolution); }));
    everything.push_back(seconds([&] { frame.everything(store, 0, end, resolution); }));
  }
  std::sort(workers.begin(), workers.end());
  std::sort(everything.begin(), everything.end());
  report(fmt::format("{}: 32 lanes, following", title), workers[100] * 1e3, "ms", "slowest of 200",
         workers.back() * 1e3);
  report(fmt::format("{}: 32 lanes + 64 objects, following", title), everything[100] * 1e3, "ms",
         "slowest of 200", everything.back() * 1e3);
}

}  // namespace

TEST_CASE("trace lanes", "[bench]") {
  lane_figures(1'000'000, "lanes, 1 M events");
  lane_figures(kMany, "lanes, 10 M events");
}

TEST_CASE("trace files", "[bench]") {
  const TraceStore store = filled(Workload(1'000'000).events());
  const test::TempFolder folder;
  const auto size = [&](const char* name) {
    return static_cast<double>(std::filesystem::file_size(folder / name)) / 1e6;
  };
  const double save = median_seconds(5, [&] { keep(save_trace(store, folder / "a.trace")); });
  const double load = median_seconds(5, [&] { keep(load_trace(folder / "a.trace")); });
  const double write = median_seconds(5, [&] { keep(export_chrome_json(store, folder / "a.json")); });
  const std::string bytes = test::read_file(folder / "a.trace");
  const double plain = median_seconds(5, [&] { test::write_file(folder / "b", bytes); });
  const double plain_read = median_seconds(5, [&] { keep(test::read_file(folder / "b")); });
  report("trace: save, 1 M events", size("a.trace") / save, "MB/s", "ofstream", size("a.trace") / plain);
  report("trace: load", size("a.trace") / load, "MB/s", "ifstream", size("a.trace") / plain_read);
  report("trace: export to JSON", size("a.json") / write, "MB/s");
}
