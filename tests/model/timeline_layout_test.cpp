#include "app/model/timeline_layout.hpp"

#include <algorithm>

#include "app/model/timeline_arrows.hpp"
#include "tests/catch.hpp"
#include "tests/model/second.hpp"
#include "tests/trace/random_trace.hpp"
#include "tests/trace/replay.hpp"

using namespace lockstep;
using test::kSecond;
using test::RandomTrace;
using test::TraceBuilder;

namespace {

TimelineInput input_for(const TraceStore& store, TimeRange visible, float width = 1000, float height = 700) {
  TimelineInput input;
  input.store = &store;
  input.visible = visible;
  input.now = store.end_time();
  input.width = width;
  input.height = height;
  return input;
}

std::vector<LaneBox> boxes_of(const TimelineLayout& layout, BoxLook look) {
  std::vector<LaneBox> result;
  std::ranges::copy_if(layout.boxes, std::back_inserter(result),
                       [&](const LaneBox& box) { return box.look == look; });
  return result;
}

/// Two workers and a lock: Ada holds it from 1 s to 3 s, Ben waits from 2 s to 3 s.
struct Contention {
  TraceBuilder t;
  WorkerId ada, ben;
  ObjectId lock;
  EventIndex release, acquire;

  Contention() : ada(t.running("Ada")), ben(t.running("Ben")), lock(t.lock("Fork")) {
    t.at(kSecond).acquire(ada, lock);
    t.sleep(ada, 2 * kSecond, "eating");
    t.at(2 * kSecond).block(ben, lock, EventKind::acquire);
    t.at(3 * kSecond).wake(ada);
    release = t.release(ada, lock);
    acquire = t.acquire(ben, lock);
    t.at(4 * kSecond).end(ada);
    t.at(4 * kSecond).release(ben, lock);
    t.at(5 * kSecond).end(ben);
  }
};

/// The stretches of one state, from the twin.
struct Stretch {
  WorkerId worker;
  WorkerState state;
  RunTime begin, end;
};

std::vector<Stretch> stretches(const TraceStore& store) {
  std::vector<Stretch> result;
  test::Replay replay(store);
  std::vector<WorkerView> last = replay.workers;
  while (replay.size < store.size()) {
    replay.step();
    const auto now = static_cast<RunTime>(store[replay.size - 1].time);
    for (WorkerId w = 0; w < last.size(); ++w) {
      if (replay.began[w] == kNoEvent || replay.workers[w].since == last[w].since) continue;
      result.push_back({w, last[w].state, last[w].since, now});
    }
    last = replay.workers;
  }
  return result;
}

}  // namespace

TEST_CASE("rows lie under one another without gap, workers first") {
  RandomTrace random(11, 7);
  random.grow(500);
  for (const float available : {100.0F, 400.0F, 900.0F, 5000.0F}) {
    for (const float scale : {0.75F, 1.0F, 2.5F}) {
      for (const bool compact : {false, true}) {
        const TimelineRows rows = timeline_rows(random.store(), available, scale, compact);
        float y = 0;
        bool objects = false;
        for (const LaneRow& row : rows.rows) {
          REQUIRE(row.y == y);
          REQUIRE(row.height > 20 * scale);
          objects = objects || row.kind != LaneKind::worker;
          CHECK((row.kind != LaneKind::worker) == objects);
          y += row.height;
        }
        CHECK(rows.height == y);
        CHECK(std::ranges::count(rows.rows, LaneKind::worker, &LaneRow::kind) ==
              static_cast<std::ptrdiff_t>(random.store().workers().size()));
      }
    }
  }
}

TEST_CASE("rows shrink to fit before they have to be scrolled") {
  RandomTrace random(12, 5);
  const float usual = timeline_rows(random.store(), 1e6F, 1, false).height;
  const float least = timeline_rows(random.store(), 0, 1, false).height;
  REQUIRE(least < usual);
  const float between = (usual + least) / 2;
  const float given = timeline_rows(random.store(), between, 1, false).height;
  CHECK(given <= between);
  CHECK(given > between - 60);
}

