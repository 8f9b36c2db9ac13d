// Lanes of random traces that grow while they are looked at, compared with a brute-force twin: all stretches
// from a replay, merged one after the other as lanes.hpp tells.
#include "core/trace/lanes.hpp"

#include <bit>

#include "tests/catch.hpp"
#include "tests/trace/random_trace.hpp"
#include "tests/trace/replay.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// A stretch in which a lane shows the same; `event` began it (kNoEvent: it was so from the beginning).
struct Raw {
  EventIndex event;
  RunTime time;
  SpanClass cls = SpanClass::none;
  WorkerId owner = kNoWorker;
  ObjectId object = kNoObject;
  std::int64_t number = 0;
};
using Lane = std::vector<Raw>;

SpanClass class_of(WorkerState state) {
  switch (state) {
    case WorkerState::created: return SpanClass::none;
    case WorkerState::ready: return SpanClass::idle;
    case WorkerState::running: return SpanClass::running;
    case WorkerState::waiting: return SpanClass::waiting;
    case WorkerState::sleeping: return SpanClass::sleeping;
    default: return SpanClass::ended;
  }
}

bool is_variable(ObjectKind kind) {
  return kind == ObjectKind::shared || kind == ObjectKind::local || kind == ObjectKind::global ||
         kind == ObjectKind::file || kind == ObjectKind::check;
}

bool has_count(ObjectKind kind) {
  return kind != ObjectKind::none && kind != ObjectKind::thread && kind != ObjectKind::process &&
         kind != ObjectKind::console && !is_variable(kind);
}

std::int64_t number_of(const ObjectView& view, ObjectKind kind) {
  if (!is_variable(kind)) return view.count;
  switch (view.value.type) {
    case ValueType::integer:
    case ValueType::boolean: return view.value.bits;
    case ValueType::real: return static_cast<std::int64_t>(std::round(view.value.as_real()));
    default: return 0;
  }
}

class LaneTwin {
 public:
  explicit LaneTwin(const TraceStore& store) : store_(store), replay_(store) {
    workers.resize(replay_.workers.size());
    holds.resize(replay_.objects.size());
    plots.resize(replay_.objects.size());
    note(kNoEvent, 0);
  }

  void grow() {
    while (replay_.size < store_.size()) {
      replay_.step();
      const EventIndex event = replay_.size - 1;
      note(event, static_cast<RunTime>(store_[event].time));
    }
  }

  std::vector<Lane> workers, holds, plots;

 private:
  void note(EventIndex event, RunTime time) {
    for (WorkerId w = 0; w < workers.size(); ++w) {
      if (replay_.began[w] != event || event == kNoEvent) continue;
      const WorkerView& view = replay_.workers[w];
      workers[w].push_back({event, time, class_of(view.state), w, view.object, 0});
    }
    for (ObjectId o = 1; o < holds.size(); ++o)
      note_object(o, event, time);
  }

  void note_object(ObjectId o, EventIndex event, RunTime time) {
    const ObjectView& view = replay_.objects[o];
    const ObjectKind kind = store_.objects()[o].kind;
    if (holds[o].empty() || holds[o].back().owner != view.owner) {
      const bool held = view.owner != kNoWorker;
      holds[o].push_back({event, time, held ? SpanClass::held : SpanClass::none, view.owner, kNoObject, 0});
    }
    const std::int64_t number = number_of(view, kind);
    const bool plotted = is_variable(kind) ? view.has_value : has_count(kind);
    if (plotted && (plots[o].empty() || plots[o].back().number != number)) {
      plots[o].push_back({event, time, SpanClass::none, kNoWorker, kNoObject, number});
    }
  }

  const TraceStore& store_;
  Replay replay_;
};

struct Question {
  Axis axis;
  RunTime from, to, resolution, now;

  RunTime position(const Raw& raw) const {
    if (raw.event == kNoEvent) return 0;
    return axis == Axis::time ? raw.time : RunTime{raw.event};
  }
  bool touches(RunTime begin, RunTime end) const {
    return begin <= to && from <= to && (end > from || begin >= from);
  }
};

/// Raw stretches [first, last) that are drawn as one.
struct Group {
  std::size_t first, last;
  RunTime begin, end;
};

