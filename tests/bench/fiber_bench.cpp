// What a step and an execution cost on fibers, beside a bare switch between two fibers; in processor time
// but for the last lines.
#include <thread>

#include "core/explore/fiber_run.hpp"
#include "tests/bench/bare_switch.hpp"
#include "tests/bench/bench.hpp"
#include "tests/explore/dpor_programs.hpp"

using namespace lockstep;
using namespace lockstep::bench;

namespace {

/// Each worker that can go is as likely; as cheap as can be.
class QuickRandom final : public Scheduler {
 public:
  explicit QuickRandom(std::uint64_t seed) : state_(seed) {}
  Choice next(const Situation& situation) override {
    const auto pick = (next_random(state_) >> 32) * situation.moves.size() >> 32;
    return {situation.moves[pick].worker};
  }

 private:
  std::uint64_t state_;
};

struct Work {
  std::uint64_t executions = 0;
  std::uint64_t steps = 0;
};

/// Runs the program at random for that many executions.
Work run_at_random(const std::function<void()>& main, std::uint64_t executions, std::uint64_t seed) {
  FiberRun run(main);
  QuickRandom scheduler(seed);
  Work work;
  for (; work.executions < executions; ++work.executions)
    work.steps += run.run(scheduler).steps;
  return work;
}

}  // namespace

TEST_CASE("fiber executions", "[bench]") {
  const double bare = BareSwitch().ns();
  constexpr std::uint64_t kExecutions = 300'000;
  const std::pair<const char*, std::function<void()>> programs[] = {{"lockinc 2x4", test::lockinc(2, 4)},
                                                                    {"lockinc 3x3", test::lockinc(3, 3)},
                                                                    {"incs 2x4", test::incs(2, 4)},
                                                                    {"lockinc 2x40", test::lockinc(2, 40)}};
  for (const auto& [name, main] : programs) {
    Work work;
    const double took = cpu_seconds([&] { work = run_at_random(main, kExecutions / 3, 1); });
    const auto n = static_cast<double>(work.executions);
    report(fmt::format("fiber: {}, one thread", name), n / took / 1e6, "M runs/s");
    report(fmt::format("fiber: {}, a step ({:.1f} a run)", name, static_cast<double>(work.steps) / n),
           took / static_cast<double>(work.steps) * 1e9, "ns", "bare switch", bare);
  }
  for (const unsigned threads : {1U, 2U}) {
    const double took = seconds([&] {
      std::vector<std::thread> workers;
      for (unsigned i = 0; i < threads; ++i)
        workers.emplace_back([i] { run_at_random(test::lockinc(2, 4), kExecutions, i + 1); });
      for (std::thread& worker : workers)
        worker.join();
    });
    report(fmt::format("fiber: lockinc 2x4, {} threads, wall clock", threads),
           threads * static_cast<double>(kExecutions) / took / 1e6, "M runs/s");
  }
}
