// Going back, restarting and dropping a stepped run, at every step of a program: what was is there again, and
// nothing is left behind.

#include <algorithm>

#include "tests/explore/programs.hpp"
#include "tests/session/leftovers.hpp"
#include "tests/session/session_driver.hpp"
#include "tests/session/stepped_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

void run_until_it_stops(SteppedRun& run, std::uint64_t seed) { run_to_end(run, PolicyKind::random, seed); }

}  // namespace

TEST_CASE("every variant goes back to the events that were there", "[notsan]") {
  each_variant([](const Scenario& scenario, const Variant& variant) {
    if (scenario.id.starts_with("fault-")) return;
    INFO(scenario.id << " " << variant.name);
    auto run = start_steps(std::string(scenario.id), std::string(variant.name));
    run_until_it_stops(*run, 11);
    const auto all = deeds(run->store());
    const std::uint32_t length = run->position();
    const std::size_t nodes = run->tree().size();
    const std::uint32_t stride = std::max(length / static_cast<std::uint32_t>(times_in_sweep(8)),
                                          1U);  // stepped_run_test goes to every step of one
    for (std::uint32_t step = length; step > 0;) {
      step = step > stride ? step - stride : 0;
      run->go_to(step);
      until_ready(*run);
      REQUIRE(run->position() == step);
      REQUIRE(run->divergence().empty());
      const auto now = deeds(run->store());
      REQUIRE(now.size() <= all.size());
      REQUIRE(std::equal(now.begin(), now.end(), all.begin()));
      REQUIRE(run->tree()[run->tree_position()].step == step);
    }
    run->go_to(length);
    until_ready(*run);
    CHECK(deeds(run->store()) == all);
    CHECK(run->tree().size() == nodes);
  });
}

TEST_CASE("dropping and restarting a stepped run at every step leaves no process, descriptor or file",
          "[notsan]") {
  const Leftovers leftovers;
  for (const auto& [scenario, variant] : {std::pair("hotdog", ""), std::pair("fault-end-children", ""),
                                          std::pair("file-append", ""), std::pair("deadlock", "")}) {
    INFO(scenario);
    auto first = start_steps(scenario, variant);
    run_until_it_stops(*first, 3);
    const std::vector<Choice> choices = first->choices();
    first.reset();
    for (std::size_t length = 0; length <= choices.size(); length += 1 + choices.size() / 40) {
      auto run = start_steps(scenario, variant,
                             {choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(length)});
      REQUIRE(run->position() == length);
      auto pids = run->pids();
      run->restart();
      until_ready(*run);
      REQUIRE(run->position() == 0);
      run->go_to(static_cast<std::uint32_t>(length));
      // Dropped while it stands and while it moves.
      if (length % 2 == 0) until_ready(*run);
      const auto more = run->pids();
      pids.insert(pids.end(), more.begin(), more.end());
      run.reset();
      until_gone(pids);
    }
  }
  leftovers.check();
}

TEST_CASE("commands that follow each other at once end where the last one leads", "[notsan]") {
  const Leftovers leftovers;
  auto run = start_steps("hotdog");
  run_until_it_stops(*run, 5);
  const std::uint32_t length = run->length();
  for (int times = 0; times < 12; ++times)
    run->back();
  until_ready(*run);
  CHECK(run->position() == length - 12);
  for (int times = 0; times < 20; ++times) {
    run->restart();
    run->go_to(static_cast<std::uint32_t>(times));
  }
  until_ready(*run);
  CHECK(run->position() == 19);
  CHECK(run->length() == length);
  run.reset();
  leftovers.check();
}

TEST_CASE("a sleep and a time-out end when the learner says so, in any order, and cost no time", "[notsan]") {
  auto run = start_steps("fault-end-children");
  const auto begin = std::chrono::steady_clock::now();
  bool woke = false;
  bool timed_out = false;
  while (run->phase() == RunPhase::paused && !(woke && timed_out)) {
    const WorkerCard* chosen = nullptr;
    for (const WorkerCard& card : run->cards()) {
      if (!card.move) continue;
      // Whoever sleeps or waits with a time-out has a due time ahead of its clock, and may go all the same.
      if (card.move->kind == MoveKind::time_out && !timed_out) chosen = &card;
      if (chosen == nullptr || card.worker == kMainWorker) chosen = chosen == nullptr ? &card : chosen;
    }
    REQUIRE(chosen != nullptr);
    const WorkerCard card = *chosen;
    if (card.move->kind == MoveKind::wake) {
      CHECK(card.sleeping);
      CHECK(card.due > 0);
      woke = true;
    }
    if (card.move->kind == MoveKind::time_out) {
      CHECK(card.timed);
      timed_out = true;
    }
    run->step({card.worker, false, 0});
    until_ready(*run);
  }
  CHECK(timed_out);
  // The sleeps are of 100,000 s.
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(60));
}
