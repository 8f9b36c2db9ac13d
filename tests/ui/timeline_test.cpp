// The mouse on the timeline.
#include "tests/catch.hpp"
#include "tests/model/second.hpp"
#include "tests/trace/trace_builder.hpp"
#include "tests/ui/driver.hpp"

using namespace lockstep;
using test::Driver;
using test::kSecond;
using test::TraceBuilder;

namespace {

/// Two workers on a timeline of ten seconds.
struct OnTimeline : Driver {
  WorkerId ada = 0, ben = 0;

  float lane_y(WorkerId worker) {
    const WidgetBox& box = widget("lane.worker." + std::to_string(worker));
    return (box.y0 + box.y1) / 2;
  }
  /// The x of a moment, by the playhead.
  float x_of(RunTime t) {
    model.apply(MovePlayhead{t});
    frames(2);
    const WidgetBox& box = widget("timeline.playhead");
    const float x = (box.x0 + box.x1) / 2;
    model.apply(Action::follow_newest);
    frames(2);
    return x;
  }
};

struct ShownTimeline : OnTimeline {
  ObjectId fork = 0;
  EventIndex acquire = 0;

  ShownTimeline() {
    TraceBuilder t;
    ada = t.running("Ada");
    ben = t.running("Ben");
    fork = t.lock("Fork");
    acquire = t.at(2 * kSecond).acquire(ada, fork);
    t.sleep(ada, 2 * kSecond, "eating");
    t.at(3 * kSecond).block(ben, fork, EventKind::acquire);
    t.at(4 * kSecond).wake(ada);
    t.release(ada, fork);
    t.acquire(ben, fork);
    t.at(10 * kSecond).release(ben, fork);
    model.run.show(t.take());
    frames(3);
  }

  WidgetBox area() { return widget("timeline.area"); }
};

}  // namespace

TEST_CASE("a click on a lane moves the playhead there and selects the worker") {
  ShownTimeline s;
  const float x = s.x_of(7 * kSecond);
  s.click(x, s.lane_y(s.ben));
  CHECK(s.model.selection.worker == s.ben);
  REQUIRE(s.model.timeline.playhead());
  CHECK(static_cast<double>(s.model.timeline.playhead()->time) == Catch::Approx(7e9).epsilon(0.01));
}

TEST_CASE("a click on a mark selects its event") {
  ShownTimeline s;
  const float x = s.x_of(2 * kSecond);
  s.click(x + 3, s.lane_y(s.ada));
  CHECK(s.model.selection.event == s.acquire);
  CHECK(s.model.moment() == s.acquire + 1);
}

TEST_CASE("a click on a name selects the worker and leaves the moment alone") {
  ShownTimeline s;
  s.click("lane.worker." + std::to_string(s.ada));
  CHECK(s.model.selection.worker == s.ada);
  CHECK(s.model.at_newest());
  s.click("lane.object." + std::to_string(s.fork));
  CHECK(s.model.selection.object == s.fork);
}

TEST_CASE("dragging on the axis scrubs") {
  ShownTimeline s;
  const float y = s.area().y0 + 6;
  s.drag(s.x_of(8 * kSecond), y, s.x_of(3 * kSecond), y);
  REQUIRE(s.model.timeline.playhead());
  CHECK(static_cast<double>(s.model.timeline.playhead()->time) == Catch::Approx(3e9).epsilon(0.02));
}

TEST_CASE("dragging on the lanes pans, and going back undoes it") {
  ShownTimeline s;
  const TimeRange before = s.model.timeline.visible();
  s.drag(s.x_of(5 * kSecond), s.lane_y(s.ada), s.x_of(2 * kSecond), s.lane_y(s.ada));
  const TimeRange after = s.model.timeline.visible();
  CHECK(after.length() == before.length());
  CHECK(static_cast<double>(after.from - before.from) == Catch::Approx(3e9).epsilon(0.02));
  CHECK(s.model.at_newest());
  s.model.apply(Action::go_back);
  CHECK(s.model.timeline.visible() == before);
}

