// A stepped run that goes on live from where it stands.
#include <array>

#include "tests/explore/programs.hpp"
#include "tests/session/session_driver.hpp"
#include "tests/session/stepped_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

std::unique_ptr<Session> let_live(std::unique_ptr<SteppedRun>& run) {
  auto session = run->continue_live(kMaxSpeed);
  REQUIRE(session != nullptr);
  run.reset();
  return session;
}

void require_sound(const Session& session) {
  INFO(session.end().reason);
  CHECK_FALSE(session.end().sandbox_failed);
}

}  // namespace

TEST_CASE("every variant goes on live from its first, a middle and a late step") {
  each_variant([](const Scenario& scenario, const Variant& variant) {
    if (scenario.id.starts_with("fault-")) return;
    INFO(scenario.id << " " << variant.name);
    auto whole = start_steps(std::string(scenario.id), std::string(variant.name));
    run_to_end(*whole, PolicyKind::random, 21);
    const std::vector<Choice> choices = whole->choices();
    const std::size_t length = choices.size();
    whole.reset();
    const std::array positions{length / 2, std::size_t{0}, length - length / 5};
    for (std::size_t i = 0; i < times_in_sweep(positions.size()); ++i) {
      const std::size_t position = positions[i];
      INFO("from step " << position << " of " << length);
      auto run = start_steps(std::string(scenario.id), std::string(variant.name),
                             {choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(position)});
      const auto before = told(run->store());
      auto session = let_live(run);
      until_over(*session);
      require_sound(*session);
      const auto after = told(session->store());
      REQUIRE(after.size() >= before.size());
      CHECK(std::equal(before.begin(), before.end(), after.begin()));
      if (variant.verdict == Verdict::ok) CHECK(session->phase() == RunPhase::ended);
      if (session->phase() == RunPhase::ended) CHECK(session->pids().empty());
    }
  });
}

TEST_CASE("hotdog goes on live from every step, and each run ends") {
  auto whole = start_steps("hotdog");
  run_to_end(*whole, PolicyKind::random, 4);
  const std::vector<Choice> choices = whole->choices();
  whole.reset();
  for (std::size_t length = 0; length <= choices.size(); length += 1 + choices.size() / 60) {
    INFO("from step " << length);
    auto run =
        start_steps("hotdog", "", {choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(length)});
    auto session = let_live(run);
    until_over(*session);
    require_sound(*session);
  }
}

TEST_CASE("a worker that waits by hand goes on waiting live, and is woken") {
  auto run = start_steps("deadlock");
  WorkerId waiter = kNoWorker;
  for (std::uint32_t step = 0; waiter == kNoWorker; ++step) {
    REQUIRE(step < 100);
    WorkerId next = kNoWorker;
    for (const WorkerCard& card : run->cards()) {
      if (!card.move && card.can_begin_to_wait && card.pending.kind == EventKind::join) waiter = card.worker;
      if (card.move && next == kNoWorker) next = card.worker;
    }
    if (waiter != kNoWorker) break;
    run->step({next, false, 0});
    until_ready(*run);
  }
  run->step({waiter, true, 0});
  until_ready(*run);
  REQUIRE(run->cards()[waiter].waiting);
  auto session = let_live(run);
  until_over(*session);
  require_sound(*session);
  if (session->phase() == RunPhase::ended) {
    CHECK(session->store().worker_after(waiter, session->store().size()).state == WorkerState::finished);
  }
}

TEST_CASE("a run that goes on live can be paused, resumed and stopped") {
  auto run = start_steps("fault-partly-stuck");
  run_to_end(*run, PolicyKind::manual);
  auto session = let_live(run);
  until(*session, [&] { return session->store().size() > 30; });
  session->pause();
  session->poll();
  CHECK(session->phase() == RunPhase::paused);
  session->resume();
  const EventIndex so_far = session->store().size();
  until(*session, [&] { return session->store().size() > so_far + 5; });
  const auto pids = session->pids();
  session->stop();
  until_ended(*session);
  session.reset();
  until_gone(pids);
}

TEST_CASE("a signal that was on its way arrives when the run goes on live") {
  auto run = start_steps("fault-end-children");
  bool dying = false;
  for (std::uint32_t step = 0; !dying; ++step) {
    REQUIRE(step < 100);
    for (const WorkerCard& card : run->cards())
      dying = dying || (card.move && card.move->kind == MoveKind::die);
    if (dying) break;
    run->step({kMainWorker, false, 0});
    until_ready(*run);
  }
  auto session = let_live(run);
  until(*session, [&] { return has_printed(*session, "terminated: -15"); });
  session->stop();
  until_ended(*session);
}

TEST_CASE("a stepped run that went on live can be followed in steps again") {
  auto run = start_steps("ticket-lock", "no-lock");
  run_to_end(*run, PolicyKind::manual);
  for (int step = 0; step < 8; ++step) {
    const auto mover = std::find_if(run->cards().begin(), run->cards().end(),
                                    [](const WorkerCard& card) { return card.move.has_value(); });
    run->step({mover->worker, false, 0});
    until_ready(*run);
  }
  auto session = let_live(run);
  until_over(*session);
  auto again = taken(SteppedRun::from_live(*session));
  if (again->live_difference()) FAIL(in_english(*again->live_difference()));
  CHECK(again->divergence().empty());
  CHECK(again->phase() == session->phase());
}
