// The export is read back as JSON and compared with the store.
#include <map>
#include <nlohmann/json.hpp>

#include "core/trace/file.hpp"
#include "core/trace/lanes.hpp"
#include "tests/catch.hpp"
#include "tests/trace/random_trace.hpp"
#include "tests/trace/temp_folder.hpp"

using namespace lockstep;
using namespace lockstep::test;
using nlohmann::json;

namespace {

json exported(const TraceStore& store) {
  const TempFolder folder;
  const auto error = export_chrome_json(store, folder / "a.json");
  if (error) FAIL(error->message);
  return json::parse(read_file(folder / "a.json"));
}

std::int64_t nanoseconds(const json& us) { return std::llround(us.get<double>() * 1000.0); }

std::vector<json> with(const json& trace, const std::string& phase) {
  std::vector<json> result;
  for (const json& e : trace["traceEvents"]) {
    if (e["ph"] == phase) result.push_back(e);
  }
  return result;
}

}  // namespace

TEST_CASE("an_export_names_processes_and_workers") {
  TraceBuilder t;
  t.worker("Käufer \"1\"\n");
  t.worker("broken \xff\xfe", WorkerKind::process);
  std::map<int, std::string> threads;
  std::map<int, std::string> processes;
  for (const json& e : with(exported(t.store()), "M")) {
    if (e["name"] == "thread_name") threads[e["tid"].get<int>()] = e["args"]["name"].get<std::string>();
    if (e["name"] == "process_name") processes[e["pid"].get<int>()] = e["args"]["name"].get<std::string>();
  }
  CHECK(threads[1] == "main");
  CHECK(threads[2] == "Käufer \"1\"\n");
  CHECK(threads[3] == "broken \xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(processes[1] == "main");
  CHECK(processes[3] == threads[3]);
}

TEST_CASE("exported_states_are_the_lanes_at_full_resolution") {
  RandomTrace random(4, 5);
  random.grow(2'000);
  const TraceStore& store = random.store();
  std::map<int, std::vector<std::pair<RunTime, RunTime>>> states;
  for (const json& e : with(exported(store), "X")) {
    states[e["tid"].get<int>()].emplace_back(nanoseconds(e["ts"]),
                                             nanoseconds(e["ts"]) + nanoseconds(e["dur"]));
  }
  for (WorkerId w = 0; w < store.workers().size(); ++w) {
    std::vector<std::pair<RunTime, RunTime>> long_ones;
    for (const auto& state : states[w + 1]) {
      if (state.second > state.first) long_ones.push_back(state);
    }
    std::vector<Span> spans;
    LaneIndex(store).worker_spans(w, 0, store.end_time(), 0, store.end_time(), spans);
    std::vector<std::pair<RunTime, RunTime>> expected;
    for (const Span& span : spans) {
      if (span.cls != SpanClass::ended && span.end > span.begin) expected.emplace_back(span.begin, span.end);
    }
    CHECK(long_ones == expected);
  }
}

TEST_CASE("exported_arrows_come_in_pairs_from_waker_to_woken") {
  RandomTrace random(6, 5);
  random.grow(2'000);
  const TraceStore& store = random.store();
  const json trace = exported(store);
  const std::vector<json> starts = with(trace, "s");
  const std::vector<json> ends = with(trace, "f");
  REQUIRE(starts.size() == ends.size());
  REQUIRE(starts.size() > 20);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    REQUIRE(starts[i]["id"] == ends[i]["id"]);
    const auto woken = ends[i]["id"].get<EventIndex>();
    const Event& waker = store[store.waker_of(woken)];
    REQUIRE(ends[i]["tid"] == store[woken].worker + 1);
    REQUIRE(ends[i]["bp"] == "e");
    REQUIRE(nanoseconds(ends[i]["ts"]) == static_cast<RunTime>(store[woken].time));
    REQUIRE(starts[i]["tid"] == waker.worker + 1);
    REQUIRE(nanoseconds(starts[i]["ts"]) == static_cast<RunTime>(waker.time));
  }
}

TEST_CASE("exported_counters_follow_queues_and_semaphores") {
  RandomTrace random(9, 5);
  random.grow(2'000);
  const TraceStore& store = random.store();
  std::map<std::string, std::vector<std::pair<RunTime, std::int64_t>>> counters;
  for (const json& e : with(exported(store), "C")) {
    counters[e["name"].get<std::string>()].emplace_back(nanoseconds(e["ts"]),
                                                        e["args"].begin().value().get<std::int64_t>());
  }
  CHECK(counters.size() == 3);
  for (const ObjectInfo& info : store.objects()) {
    if (!counters.contains(info.name)) continue;
    const auto& points = counters[info.name];
    for (std::size_t i = 0; i < points.size(); ++i) {
      const bool last_of_its_time = i + 1 == points.size() || points[i + 1].first > points[i].first;
      if (last_of_its_time) CHECK(store.object_at(info.id, points[i].first).count == points[i].second);
    }
  }
}

TEST_CASE("every_operation_is_exported_as_an_instant") {
  RandomTrace random(10, 4);
  random.grow(1'500);
  const TraceStore& store = random.store();
  std::size_t expected = 0;
  for (EventIndex i = 0; i < store.size(); ++i) {
    expected += store[i].kind != EventKind::block && store[i].kind != EventKind::sleep_begin;
  }
  CHECK(with(exported(store), "i").size() == expected);
}
