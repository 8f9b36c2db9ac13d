// The tab "Processes" on hand-made traces, without a window.
#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"
#include "tests/ui/driver.hpp"

using namespace lockstep;
using test::Driver;
using test::says;
using test::TraceBuilder;

namespace {

/// Main has 100, Child has set its copy to 0, has closed its read end and has ended; main asked the kernel.
struct Zombie : Driver {
  explicit Zombie(int width = 1366) : Driver(width, 768) {
    TraceBuilder t;
    value = t.object(ObjectKind::global, "value", 100);
    pipe =
        t.object({.name = "pipe", .kind = ObjectKind::pipe, .initial = 1, .limit = 9, .owner = kMainWorker});
    const WorkerId child = t.worker("Child", WorkerKind::process);
    t.add(Event{
        .arg = child, .extra = 3, .worker = kMainWorker, .object = pipe, .kind = EventKind::pipe_inherit});
    t.start(kMainWorker, child);
    t.begin(child);
    t.add(child, EventKind::pipe_close, pipe, 2);
    changed = t.store(child, value, 0);
    t.end(child);
    t.add(kMainWorker, EventKind::kernel_state, t.object_of(child), 'Z');
    model.run.show(t.take());
    model.apply(OpenTab{"processes"});
    frames(4);
  }
  const std::string& label(std::string_view id) { return widget(id).label; }

  ObjectId value, pipe;
  EventIndex changed = 0;
};

}  // namespace

TEST_CASE("the tab Processes tells who is a zombie, what the kernel said and whose copy differs") {
  Zombie s;
  CHECK(says(s.label("processes.row.1"), "zombie"));
  CHECK(s.label("processes.kernel.1") == "Z");
  CHECK(s.label("processes.cell." + std::to_string(s.value) + ".0") == "100");
  CHECK(says(s.label("processes.cell." + std::to_string(s.value) + ".1"), "≠ 0"));
  CHECK(s.label("processes.cell." + std::to_string(s.pipe) + ".1") == "write, read: closed");
}

TEST_CASE("the tab Processes follows the playhead back") {
  Zombie s;
  s.model.apply(SelectEvent{s.changed - 1});
  s.frames(3);
  CHECK(!says(s.label("processes.row.1"), "zombie"));
  CHECK(!s.widgets().find("processes.kernel.1"));
  CHECK(s.label("processes.cell." + std::to_string(s.value) + ".1") == "100");
}

TEST_CASE("a click on a process selects it, one on a head its object") {
  Zombie s(1920);
  s.click("processes.row.1");
  CHECK(s.model.selection.worker == 1);
  s.click("processes.column." + std::to_string(s.pipe));
  CHECK(s.model.selection.object == s.pipe);
}