std::vector<Group> groups(const Lane& lane, const Question& q, bool keep_first) {
  const auto width =
      static_cast<RunTime>(std::bit_floor(static_cast<std::uint64_t>(std::max<RunTime>(1, q.resolution))));
  std::vector<Group> result;
  for (std::size_t i = 0; i < lane.size(); ++i) {
    const RunTime begin = q.position(lane[i]);
    const RunTime end = i + 1 < lane.size() ? q.position(lane[i + 1]) : std::max(q.now, begin);
    const bool is_short = end - begin < width && !(keep_first && i == 0);
    if (is_short && !result.empty() && result.back().end - result.back().begin < width &&
        result.back().begin / width == begin / width && !(keep_first && i == 1) &&
        q.position(lane[i - 1]) + width > begin) {
      result.back().last = i + 1;
      result.back().end = end;
    } else {
      result.push_back({i, i + 1, begin, end});
    }
  }
  return result;
}

std::vector<Span> expected_worker(const Lane& lane, const Question& q, WorkerId worker) {
  std::vector<Span> result;
  for (const Group& g : groups(lane, q, false)) {
    std::size_t worst = g.first;
    for (std::size_t i = g.first; i < g.last; ++i) {
      if (lane[i].cls > lane[worst].cls) worst = i;
    }
    if (!q.touches(g.begin, g.end)) continue;
    result.push_back({g.begin, g.end, lane[worst].cls, worker, lane[worst].object, lane[worst].event,
                      static_cast<std::uint32_t>(g.last - g.first), g.last == lane.size()});
  }
  return result;
}

std::vector<Span> expected_holds(const Lane& lane, const Question& q) {
  // The stretch before the first owner is not part of the lane.
  const Lane changes(lane.begin() + 1, lane.end());
  std::vector<Span> result;
  for (const Group& g : groups(changes, q, false)) {
    Span span{.cls = SpanClass::held, .merged = 0};
    for (std::size_t i = g.first; i < g.last; ++i) {
      const Raw& raw = changes[i];
      if (raw.owner == kNoWorker) continue;
      if (span.merged == 0) {
        span.begin = q.position(raw);
        span.first_event = raw.event;
        span.worker = raw.owner;
      }
      if (span.worker != raw.owner) span.worker = kNoWorker;
      span.end = i + 1 < changes.size() ? q.position(changes[i + 1]) : std::max(q.now, q.position(raw));
      span.open = i + 1 == changes.size();
      ++span.merged;
    }
    if (span.merged > 0 && q.touches(span.begin, span.end)) result.push_back(span);
  }
  return result;
}

std::vector<PlotPoint> expected_plot(const Lane& lane, const Question& q) {
  std::vector<PlotPoint> result;
  const bool has_initial = !lane.empty() && lane[0].event == kNoEvent;
  for (const Group& g : groups(lane, q, has_initial)) {
    PlotPoint point{g.begin, g.end, lane[g.first].number, lane[g.first].number, lane[g.last - 1].number};
    for (std::size_t i = g.first; i < g.last; ++i) {
      point.min = std::min(point.min, lane[i].number);
      point.max = std::max(point.max, lane[i].number);
    }
    const bool empty_initial = has_initial && g.first == 0 && g.end <= 0;
    if (!empty_initial && q.touches(g.begin, g.end)) result.push_back(point);
  }
  return result;
}

Question any_question(RandomTrace& random) {
  const TraceStore& store = random.store();
  Question q{};
  q.axis = random.below(2) == 0 ? Axis::time : Axis::events;
  const RunTime end = q.axis == Axis::time ? store.end_time() : RunTime{store.size()};
  q.from = random.below(end + 10) - 5;
  q.to = q.from + random.below(random.below(2) == 0 ? end : 1 + end / 50) - 1;
  q.resolution = RunTime{1} << random.below(q.axis == Axis::time ? 36 : 8);
  q.resolution += random.below(q.resolution);
  if (random.below(10) == 0) q.resolution = 0;
  q.now = end + random.below(3) * random.below(10'000);
  return q;
}

void compare(const TraceStore& store, const LaneTwin& twin, const Question& q) {
  const LaneIndex lanes(store, q.axis);
  std::vector<Span> spans;
  std::vector<PlotPoint> points;
  INFO("from " << q.from << " to " << q.to << " resolution " << q.resolution << " axis "
               << static_cast<int>(q.axis));
  for (WorkerId w = 0; w < twin.workers.size(); ++w) {
    spans.clear();
    lanes.worker_spans(w, q.from, q.to, q.resolution, q.now, spans);
    if (spans != expected_worker(twin.workers[w], q, w)) FAIL("worker " << w);
  }
  for (ObjectId o = 1; o < twin.plots.size(); ++o) {
    spans.clear();
    lanes.hold_spans(o, q.from, q.to, q.resolution, q.now, spans);
    if (spans != expected_holds(twin.holds[o], q)) FAIL("holds of object " << o);
    points.clear();
    lanes.plot(o, q.from, q.to, q.resolution, q.now, points);
    if (points != expected_plot(twin.plots[o], q)) FAIL("plot of object " << o);
  }
}

}  // namespace

