// What computing live tells about the cores: the number it begins on, moves, and waits.
#include <sched.h>

#include "core/runtime/core_watch.hpp"
#include "tests/runtime/live_program.hpp"

using namespace lockstep;
using namespace lockstep::api;
using namespace lockstep::test;
using namespace std::chrono_literals;

namespace {

/// The cores that this thread may use.
std::vector<std::uint32_t> allowed_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(0, sizeof set, &set);
  std::vector<std::uint32_t> cores;
  for (std::uint32_t core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(core, &set)) cores.push_back(core);
  }
  return cores;
}

void bind_to(std::uint32_t core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  sched_setaffinity(0, sizeof set, &set);
}

std::vector<Event> cores_in(const Recorded& recorded) {
  std::vector<Event> result;
  for (const Event& event : recorded.events) {
    if (event.kind == EventKind::core) result.push_back(event);
  }
  return result;
}

}  // namespace

TEST_CASE("computing tells its core from the beginning, and what it waited for one is part of its time") {
  const auto allowed = allowed_cores();
  const Recorded run = run_live([] { compute(20ms); }, 1.0);
  const auto begin = std::ranges::find(run.events, EventKind::compute_begin, &Event::kind);
  const auto end = std::ranges::find(run.events, EventKind::compute_end, &Event::kind);
  REQUIRE(begin != run.events.end());
  REQUIRE(end != run.events.end());
  CHECK((begin + 1)->kind == EventKind::core);
  CHECK((begin + 1)->arg == 0);
  RunTime waited = 0;
  for (const Event& event : cores_in(run)) {
    CHECK(std::ranges::find(allowed, event.extra) != allowed.end());
    CHECK(event.time >= begin->time);
    CHECK(event.time <= end->time);
    waited += event.arg;
  }
  CHECK(waited <= static_cast<RunTime>(end->time - begin->time));
}

TEST_CASE("whoever is moved to another core while it computes says so") {
  const auto allowed = allowed_cores();
  if (allowed.size() < 2) return;  // nowhere to go
  Arena arena = Arena::create();
  set_clock_rate(arena.header(), 1.0);
  std::vector<std::optional<Event>> seen;
  std::thread computing([&] {
    bind_to(allowed[0]);
    CoreWatch watch(arena.header());
    seen.push_back(watch.first());
    for (const std::uint32_t core : {allowed[1], allowed[0]}) {
      bind_to(core);
      seen.push_back(watch.look().moved);
    }
  });
  computing.join();
  REQUIRE(seen.size() == 3);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    REQUIRE(seen[i].has_value());
    CHECK(seen[i]->extra == allowed[i % 2]);
  }
}
