// Going back and forward through runs in which processes are ended by signals, in long and short jumps: each
// step does the same, whenever the supervisor happens to notice a death.
//
// LOCKSTEP_REPLAYS=N plays N rounds of each instead of a few: for hunting.
#include <array>
#include <cstdlib>
#include <random>

#include "tests/session/stepped_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// A way through a program, and what its steps record.
struct Way {
  std::string scenario;
  std::string variant;
  std::vector<Choice> choices;
};

/// The writer is killed with the lock in its hand, and nobody can go on when the reader has begun.
Way killed_with_the_lock() {
  Way way{"process-terminate-holding-lock", "terminate", {}};
  for (const WorkerId worker : std::array<WorkerId, 11>{0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 2})
    way.choices.push_back({worker, false, 0});
  return way;
}

Way by_chance(const std::string& scenario, const std::string& variant, std::uint64_t seed) {
  auto run = start_steps(scenario, variant);
  run_to_end(*run, PolicyKind::random, seed);
  return {scenario, variant, run->choices()};
}

/// Jumps about in the run until `jumps` are done; at each stop everything is as it was there.
void jump_about(const Way& way, std::uint64_t seed, int jumps) {
  INFO(way.scenario << " " << way.variant << " seed " << seed);
  std::mt19937_64 random(seed);
  auto run = start_steps(way.scenario, way.variant, way.choices);
  REQUIRE(run->divergence() == "");
  const auto all = deeds(run->store());
  const std::vector<std::uint8_t> marks = run->schedule().marks;
  const auto length = run->length();
  for (int jump = 0; jump < jumps; ++jump) {
    switch (random() % 4) {
      case 0: run->back(); break;
      case 1: run->forward(); break;
      case 2: run->go_to(length); break;
      default: run->go_to(static_cast<std::uint32_t>(random() % (length + 1))); break;
    }
    until_ready(*run);
    REQUIRE(run->divergence() == "");
    REQUIRE(run->length() == length);
    const auto now = deeds(run->store());
    REQUIRE(now.size() <= all.size());
    REQUIRE(std::equal(now.begin(), now.end(), all.begin()));
    const std::vector<std::uint8_t> its_marks = run->schedule().marks;
    REQUIRE(std::equal(its_marks.begin(), its_marks.end(), marks.begin()));
  }
  run->go_to(length);
  until_ready(*run);
  REQUIRE(run->divergence() == "");
  REQUIRE(deeds(run->store()) == all);
}

int rounds() {
  const char* text = std::getenv("LOCKSTEP_REPLAYS");
  return text == nullptr ? 1 : std::atoi(text);
}

}  // namespace

TEST_CASE("a run in which processes are ended is the same at each step, however one jumps about in it",
          "[notsan]") {
  for (int round = 0; round < rounds(); ++round) {
    const auto seed = static_cast<std::uint64_t>(round) + 1;
    jump_about(killed_with_the_lock(), seed, 12);
    for (const auto& [scenario, variant] :
         {std::pair("process-terminate-holding-lock", "terminate"),
          std::pair("process-lifecycle", "terminate"), std::pair("process-lifecycle", "join-timeout"),
          std::pair("process-zombie-orphan", "zombie"), std::pair("process-zombie-orphan", "orphan"),
          std::pair("process-daemon", "daemon"), std::pair("pool-close-terminate", "terminate"),
          std::pair("pool-close-terminate", "join-without-close"), std::pair("fault-end-children", "")})
      jump_about(by_chance(scenario, variant, seed), seed, 8);
  }
}
