// How long a frame takes to build with a large trace. The bound is loose (this runs in debug builds on busy
// machines); the figure of a release build is printed.
#include <algorithm>
#include <chrono>
#include <vector>

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"
#include "tests/ui/driver.hpp"

using namespace lockstep;
using test::Driver;
using test::TraceBuilder;

namespace {

constexpr int kWorkers = 31;  // and main
constexpr EventIndex kEvents = 1'000'000;

/// Workers that sleep, wait for a lock and hold it, for as many events as are wanted.
TraceStore large_trace() {
  TraceBuilder t;
  std::vector<WorkerId> workers;
  for (int i = 0; i < kWorkers; ++i)
    workers.push_back(t.running());
  const ObjectId lock = t.lock("lock");
  std::size_t turn = 0;
  while (t.size() < kEvents) {
    const WorkerId w = workers[turn % kWorkers];
    const WorkerId waiter = workers[(turn + 7) % kWorkers];
    ++turn;
    t.after_ns(20'000 + static_cast<RunTime>(turn % 13) * 5'000).acquire(w, lock);
    t.block(waiter, lock, EventKind::acquire);
    t.after_ns(30'000).release(w, lock);
    t.acquire(waiter, lock);
    t.release(waiter, lock);
    t.sleep(w, 100'000, "working");
    t.after_ns(10'000).wake(w);
  }
  return t.take();
}

double median_ms(Driver& driver, bool change) {
  std::vector<double> times;
  for (int i = 0; i < 41; ++i) {
    if (change) driver.model.timeline.pan(i % 2 == 0 ? 1'000'000 : -1'000'000);
    const auto start = std::chrono::steady_clock::now();
    driver.gui.build(1.0 / 60);
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::nth_element(times, times.begin() + 20);
  return times[20];
}

}  // namespace

TEST_CASE("a frame is built fast with a million events and 32 lanes") {
  Driver driver(1920, 1080);
  driver.model.run.show(large_trace());
  driver.model.timeline.compact = true;  // all lanes in sight
  driver.frames(3);
  const double still = median_ms(driver, false);
  const double whole = median_ms(driver, true);
  driver.model.timeline.show({0, driver.model.run.now() / 1000});
  driver.frames(2);
  const double near = median_ms(driver, true);
  WARN("frame: still " << still << " ms, panning the whole run " << whole << " ms, panning a thousandth "
                       << near << " ms, vertices " << ImGui::GetIO().MetricsRenderVertices);
  CHECK(still < 20);
  CHECK(whole < 60);
  CHECK(near < 60);
}
