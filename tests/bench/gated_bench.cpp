// What a step on real threads and processes costs, beside a bare hand-over by futex; what going back costs;
// what starting a stepped run costs.
#include <sched.h>
#include <atomic>
#include <barrier>
#include <thread>

#include "core/platform/futex.hpp"
#include "core/platform/process.hpp"
#include "core/scenario/api.hpp"
#include "core/session/stepped_run.hpp"
#include "tests/bench/bench.hpp"

using namespace lockstep;
using namespace lockstep::bench;

namespace {

/// Two workers, each `loads` times: read the same variable. Every load is one step.
void read_together(const Setup& setup) {
  const api::Shared<int> x("x");
  const auto read = [](const api::Shared<int>& shared, std::int64_t times) {
    for (std::int64_t i = 0; i < times; ++i)
      shared.load();
  };
  const std::int64_t loads = setup.param("loads");
  if (setup.is("threads")) {
    const api::Thread a({.name = "A"}, read, x, loads);
    const api::Thread b({.name = "B"}, read, x, loads);
    a.start();
    b.start();
    a.join();
    b.join();
  } else {
    const api::Process a({.name = "A"}, read, x, loads);
    const api::Process b({.name = "B"}, read, x, loads);
    a.start();
    b.start();
    a.join();
    b.join();
  }
}

Scenario scenario() {
  Scenario made;
  made.id = "bench-steps";
  made.chapter = Chapter::threads;
  made.position = 100;
  made.variants = {{.name = "threads", .verdict = Verdict::ok, .outcomes = {}},
                   {.name = "processes", .verdict = Verdict::ok, .outcomes = {}}};
  made.params = {{.name = "loads", .value = 1, .step_value = 1, .min = 1, .max = 1'000'000}};
  made.main = read_together;
  return made;
}

const Registration registered(scenario());

RunRequest request(const std::string& variant, int loads) {
  RunRequest asked;
  asked.scenario = "bench-steps";
  asked.variant = variant;
  asked.params = {{"loads", std::to_string(loads)}};
  asked.seed = 1;
  return asked;
}

void until_ready(SteppedRun& run) {
  for (run.poll(); !run.ready(); run.poll())
    run.wait(20);
}

std::unique_ptr<SteppedRun> started(const RunRequest& asked, const std::vector<Choice>& choices = {}) {
  auto run = SteppedRun::start(asked, choices);
  if (auto* sentence = std::get_if<std::string>(&run)) FAIL(*sentence);
  auto result = std::move(std::get<std::unique_ptr<SteppedRun>>(run));
  until_ready(*result);
  return result;
}

/// main starts both; then they take turns: each step is a hand-over.
std::vector<Choice> in_turn(int loads) {
  std::vector<Choice> choices(3, Choice{kMainWorker});
  for (int i = 0; i <= loads; ++i) {
    choices.push_back({1});
    choices.push_back({2});
  }
  return choices;
}

/// Hand-overs a second of two threads on one core, each by one store, one wake and one wait.
double bare_hand_overs() {
  constexpr std::uint32_t kTimes = 200'000;
  std::array<std::atomic<std::uint32_t>, 2> words{};
  std::barrier begin(3);
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
  const auto play = [&](std::size_t me) {
    sched_setaffinity(0, sizeof one, &one);
    begin.arrive_and_wait();
    for (std::uint32_t i = 1; i <= kTimes / 2; ++i) {
      while (words[me].load(std::memory_order_acquire) < i)
        platform::futex_wait(words[me], i - 1, platform::kForeverNs);
      words[1 - me].fetch_add(1, std::memory_order_release);
      platform::futex_wake(words[1 - me], 1);
    }
  };
  std::thread a(play, 0);
  std::thread b(play, 1);
  begin.arrive_and_wait();
  const double time = seconds([&] {
    words[0].store(1, std::memory_order_release);
    platform::futex_wake(words[0], 1);
    a.join();
    b.join();
  });
  return kTimes / time;
}

double median_of(std::vector<double> times, double share = 0.5) {
  std::sort(times.begin(), times.end());
  return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

/// Steps a second of a whole run along `choices`.
double steps_per_second(const std::string& variant, int loads) {
  const std::vector<Choice> choices = in_turn(loads);
  auto run = started(request(variant, loads), choices);
  std::vector<double> times;
  for (int round = 0; round < 5; ++round) {
    run->restart();
    until_ready(*run);
    times.push_back(seconds([&] {
      run->go_to(run->length());
      until_ready(*run);
    }));
    REQUIRE(run->position() == choices.size());
  }
  return static_cast<double>(choices.size()) / median_of(times);
}

double random_steps_per_second(const std::string& variant, int loads) {
  auto run = started(request(variant, loads));
  std::vector<double> times;
  std::uint32_t steps = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    run->restart();
    until_ready(*run);
    times.push_back(seconds([&] {
      run->run({.kind = PolicyKind::random, .seed = seed}, RunUntil::end);
      until_ready(*run);
    }));
    steps = run->position();
  }
  return steps / median_of(times);
}

}  // namespace

TEST_CASE("gated: steps", "[bench]") {
  constexpr int kLoads = 30'000;
  const double bare = bare_hand_overs();
  for (const std::string variant : {"threads", "processes"}) {
    report("gated: " + variant + " in turn, each step a hand-over", steps_per_second(variant, kLoads) / 1e3,
           "k steps/s", "bare futex hand-overs", bare / 1e3);
    report("gated: " + variant + " at random", random_steps_per_second(variant, kLoads) / 1e3, "k steps/s",
           "bare futex hand-overs", bare / 1e3);
  }
}

TEST_CASE("gated: back", "[bench]") {
  for (const std::string variant : {"threads", "processes"}) {
    auto run = started(request(variant, 400), in_turn(400));
    run->go_to(500);
    until_ready(*run);
    std::vector<double> times;
    for (int round = 0; round < 101; ++round) {
      times.push_back(seconds([&] {
        run->back();
        until_ready(*run);
      }));
      REQUIRE(run->position() == 499);
      run->forward();
      until_ready(*run);
    }
    report("gated: back at step 500, " + variant + ", median", median_of(times) * 1e3, "ms", "p95",
           median_of(times, 0.95) * 1e3);
  }
}

TEST_CASE("gated: start", "[bench]") {
  for (const std::string variant : {"threads", "processes"}) {
    std::vector<double> times;
    for (int round = 0; round < 41; ++round)
      times.push_back(seconds([&] { started(request(variant, 1)); }));
    report("gated: start and end of a stepped run, " + variant + ", median", median_of(times) * 1e3, "ms",
           "p95", median_of(times, 0.95) * 1e3);
  }
  auto run = started(request("threads", 1));
  std::vector<double> times;
  for (int round = 0; round < 3; ++round) {
    run->restart();
    until_ready(*run);
    times.push_back(seconds([&] {
      run->step({kMainWorker});
      until_ready(*run);
    }));
  }
  report("gated: one step, from the command to its events", median_of(times) * 1e3, "ms");
}