TEST_CASE("lanes_of_a_growing_trace_equal_merging_all_stretches_one_by_one") {
  const auto seed = GENERATE(range(1U, 7U));
  RandomTrace random(seed, static_cast<int>(2 + seed));
  LaneTwin twin(random.store());
  for (EventIndex n = 20; n < 3'000; n += n / 10) {
    random.grow(n);
    twin.grow();
    for (int i = 0; i < 6; ++i)
      compare(random.store(), twin, any_question(random));
  }
}

TEST_CASE("lanes_that_are_followed_and_panned_equal_merging_all_stretches_one_by_one") {
  RandomTrace random(99, 5);
  LaneTwin twin(random.store());
  RunTime width = 64;
  for (EventIndex n = 100; n < 2'000; n += static_cast<EventIndex>(1 + random.below(12))) {
    random.grow(n);
    twin.grow();
    const RunTime end = n;
    compare(random.store(), twin, {Axis::events, end - width, end, 4, end});
    compare(random.store(), twin, {Axis::events, 0, end, 32, end});
    if (n % 3 == 0) compare(random.store(), twin, {Axis::events, end / 2 - width, end / 2, 4, end});
    if (n % 50 == 0) width = 32 + random.below(300);
  }
}

TEST_CASE("plot_range_and_times_held_equal_the_replay") {
  RandomTrace random(5, 6);
  random.grow(3'000);
  const TraceStore& store = random.store();
  LaneTwin twin(store);
  twin.grow();
  const LaneIndex lanes(store);
  for (ObjectId o = 1; o < twin.plots.size(); ++o) {
    const Lane& lane = twin.plots[o];
    const PlotPoint range = lanes.plot_range(o);
    const auto less = [](const Raw& a, const Raw& b) { return a.number < b.number; };
    CHECK(range.min == (lane.empty() ? 0 : std::min_element(lane.begin(), lane.end(), less)->number));
    CHECK(range.max == (lane.empty() ? 0 : std::max_element(lane.begin(), lane.end(), less)->number));
    CHECK(range.last == (lane.empty() ? 0 : lane.back().number));
    for (EventIndex n = 0; n <= store.size(); n += 37) {
      std::uint32_t taken = 0;
      for (const Raw& raw : twin.holds[o])
        taken += raw.owner != kNoWorker && raw.event < n;
      REQUIRE(lanes.times_held(o, n) == taken);
    }
  }
}

TEST_CASE("marks_are_the_first_of_the_most_significant_events_of_each_cell") {
  RandomTrace random(8, 6);
  random.grow(3'000);
  const TraceStore& store = random.store();
  const auto weight = [](const Event& e) {
    if (e.kind == EventKind::raise || e.kind == EventKind::worker_end || e.kind == EventKind::worker_killed ||
        e.kind == EventKind::worker_cut_off || (e.kind == EventKind::check && e.arg == 0)) {
      return 2;
    }
    switch (e.kind) {
      case EventKind::load:
      case EventKind::store:
      case EventKind::add:
      case EventKind::local_set:
      case EventKind::global_store:
      case EventKind::locked:
      case EventKind::event_is_set:
      case EventKind::queue_size:
      case EventKind::choice: return 0;
      default: return 1;
    }
  };
  for (int i = 0; i < 200; ++i) {
    const Question q = any_question(random);
    const auto width =
        static_cast<RunTime>(std::bit_floor(static_cast<std::uint64_t>(std::max<RunTime>(1, q.resolution))));
    for (WorkerId w = 0; w < store.workers().size(); ++w) {
      std::vector<EventIndex> expected;
      RunTime cell = -1;
      for (EventIndex e = 0; e < store.size(); ++e) {
        const RunTime at = q.axis == Axis::time ? static_cast<RunTime>(store[e].time) : RunTime{e};
        if (store[e].worker != w || at < q.from || at > q.to) continue;
        if (at / width != cell) {
          cell = at / width;
          expected.push_back(e);
        } else if (weight(store[e]) > weight(store[expected.back()])) {
          expected.back() = e;
        }
      }
      std::vector<EventIndex> marks;
      LaneIndex(store, q.axis).marks(w, q.from, q.to, q.resolution, marks);
      REQUIRE(marks == expected);
    }
  }
}
