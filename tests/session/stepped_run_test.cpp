#include "tests/session/stepped_driver.hpp"

#include "tests/session/session_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// The first worker that has a move.
WorkerId first_mover(const SteppedRun& run) {
  for (const WorkerCard& card : run.cards()) {
    if (card.move) return card.worker;
  }
  return kNoWorker;
}

void go_to_step(SteppedRun& run, std::uint32_t step) {
  run.go_to(step);
  until_ready(run);
}

}  // namespace

TEST_CASE("a stepped run stands before its first step and moves one step at a time") {
  auto run = start_steps("ticket-lock", "no-lock");
  CHECK(run->position() == 0);
  CHECK(run->phase() == RunPhase::paused);
  REQUIRE(run->cards().size() == 1);
  REQUIRE(run->cards()[0].move);
  CHECK(run->cards()[0].move->operation == EventKind::worker_begin);
  for (std::uint32_t step = 1; step <= 8; ++step) {
    run->step({first_mover(*run), false, 0});
    CHECK_FALSE(run->ready());
    until_ready(*run);
    REQUIRE(run->position() == step);
    REQUIRE(run->store().size() >= step);
  }
}

TEST_CASE("each step back shows the events of one step less, and forward shows them again") {
  auto run = start_steps("ticket-lock", "no-lock");
  run_to_end(*run, PolicyKind::random, 3);
  REQUIRE(run->phase() == RunPhase::ended);
  const auto all = told(run->store());
  const std::uint32_t length = run->position();
  REQUIRE(run->length() == length);
  for (std::uint32_t step = length; step-- > 0;) {
    const int generation = run->generation();
    run->back();
    until_ready(*run);
    REQUIRE(run->generation() == generation + 1);
    REQUIRE(run->position() == step);
    REQUIRE(run->length() == length);
    REQUIRE(run->phase() == RunPhase::paused);
    const auto now = told(run->store());
    REQUIRE(now.size() < all.size());
    REQUIRE(std::equal(now.begin(), now.end(), all.begin()));
  }
  for (std::uint32_t step = 1; step <= length; ++step) {
    run->forward();
    until_ready(*run);
    REQUIRE(run->position() == step);
  }
  CHECK(told(run->store()) == all);
  CHECK(run->phase() == RunPhase::ended);
  CHECK(run->tree().size() == length + 1);
}

TEST_CASE("another choice after going back makes a branch, and both are kept") {
  auto run = start_steps("ticket-lock", "no-lock");
  run_to_end(*run, PolicyKind::random, 5);
  const auto old_choices = run->choices();
  const std::uint32_t old_leaf = run->tree_position();
  const auto old_events = told(run->store());
  std::uint32_t fork = 0;
  WorkerId other = kNoWorker;
  for (fork = run->length() - 1; other == kNoWorker; --fork) {
    REQUIRE(fork > 0);
    go_to_step(*run, fork);
    for (const WorkerCard& card : run->cards()) {
      if (card.move && card.worker != old_choices[fork].worker) other = card.worker;
    }
  }
  ++fork;
  run->step({other, false, 0});
  until_ready(*run);
  CHECK(run->length() == fork + 1);
  CHECK(run->choices()[fork].worker == other);
  const std::uint32_t fork_node = run->tree()[run->tree_position()].parent;
  CHECK(run->tree()[fork_node].children.size() == 2);
  CHECK(run->tree()[fork_node].step == fork);
  run->go_to_node(old_leaf);
  until_ready(*run);
  CHECK(run->choices() == old_choices);
  CHECK(told(run->store()) == old_events);
  CHECK(run->tree()[old_leaf].outcome.has_value());
}

TEST_CASE("a card says who holds what its worker wants, and that it would wait") {
  auto run = start_steps("deadlock");
  // Everybody in turn, until somebody can no longer take what another holds.
  std::optional<WorkerCard> stopped;
  for (WorkerId last = kNoWorker;;) {
    REQUIRE(run->phase() == RunPhase::paused);
    WorkerId lowest = kNoWorker;
    WorkerId next = kNoWorker;
    for (const WorkerCard& card : run->cards()) {
      if (!card.move && card.pending.kind == EventKind::acquire) stopped = card;
      if (!card.move) continue;
      if (lowest == kNoWorker) lowest = card.worker;
      if (next == kNoWorker && last != kNoWorker && card.worker > last) next = card.worker;
    }
    if (stopped) break;
    last = next == kNoWorker ? lowest : next;
    run->step({last, false, 0});
    until_ready(*run);
  }
  CHECK_FALSE(stopped->waiting);
  CHECK(stopped->can_begin_to_wait);
  REQUIRE(stopped->held_by.size() == 1);
  const WorkerId worker = stopped->worker;
  CHECK(stopped->held_by[0] != worker);
  CHECK(run->store().has_object(stopped->pending.object));
  run->step({worker, false, 0});  // ignored
  CHECK(run->ready());
  run->step({worker, true, 0});
  until_ready(*run);
  CHECK(run->cards()[worker].waiting);
  CHECK_FALSE(run->cards()[worker].can_begin_to_wait);
  CHECK(run->store()[run->store().size() - 1].kind == EventKind::block);
}