TEST_CASE("of many pipes only those that something was sent through have a row, of a few all have one") {
  for (const std::size_t pipes : {2U, 12U}) {
    TraceBuilder t;
    std::vector<ObjectId> all;
    for (std::size_t i = 0; i < pipes; ++i)
      all.push_back(t.object(
          {.name = "pipe", .kind = ObjectKind::pipe, .initial = 1, .limit = 9, .owner = kMainWorker}));
    const WorkerId sender = t.running("Sender");
    t.at(kSecond).add(sender, EventKind::pipe_send, all[1], Value::of_int(1));
    const auto objects = [&](const TimelineRows& rows) {
      std::vector<ObjectId> found;
      for (const LaneRow& row : rows.rows)
        if (row.kind != LaneKind::worker) found.push_back(row.object);
      return found;
    };
    CHECK(objects(timeline_rows(t.store(), 900, 1, false)) == (pipes == 2 ? all : std::vector{all[1]}));
  }
}

TEST_CASE("a wait, a sleep and a hold lie where their times are") {
  Contention c;
  const TimelineLayout layout = lay_out_timeline(input_for(c.t.store(), {0, 5 * kSecond}));
  const auto at = [&](RunTime t) { return Catch::Approx(layout.axis.x_of(t)).margin(1.1); };

  const auto waits = boxes_of(layout, BoxLook::waiting);
  REQUIRE(waits.size() == 1);
  CHECK(waits[0].worker == c.ben);
  CHECK(waits[0].object == c.lock);
  CHECK(waits[0].x0 == at(2 * kSecond));
  CHECK(waits[0].x1 == at(3 * kSecond));

  const auto sleeps = boxes_of(layout, BoxLook::sleeping);
  REQUIRE(sleeps.size() == 1);
  CHECK(sleeps[0].worker == c.ada);
  CHECK(c.t.store().text(c.t.store()[sleeps[0].event].extra) == "eating");

  const auto held = boxes_of(layout, BoxLook::held);
  REQUIRE(held.size() == 2);
  CHECK(held[0].worker == c.ada);
  CHECK(held[1].worker == c.ben);
  CHECK(held[1].x0 == at(3 * kSecond));

  const auto strips = boxes_of(layout, BoxLook::waiter);
  REQUIRE(strips.size() == 1);
  CHECK(strips[0].worker == c.ben);
  CHECK(layout.rows[strips[0].row].object == c.lock);
}

TEST_CASE("an arrow goes from the release to the one who waited") {
  Contention c;
  const TimelineLayout layout = lay_out_timeline(input_for(c.t.store(), {0, 5 * kSecond}));
  REQUIRE(layout.arrows.size() == 1);
  CHECK(layout.arrows[0].from == c.release);
  CHECK(layout.arrows[0].to == c.acquire);
  CHECK(layout.arrows[0].y0 < layout.arrows[0].y1);
  CHECK_FALSE(layout.arrows[0].emphasised);

  TimelineInput input = input_for(c.t.store(), {0, 5 * kSecond});
  input.selection.worker = c.ben;
  CHECK(lay_out_timeline(input).arrows.at(0).emphasised);
}

TEST_CASE("a stretch too short to be seen is a mark that names its operation") {
  Contention c;
  const TimelineLayout layout = lay_out_timeline(input_for(c.t.store(), {0, 1000 * kSecond}));
  const auto marks = boxes_of(layout, BoxLook::mark);
  REQUIRE_FALSE(marks.empty());
  for (const LaneBox& mark : marks) {
    REQUIRE(mark.event < c.t.size());
    CHECK(mark.width() >= 3);
    CHECK(c.t.store()[mark.event].worker == mark.worker);
  }
}

TEST_CASE("every box stays in its row and begins where its stretch begins") {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    RandomTrace random(seed, 6);
    random.grow(3000);
    const TraceStore& store = random.store();
    for (int zoom = 0; zoom < 6; ++zoom) {
      const RunTime length = std::max<RunTime>(store.end_time() >> (2 * zoom), 2000);
      const RunTime from = random.below(std::max<RunTime>(store.end_time() - length, 1));
      const TimelineLayout layout = lay_out_timeline(input_for(store, {from, from + length}));
      for (const LaneBox& box : layout.boxes) {
        const LaneRow& row = layout.rows[box.row];
        REQUIRE(box.y0 >= row.y);
        REQUIRE(box.y1 <= row.bottom());
        REQUIRE(box.x1 > box.x0);
        REQUIRE(box.y1 > box.y0);
        const bool end = box.look == BoxLook::end_mark || box.look == BoxLook::cut_mark;
        if (!end) REQUIRE(box.x0 == layout.axis.clamped_x(box.begin));
        if (row.kind == LaneKind::worker) REQUIRE(box.worker == row.worker);
      }
    }
  }
}

