// Runs a program live and on fibers under many schedules.
#pragma once

#include "core/explore/fiber_run.hpp"
#include "tests/explore/schedulers.hpp"
#include "tests/runtime/live_program.hpp"

namespace lockstep::test {

/// Requires that on fibers, under `seeds` random schedules, every worker ends, all checks hold and nobody is
/// killed or ended by an error.
inline void on_fibers(const std::function<void()>& main, std::uint64_t seeds = 300) {
  FiberRun run(main);
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    std::vector<Event> events;
    RandomScheduler random(seed);
    const FiberEnd end = run.run(random, &events);
    std::vector<std::string> wrong;
    for (const Event& event : events) {
      if (event.kind == EventKind::check && event.arg == 0)
        wrong.emplace_back(run.arena().text(run.arena().object(event.object).name));
      if (event.kind == EventKind::raise && end.error_raised)
        wrong.emplace_back(run.arena().text(static_cast<TextId>(event.arg)));
    }
    INFO("seed " << seed);
    REQUIRE(wrong == std::vector<std::string>{});
    REQUIRE(end.all_ended);
    REQUIRE_FALSE(end.halted);
    REQUIRE_FALSE(end.check_failed);
    REQUIRE_FALSE(end.error_raised);
    REQUIRE_FALSE(end.killed);
  }
}

/// Live, and on fibers.
inline Recorded in_both_runtimes(const std::function<void()>& main, std::uint64_t seeds = 300) {
  on_fibers(main, seeds);
  return in_live_run(main);
}

}  // namespace lockstep::test
