// Death from outside and signals in a stepped run.
#include <algorithm>
#include <csignal>

#include "tests/session/session_driver.hpp"
#include "tests/session/stepped_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

int pid_of(const SteppedRun& run, WorkerId worker) { return run.store().workers()[worker].pid; }

bool has_ended(const SteppedRun& run, WorkerId worker) {
  const WorkerState state = run.store().worker_after(worker, run.store().size()).state;
  return state == WorkerState::killed || state == WorkerState::finished;
}

void until_dead(SteppedRun& run, WorkerId worker) {
  const Patience patience;
  while (!has_ended(run, worker) || !run.ready()) {
    patience.check();
    run.wait(20);
    run.poll();
  }
}

std::size_t printed_lines(const SteppedRun& run, const std::string& line) {
  std::size_t count = 0;
  for (EventIndex i = 0; i < run.store().size(); ++i) {
    const Event& event = run.store()[i];
    if (event.kind == EventKind::print && run.store().text(static_cast<TextId>(event.arg)) == line) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("a process that is killed while a stepped run stands is named, and the others go on") {
  // Wherever it stands: before its begin, at a call, waiting, holding the lock.
  for (std::uint32_t position = 3; position < 60; position += 4) {
    INFO("position " << position);
    auto run = start_steps("fault-hammer");
    PolicySpec random{.kind = PolicyKind::random, .seed = position};
    while (run->position() < position) {
      run->run(random, RunUntil::next_synchronization, static_cast<WorkerId>(run->position() % 4));
      until_ready(*run);
      random.seed += 1;
      const WorkerCard* mover = nullptr;
      for (const WorkerCard& card : run->cards())
        if (card.move && (mover == nullptr || card.worker == position % 4)) mover = &card;
      REQUIRE(mover != nullptr);
      run->step({mover->worker, false, 0});
      until_ready(*run);
    }
    WorkerId victim = kNoWorker;
    for (const WorkerCard& card : run->cards()) {
      if (card.worker != kMainWorker && !card.ended && pid_of(*run, card.worker) > 0) victim = card.worker;
    }
    if (victim == kNoWorker) continue;
    const auto pids = run->pids();
    REQUIRE(kill(pid_of(*run, victim), SIGKILL) == 0);
    until_dead(*run, victim);
    CHECK(run->cards()[victim].ended);
    CHECK_FALSE(run->cards()[victim].move);
    CHECK(run->position() >= position);
    bool named = false;
    for (const Finding& finding : run->diagnosis().findings())
      named = named || (finding.kind == FindingKind::killed && finding.workers.front() == victim);
    CHECK(named);
    run_to_end(*run, PolicyKind::first);
    INFO("halted " << static_cast<int>(run->halted()) << " at " << run->position());
    CHECK((run->phase() == RunPhase::ended || run->phase() == RunPhase::stuck));
    CHECK_FALSE(run->end().sandbox_failed);
    INFO(run->end().reason);
    // Back is the same run without the killing.
    run->back();
    until_ready(*run);
    run.reset();
    until_gone(pids);
  }
}

TEST_CASE("whoever waits for the lock of a process that was killed is named at once while others go on") {
  auto run = start_steps("fault-hammer");
  const auto go_before = [&](WorkerId worker, EventKind kind) {
    while (run->cards().size() <= worker || run->cards()[worker].pending.kind != kind) {
      run->step({worker, false, 0});
      until_ready(*run);
    }
  };
  go_before(kMainWorker, EventKind::join);
  go_before(1, EventKind::add);  // it has the lock
  go_before(2, EventKind::acquire);
  REQUIRE(kill(pid_of(*run, 1), SIGKILL) == 0);
  until_dead(*run, 1);
  CHECK(run->phase() == RunPhase::paused);
  CHECK(run->cards()[3].move);
  const auto& findings = run->diagnosis().findings();
  const auto stuck = std::ranges::find(findings, FindingKind::stuck, &Finding::kind);
  REQUIRE(stuck != findings.end());
  CHECK(stuck->workers == std::vector<WorkerId>{2});
  run->step({3, false, 0});
  until_ready(*run);
  CHECK(run->cards()[3].waiting);
  CHECK(run->phase() == RunPhase::paused);  // main has not seen yet that the first has ended
}

TEST_CASE("a process that is killed while it or another has the turn never wedges a stepped run") {
  for (int round = 0; round < 25; ++round) {
    INFO("round " << round);
    auto run = start_steps("fault-hammer");
    // All three exist.
    run_to_end(*run, PolicyKind::manual);
    while (run->cards().size() < 4 || pid_of(*run, 3) == 0) {
      run->step({kMainWorker, false, 0});
      until_ready(*run);
    }
    const auto victim = static_cast<WorkerId>(round % 4);
    const auto pids = run->pids();
    const int pid = pid_of(*run, victim);
    run->run({.kind = PolicyKind::random, .seed = static_cast<std::uint64_t>(round)}, RunUntil::end);
    const EventIndex enough = static_cast<EventIndex>(50 + 300 * round);
    const Patience patience;
    while (run->store().size() < enough && !run->ready()) {
      patience.check();
      run->wait(5);
      run->poll();
    }
    kill(pid, SIGKILL);
    until_dead(*run, victim);
    until_ready(*run);
    CHECK((run->phase() == RunPhase::ended || run->phase() == RunPhase::stuck ||
           run->halted() == Halt::step_limit));
    INFO(run->end().reason);
    CHECK_FALSE(run->end().sandbox_failed);
    run.reset();
    until_gone(pids);
  }
}

TEST_CASE("a host that is killed under a stepped run is a fault of the sandbox, and going back starts anew") {
  auto run = start_steps("fault-sleepers");
  run_to_end(*run, PolicyKind::manual);
  for (int step = 0; step < 6; ++step) {
    run->step({kMainWorker, false, 0});
    until_ready(*run);
  }
  const auto pids = run->pids();
  REQUIRE(pids.size() > 3);
  kill(pids.front(), SIGKILL);
  const Patience patience;
  while (run->phase() != RunPhase::ended) {
    patience.check();
    run->wait(20);
    run->poll();
  }
  CHECK(run->end().sandbox_failed);
  CHECK(run->end().reason.find("signal 9") != std::string::npos);
  until_gone(pids);
  run->go_to(3);
  until_ready(*run);
  CHECK(run->position() == 3);
  CHECK(run->phase() == RunPhase::paused);
}

TEST_CASE("terminate and kill arrive in steps of their own, and the exit codes are Python's") {
  auto run = start_steps("fault-end-children");
  run_to_end(*run, PolicyKind::first);
  CHECK(run->phase() == RunPhase::ended);
  CHECK(printed_lines(*run, "terminated: -15") == 1);
  CHECK(printed_lines(*run, "killed: -9, alive: false") == 1);
  std::size_t deaths = 0;
  for (EventIndex i = 0; i < run->store().size(); ++i) {
    const Event& event = run->store()[i];
    if (event.kind != EventKind::worker_killed) continue;
    ++deaths;
    const auto step = static_cast<std::size_t>(event.time / static_cast<std::uint64_t>(kStepTime));
    CHECK(run->choices()[step].worker == event.worker);
  }
  CHECK(deaths == 2);
}

TEST_CASE("a program that ends itself by a fault does so in steps, too") {
  auto aborting = start_steps("fault-abort");
  run_to_end(*aborting, PolicyKind::first);
  CHECK(aborting->phase() == RunPhase::ended);
  CHECK(aborting->end().outcome == Outcome::killed);
  CHECK(printed_lines(*aborting, "exit code -6") == 1);
  auto crashing = start_steps("fault-segfault");
  run_to_end(*crashing, PolicyKind::first);
  CHECK(crashing->phase() == RunPhase::ended);
  CHECK(crashing->end().outcome == Outcome::killed);
  CHECK_FALSE(crashing->end().sandbox_failed);
}

TEST_CASE("a worker that never announces anything can be left by going back or dropping the run") {
  auto run = start_steps("fault-spin");
  run->run({.kind = PolicyKind::first}, RunUntil::end);
  const Patience patience;
  while (run->store().size() < 1) {
    patience.check();
    run->wait(20);
    run->poll();
  }
  CHECK_FALSE(run->ready());
  const auto pids = run->pids();
  run->restart();
  until_ready(*run);
  CHECK(run->position() == 0);
  until_gone(pids);
}