TEST_CASE("the wheel zooms at the pointer") {
  ShownTimeline s;
  const float x = s.x_of(4 * kSecond);
  const RunTime before = s.model.timeline.visible().length();
  s.move(x, s.lane_y(s.ada));
  s.frames(2);
  for (int i = 0; i < 5; ++i)
    s.wheel(1);
  CHECK(s.model.timeline.visible().length() < before / 2);
  CHECK(s.x_of(4 * kSecond) == Catch::Approx(x).margin(2));
}

TEST_CASE("measuring shows the length of what was dragged over") {
  ShownTimeline s;
  s.model.apply(Action::measure);
  s.drag(s.x_of(2 * kSecond), s.lane_y(s.ada), s.x_of(5 * kSecond), s.lane_y(s.ada));
  REQUIRE(s.model.timeline.measure);
  CHECK(static_cast<double>(s.model.timeline.measure->length()) == Catch::Approx(3e9).epsilon(0.02));
  CHECK_THAT(s.widget("timeline.measure").label, ContainsSubstring(" s"));
  CHECK(s.model.at_newest());
  s.model.apply(Action::close);
  CHECK_FALSE(s.model.timeline.measure);
}

TEST_CASE("the minimap moves what the lanes show") {
  ShownTimeline s;
  s.model.apply(ShowRange{{kSecond, 2 * kSecond}});
  s.frames(2);
  const WidgetBox map = s.widget("timeline.minimap");
  s.click((map.x0 + map.x1) / 2, (map.y0 + map.y1) / 2);
  const TimeRange range = s.model.timeline.visible();
  CHECK(static_cast<double>(range.from + range.length() / 2) == Catch::Approx(5e9).epsilon(0.05));
}

TEST_CASE("a splitter changes the panes and is remembered") {
  ShownTimeline s;
  const WidgetBox grip = s.widget("splitter.left");
  const float y = (grip.y0 + grip.y1) / 2;
  const float x = (grip.x0 + grip.x1) / 2;
  const double before = s.model.settings.panes.left;
  s.drag(x, y, x + 60, y);
  CHECK(s.model.settings.panes.left == Catch::Approx(before + 60).margin(2));
  s.frames(2);
  CHECK(s.widget("splitter.left").x0 == Catch::Approx(grip.x0 + 60).margin(2));
}

TEST_CASE("buttons do what they say") {
  ShownTimeline s;
  s.click("transport.language");
  CHECK(s.model.settings.language == Language::zh);
  if (s.widgets().find("transport.theme")) {
    s.click("transport.theme");
    CHECK(s.model.settings.theme == ThemeName::light);
  }
  s.click("transport.help");
  CHECK(s.model.overlays.help);
}

TEST_CASE("what cannot be done is disabled") {
  Driver driver;
  CHECK_FALSE(driver.widget("transport.restart").enabled);
  CHECK_FALSE(driver.widget("transport.stop").enabled);
  CHECK(driver.widget("transport.step").enabled);
  driver.click("transport.restart");
  CHECK_FALSE(driver.model.run.has_run());
}

TEST_CASE("a message's arrow tells who sent what to whom, and when") {
  struct Sent : OnTimeline {
    Sent() {
      TraceBuilder t;
      ada = t.running("Ada");
      ben = t.running("Ben");
      const ObjectId pipe = t.object({.name = "letters", .kind = ObjectKind::pipe, .initial = 1, .limit = 9});
      t.at(2 * kSecond).add(ada, EventKind::pipe_send, pipe, t.text_value("hello"));
      t.at(6 * kSecond).add(ben, EventKind::pipe_recv, pipe, t.text_value("hello"));
      t.at(10 * kSecond).end(ada);
      model.run.show(t.take());
      frames(3);
    }
  };
  Sent s;
  const float x = (s.x_of(2 * kSecond) + s.x_of(6 * kSecond)) / 2 + s.gui.ui().px(3.5F);
  s.move(x, (s.lane_y(s.ada) + s.lane_y(s.ben)) / 2);
  s.frames(3);
  const std::string& tip = s.widget("timeline.arrow.tip").label;
  INFO(tip);
  CHECK(tip.find("Ada → Ben: hello (5 bytes)") != std::string::npos);
  CHECK(tip.find("through letters") != std::string::npos);
  CHECK(tip.find("sent: 2.0") != std::string::npos);
  CHECK(tip.find("received: 6.0") != std::string::npos);
}