TEST_CASE("every wait of the twin is covered by something that shows waiting") {
  for (std::uint32_t seed = 100; seed < 110; ++seed) {
    RandomTrace random(seed, 5);
    random.grow(2000);
    const TraceStore& store = random.store();
    for (int zoom = 0; zoom < 5; ++zoom) {
      const RunTime length = std::max<RunTime>(store.end_time() >> (2 * zoom), 5000);
      const TimeRange visible{0, length};
      const TimelineLayout layout = lay_out_timeline(input_for(store, visible, 1000, 1e5F));
      for (const Stretch& s : stretches(store)) {
        if (s.state != WorkerState::waiting || s.begin >= visible.to || s.end == s.begin) continue;
        // Where a worker ends within the same pixels, the end is what must be seen.
        const bool shown = std::ranges::any_of(layout.boxes, [&](const LaneBox& box) {
          if (box.worker != s.worker || box.begin > s.begin) return false;
          if (box.look == BoxLook::end_mark || box.look == BoxLook::cut_mark) return true;
          return box.look == BoxLook::waiting && box.end >= std::min(s.end, store.end_time());
        });
        INFO("seed " << seed << " zoom " << zoom << " worker " << s.worker << " from " << s.begin << " to "
                     << s.end);
        REQUIRE(shown);
      }
    }
  }
}

TEST_CASE("a plot's line stays between its extremes and reaches them") {
  TraceBuilder t;
  const WorkerId w = t.running();
  const ObjectId queue = t.queue(4, "q");
  for (int i = 0; i < 3; ++i)
    t.put(w, queue, i);
  for (int i = 0; i < 3; ++i)
    t.get(w, queue);
  t.at(kSecond).end(w);
  const TimelineLayout layout = lay_out_timeline(input_for(t.store(), {0, kSecond}));
  REQUIRE(layout.plots.size() == 1);
  const LanePlot& plot = layout.plots[0];
  CHECK(plot.limit == 4);
  CHECK(plot.high == 4);
  float top = 1e9F;
  for (const PlotStep& step : plot.steps) {
    CHECK(step.y_max <= step.y_last);
    CHECK(step.y_last <= step.y_min);
    CHECK(step.y_min <= plot.y_low);
    top = std::min(top, step.y_max);
  }
  CHECK(top == Catch::Approx(plot.y_of(3)));  // a peak of a few microseconds is still there
}

TEST_CASE("pointing at the middle of a box finds what is drawn there last") {
  for (std::uint32_t seed = 200; seed < 215; ++seed) {
    RandomTrace random(seed, 4);
    random.grow(400);
    const TimelineLayout layout =
        lay_out_timeline(input_for(random.store(), {0, random.store().end_time()}, 1600, 3000));
    for (std::size_t i = 0; i < layout.boxes.size(); ++i) {
      const LaneBox& box = layout.boxes[i];
      const float x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
      if (x < layout.gutter) continue;
      const TimelineHit hit = hit_test(layout, x, y);
      REQUIRE(hit.row == &layout.rows[box.row]);
      REQUIRE(hit.box != nullptr);
      CHECK(hit.box >= &layout.boxes[i]);
    }
  }
}

TEST_CASE("pointing beside the lanes finds no row, at the names no box") {
  Contention c;
  const TimelineLayout layout = lay_out_timeline(input_for(c.t.store(), {0, 5 * kSecond}));
  CHECK(hit_test(layout, 500, layout.content_height + 5).row == nullptr);
  const TimelineHit name = hit_test(layout, 20, layout.rows[0].y + 5);
  CHECK(name.on_name);
  CHECK(name.row == &layout.rows[0]);
  CHECK(name.box == nullptr);
}

