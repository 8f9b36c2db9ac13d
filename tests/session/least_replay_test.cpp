// The least failing schedule of every variant that fails shows the same run every time, on fibers and on real
// threads and processes. LOCKSTEP_REPLAYS says how often each is replayed.
#include <cstdlib>

#include "core/explore/outcome.hpp"
#include "core/session/exploration.hpp"
#include "tests/explore/programs.hpp"
#include "tests/explore/schedulers.hpp"
#include "tests/session/event_lines.hpp"
#include "tests/session/stepped_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

int replays() {
  const char* typed = std::getenv("LOCKSTEP_REPLAYS");
  return typed == nullptr ? 5 : std::atoi(typed);
}

LeastFailure least_of(const Scenario& scenario, const Variant& variant) {
  ExploreRequest request{std::string(scenario.id), std::string(variant.name), {}, {}};
  request.options.goal = ExploreGoal::find;
  auto started = Exploration::start(request);
  if (auto* sentence = std::get_if<std::string>(&started)) FAIL(*sentence);
  Exploration& exploration = *std::get<std::unique_ptr<Exploration>>(started);
  const Patience patience;
  while (exploration.report() == nullptr) {
    patience.check();
    if (!exploration.poll()) exploration.wait(20);
  }
  REQUIRE(exploration.report()->least);
  return *exploration.report()->least;
}

void check_replays(const Scenario& scenario, const Variant& variant, int times) {
  INFO(scenario.id << " " << variant.name);
  const LeastFailure least = least_of(scenario, variant);
  INFO(to_text(least.schedule));
  CHECK(least.confirmed);
  REQUIRE(least.schedule.marks.size() == least.schedule.choices.size());
  const auto parsed = parse_schedule(to_text(least.schedule));
  REQUIRE(std::get<Schedule>(parsed) == least.schedule);

  FiberRun fibers(program_of(scenario, variant.name), least.schedule.seed);
  std::vector<std::string> wanted;
  for (int i = 0; i < times; ++i) {
    ListScheduler scheduler(least.schedule.choices, true);
    std::vector<Event> events;
    const FiberEnd end = fibers.run(scheduler, &events);
    REQUIRE(end.steps == least.schedule.choices.size());
    CHECK(outcome_of_end(fibers.arena(), end) == least.outcome);
    const auto lines = event_lines(fibers, events);
    if (i == 0) wanted = lines;
    REQUIRE(lines == wanted);
  }
  for (int i = 0; i < times; ++i) {
    const auto run = taken(SteppedRun::start(least.schedule));
    REQUIRE(run->divergence() == "");
    REQUIRE(run->position() == least.schedule.choices.size());
    REQUIRE(outcome_of(run->diagnosis().findings()) == least.outcome);
    const auto lines = event_lines(run->store());
    for (std::size_t line = 0; line < std::min(lines.size(), wanted.size()); ++line)
      REQUIRE(lines[line] == wanted[line]);
    REQUIRE(lines.size() == wanted.size());
  }
}

}  // namespace

TEST_CASE("each failing variant's least schedule replays to the same events on fibers and on real workers",
          "[notsan]") {
  int variants = 0;
  each_variant([&](const Scenario& scenario, const Variant& variant) {
    // Those of the tests themselves are not of the catalogue.
    if (scenario.position >= 100 || variant.verdict == Verdict::ok) return;
    check_replays(scenario, variant, replays());
    ++variants;
  });
  CHECK(variants >= 12);
  WARN(variants << " variants, " << replays() << " replays each on fibers and on real threads and processes");
}