TEST_CASE("a replay that differs says at which step and why") {
  auto run = start_steps("ticket-lock", "no-lock");
  run_to_end(*run, PolicyKind::random, 7);
  const Schedule schedule = run->schedule();
  REQUIRE(schedule.marks.size() == schedule.choices.size());

  SECTION("not at all") {
    auto again = taken(SteppedRun::start(schedule));
    CHECK(again->divergence().empty());
    CHECK(told(again->store()) == told(run->store()));
    CHECK(again->schedule() == schedule);
  }
  SECTION("a worker that cannot go") {
    Schedule wrong = schedule;
    wrong.choices[6].worker = 9;
    auto again = taken(SteppedRun::start(wrong));
    CHECK(again->position() == 6);
    CHECK(again->divergence_details().kind == DivergenceKind::impossible);
    CHECK(again->divergence() == "The replay diverges at step 7: worker 9 cannot go on there.");
  }
  SECTION("a step that did something else") {
    Schedule wrong = schedule;
    wrong.marks[4] ^= 1;
    auto again = taken(SteppedRun::start(wrong));
    CHECK(again->position() == 5);
    CHECK(again->divergence_details().kind == DivergenceKind::events);
    CHECK(again->divergence_details().step == 4);
    CHECK(again->divergence().find("at step 5: ") != std::string::npos);
  }
  SECTION("a step after the end") {
    Schedule wrong = schedule;
    wrong.choices.push_back({0, false, 0});
    auto again = taken(SteppedRun::start(wrong));
    CHECK(again->divergence_details().kind == DivergenceKind::nobody);
    CHECK(again->divergence_details().step == schedule.choices.size());
  }
}

TEST_CASE("a deadlock in steps is stuck, with the finding at its step") {
  auto run = start_steps("deadlock");
  for (std::uint64_t seed = 1; run->phase() != RunPhase::stuck; ++seed) {
    REQUIRE(seed < 200);
    go_to_step(*run, 0);
    run_to_end(*run, PolicyKind::random, seed);
  }
  CHECK(run->halted() == Halt::nobody);
  CHECK(run->end().outcome == Outcome::deadlock);
  CHECK(run->tree()[run->tree_position()].outcome == Outcome::deadlock);
  run->back();
  until_ready(*run);
  CHECK(run->phase() == RunPhase::paused);
}

TEST_CASE("running until a finding stops right after the step that made it certain") {
  auto run = start_steps("ticket-lock", "no-lock");
  PolicySpec spec{.kind = PolicyKind::random};
  bool found = false;
  for (std::uint64_t seed = 1; !found; ++seed) {
    REQUIRE(seed < 200);
    go_to_step(*run, 0);
    spec.seed = seed;
    run->run(spec, RunUntil::finding);
    until_ready(*run);
    for (const Finding& finding : run->diagnosis().findings()) {
      if (!is_failure(finding.kind)) continue;
      found = true;
      CHECK(static_cast<RunTime>(run->store()[finding.at - 1].time) / kStepTime + 1 == run->position());
    }
  }
  CHECK(run->length() >= run->position());
}

TEST_CASE("a worker runs to its next synchronization and no further") {
  auto run = start_steps("deadlock");
  for (int times = 0; times < 6; ++times) {
    const WorkerId worker = first_mover(*run);
    const std::uint32_t before = run->position();
    run->run({}, RunUntil::next_synchronization, worker);
    until_ready(*run);
    REQUIRE(run->halted() == Halt::synchronization);
    REQUIRE(run->position() > before);
    for (std::uint32_t step = before; step < run->position(); ++step)
      REQUIRE(run->choices()[step].worker == worker);
  }
}

TEST_CASE("a stepped run that is dropped at any step leaves no process") {
  auto run = start_steps("ticket-lock", "no-lock");
  run_to_end(*run, PolicyKind::random, 2);
  const std::vector<Choice> choices = run->choices();
  for (std::size_t length = 0; length <= choices.size(); ++length) {
    auto other = start_steps("ticket-lock", "no-lock",
                             {choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(length)});
    REQUIRE(other->position() == length);
    const auto pids = other->pids();
    other.reset();
    REQUIRE(all_gone(pids));
  }
}
