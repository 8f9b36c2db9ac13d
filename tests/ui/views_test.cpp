// The side views on hand-made traces, without a window.
#include <ctime>

#include "app/model/key_table.hpp"
#include "app/views/row_list.hpp"
#include "app/views/view.hpp"
#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"
#include "tests/ui/driver.hpp"

using namespace lockstep;
using test::Driver;
using test::says;
using test::TraceBuilder;

namespace {

/// Two workers that take two locks in opposite order, a queue, a variable, a check, a printed line.
TraceStore deadlock() {
  TraceBuilder t;
  const WorkerId ada = t.running("Ada"), ben = t.running("Ben");
  const ObjectId fork = t.lock("Fork"), plate = t.lock("Plate"), queue = t.queue(3, "orders");
  const ObjectId sold = t.shared(1, "sold"), check = t.object(ObjectKind::check, "sold <= 1");
  t.print(ada, "hello from Ada");
  t.put(ada, queue, 7);
  t.store(ben, sold, 0);
  t.check(ben, check, true);
  t.acquire(ada, fork);
  t.acquire(ben, plate);
  t.block(ada, plate, EventKind::acquire);
  t.block(ben, fork, EventKind::acquire);
  t.block_join(kMainWorker, ada);
  return t.take();
}

struct Shown : Driver {
  explicit Shown(const char* tab, Settings settings = {}) : Driver(1366, 768, std::move(settings)) {
    model.run.show(deadlock());
    model.apply(OpenTab{tab});
    frames(4);
  }
  const std::string& label(std::string_view id) { return widget(id).label; }
};

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace

TEST_CASE("every view draws with and without a run, in each language, theme and size") {
  Settings settings;
  settings.language = GENERATE(Language::en, Language::zh);
  settings.theme = GENERATE(ThemeName::dark, ThemeName::projector);
  const bool with_run = GENERATE(false, true);
  const int width = GENERATE(700, 1920);
  Driver d(width, 600, settings);
  if (with_run) d.model.run.show(deadlock());
  for (const View* view : all_views()) {
    d.model.apply(OpenTab{view->id});
    d.frames(3);
  }
  d.model.apply(Action::help);
  d.frames(3);
  CHECK(d.widgets().find("help.close"));
}

TEST_CASE("no frame shows a box for a character that a font has") {
  Settings settings;
  settings.language = Language::zh;
  Driver d(1366, 768, settings);
  if (!d.gui.font_files().has_cjk()) return;
  d.model.notify("龘靐齉");  // in no text of the program
  d.frames();
  CHECK_FALSE(d.gui.ui().misses_glyphs());
  CHECK(d.gui.ui().fonts().text->FindGlyphNoFallback(0x9F98));
}

TEST_CASE("what the narration may say is baked with the language") {
  const GlyphNeeds needs = GlyphNeeds::of(Language::zh);
  CHECK(needs.everywhere.contains(U'饥'));  // a finding's heading
  CHECK(needs.everywhere.contains(U'齐'));  // what a worker waits for
}

TEST_CASE("a lock's card names its owner and who waits") {
  Shown s("objects");
  const std::string& fork = s.label("objects.card.3");
  CHECK(says(fork, "Fork"));
  CHECK(says(fork, "Ada holds it"));
  CHECK(says(fork, "[Ben]"));  // the badge of Ben, who waits
}

TEST_CASE("cards show the state at the playhead") {
  Shown s("objects");
  s.model.apply(SelectEvent{4});
  s.frames(3);
  CHECK(says(s.label("objects.card.3"), "free"));
}

TEST_CASE("the wait-for graph draws the deadlock and says its sentence") {
  Shown s("waitfor");
  CHECK(s.widgets().find("waitfor.worker.1"));
  CHECK(s.widgets().find("waitfor.object.3"));
  CHECK(says(s.label("waitfor.caption"), "Ada"));
}

TEST_CASE("findings are counted on their tab and lead to the evidence") {
  Shown s("findings");
  CHECK(findings_view.count(s.model) == 1);
  s.click("findings.event.0.0");
  CHECK(s.model.selection.event == s.model.run.findings()[0].events[0]);
}

TEST_CASE("a click on an event moves the playhead to just after it") {
  Shown s("events");
  const WidgetBox follow = s.widget("events.follow");
  s.click(follow.x0 + 40, follow.y1 + 90);
  REQUIRE(s.model.selection.event != kNoEvent);
  CHECK(s.model.moment() == s.model.selection.event + 1);
}

TEST_CASE("changes of core are among the events only if they are asked for") {
  TraceBuilder t;
  for (int i = 0; i < 30; ++i)
    t.at(i * 1'000).add(Event{.extra = 2, .worker = kMainWorker, .kind = EventKind::core});
  t.print(kMainWorker, "x");
  const auto all = static_cast<std::int64_t>(t.size());
  Driver driver;
  driver.model.run.show(t.take());
  driver.model.apply(OpenTab{"events"});
  driver.frames(4);
  const std::string shown = driver.widget("events.count").label;
  CHECK(shown == driver.gui.ui().tr_count("events.count", all - 30));
}

TEST_CASE("statistics list every worker") {
  Shown s("statistics");
  for (const char* id : {"statistics.worker.0", "statistics.worker.1", "statistics.worker.2"})
    CHECK(s.widgets().find(id));
}

TEST_CASE("help lists every key of the table and every pane") {
  Shown s("objects");
  s.model.apply(Action::help);
  s.frames(3);
  for (const KeyBinding& binding : key_table())
    CHECK(s.widgets().find("help.key." + std::string(binding.help_key)));
  CHECK(s.widgets().find("help.area.objects"));
  s.click("help.close");
  CHECK_FALSE(s.model.overlays.help);
}

TEST_CASE("rows are revealed with as little movement as possible") {
  CHECK(reveal_row(0, 5, 100, 10) == 0);
  CHECK(reveal_row(0, 50, 100, 10) == 42);
  CHECK(reveal_row(80, 50, 100, 10) == 49);
  CHECK(reveal_row(0, 99, 100, 10) == 90);
  CHECK(clamp_top(1e9, 10'000'000, 20) == 9'999'980);
  CHECK(clamp_top(-3, 5, 20) == 0);
}

TEST_CASE("a frame stays cheap with many events", "[noasan]") {
  TraceBuilder t;
  const WorkerId ada = t.running("Ada");
  const ObjectId sold = t.shared(0, "sold");
  for (int i = 0; i < 150'000; ++i)
    t.store(ada, sold, i);
  Driver d;
  d.model.run.show(t.take());
  for (const char* tab : {"objects", "waitfor", "console", "events", "findings", "statistics"}) {
    d.model.apply(OpenTab{tab});
    d.frames(12);
    const double begin = cpu_ms();
    d.frames(20);
    INFO(tab);
    CHECK((cpu_ms() - begin) / 20 < 8);  // far above what it takes; a pass over all events would be more
  }
}