TEST_CASE("scrolling never goes beyond the lanes") {
  RandomTrace random(5, 12);
  TimelineInput input = input_for(random.store(), {0, kSecond}, 1000, 300);
  input.scroll = 1e9F;
  const TimelineLayout layout = lay_out_timeline(input);
  CHECK(layout.rows.back().bottom() == Catch::Approx(300).margin(1));
  CHECK(most_scroll(layout, layout.content_height) == 0);
}

TEST_CASE("an empty trace has a layout") {
  const TraceStore store;
  const TimelineLayout layout = lay_out_timeline(input_for(store, {0, kSecond}));
  CHECK(layout.boxes.empty());
  CHECK(layout.rows.empty());
  CHECK_FALSE(layout.ticks.ticks.empty());
}

TEST_CASE("each message has an arrow from its sender's lane to its receiver's, in the order they were sent") {
  TraceBuilder t;
  const ObjectId request =
      t.object({.name = "request", .kind = ObjectKind::pipe, .initial = 1, .limit = 9, .owner = kMainWorker});
  const ObjectId reply =
      t.object({.name = "reply", .kind = ObjectKind::pipe, .initial = 1, .limit = 9, .owner = kMainWorker});
  const WorkerId server = t.running("Server"), client = t.running("Client");
  const EventIndex first = t.at(kSecond).add(client, EventKind::pipe_send, request, Value::of_int(1));
  const EventIndex second = t.at(2 * kSecond).add(client, EventKind::pipe_send, request, Value::of_int(2));
  const EventIndex got = t.at(3 * kSecond).add(server, EventKind::pipe_recv, request, Value::of_int(1));
  const EventIndex answer = t.at(4 * kSecond).add(server, EventKind::pipe_send, reply, Value::of_int(3));
  const EventIndex back = t.at(5 * kSecond).add(client, EventKind::pipe_recv, reply, Value::of_int(3));
  const auto layout = lay_out_timeline(input_for(t.store(), {0, 6 * kSecond}));
  REQUIRE(layout.messages.size() == 2);  // the second request is under way
  CHECK((layout.messages[0].from == first && layout.messages[0].to == got));
  CHECK((layout.messages[1].from == answer && layout.messages[1].to == back));
  CHECK(layout.messages[0].sender == client);
  CHECK(layout.messages[0].x0 < layout.messages[0].x1);
  CHECK(layout.messages[0].y0 > layout.messages[0].y1);  // Client lies under Server
  CHECK(layout.messages[1].y0 < layout.messages[1].y1);
  CHECK(second != kNoEvent);
  CHECK(lay_out_timeline(input_for(t.store(), {5'500'000'000, 6 * kSecond})).messages.empty());
}

TEST_CASE(
    "a message that its receiver waited for has one arrow only, and of many those of the selection stay") {
  TraceBuilder t;
  const ObjectId pipe =
      t.object({.name = "pipe", .kind = ObjectKind::pipe, .initial = 1, .limit = 99, .owner = kMainWorker});
  const WorkerId a = t.running("A"), b = t.running("B"), c = t.running("C");
  t.at(kSecond).block(b, pipe, EventKind::pipe_recv);
  const EventIndex sent = t.at(2 * kSecond).add(a, EventKind::pipe_send, pipe, Value::of_int(1));
  t.at(3 * kSecond).woken_by(sent).add(b, EventKind::pipe_recv, pipe, Value::of_int(1));
  TimelineInput input = input_for(t.store(), {0, 4 * kSecond});
  CHECK(lay_out_timeline(input).arrows.size() == 1);
  CHECK(lay_out_timeline(input).messages.empty());

  for (std::size_t i = 0; i <= kMostArrows; ++i) {
    t.add(a, EventKind::pipe_send, pipe, Value::of_int(1));
    t.add(i == 0 ? c : b, EventKind::pipe_recv, pipe, Value::of_int(1));
  }
  input = input_for(t.store(), {0, 4 * kSecond});
  CHECK(lay_out_timeline(input).messages.empty());
  input.selection.worker = c;
  CHECK(lay_out_timeline(input).messages.size() == 1);
}
