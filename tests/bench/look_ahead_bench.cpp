// What a learner waits for in step mode: the marks of the cards, for every variant of the catalogue at step
// params. The first answer comes with the start of the explorer's process and its graph of all states; later
// ones are asked at every position of a random run. Wall time: other load on the machine counts.
#include <thread>

#include "core/explore/fiber_run.hpp"
#include "core/session/exploration.hpp"
#include "tests/bench/bench.hpp"
#include "tests/explore/programs.hpp"
#include "tests/explore/schedulers.hpp"

using namespace lockstep;
using namespace lockstep::bench;

namespace {

struct Waits {
  std::string variant;
  double first_ms = 0;
  double worst_later_ms = 0;
};

double wait_for_answer(LookAheadService& service, const std::vector<Choice>& prefix) {
  return seconds([&] {
           service.ask(prefix);
           while (!service.poll() || service.answer().prefix != prefix)
             std::this_thread::sleep_for(std::chrono::microseconds(100));
         }) *
         1e3;
}

Waits measure(const Scenario& scenario, const Variant& variant) {
  FiberRun run(test::program_of(scenario, variant.name));
  test::RandomScheduler random(1);
  run.run(random);

  Waits waits{.variant = fmt::format("{}/{}", scenario.id, variant.name)};
  ExploreRequest request;
  request.scenario = scenario.id;
  request.variant = variant.name;
  std::unique_ptr<LookAheadService> service;
  std::vector<Choice> prefix;
  waits.first_ms = 1e3 * seconds([&] {
                     auto started = LookAheadService::start(request);
                     service = std::move(std::get<std::unique_ptr<LookAheadService>>(started));
                     wait_for_answer(*service, prefix);
                   });
  for (const Choice choice : random.chosen) {
    prefix.push_back(choice);
    waits.worst_later_ms = std::max(waits.worst_later_ms, wait_for_answer(*service, prefix));
  }
  return waits;
}

}  // namespace

TEST_CASE("look-ahead of every variant", "[bench]") {
  std::vector<Waits> all;
  test::each_variant(
      [&](const Scenario& scenario, const Variant& variant) { all.push_back(measure(scenario, variant)); });
  std::ranges::sort(all, std::greater{}, &Waits::first_ms);
  fmt::print("{:<40} {:>9} {:>15}\n", "variant, slowest first", "first ms", "worst later ms");
  for (const Waits& waits : all)
    fmt::print("{:<40} {:>9.1f} {:>15.1f}\n", waits.variant, waits.first_ms, waits.worst_later_ms);
}
