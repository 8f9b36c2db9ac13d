// Each fault that a run can have: it ends cleanly, is named, and leaves nothing behind.
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include "tests/session/session_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

TEST_CASE("a process that aborts is named with its signal, and its parent sees the exit code") {
  auto session = start("fault-abort");
  until_ended(*session);
  const Finding* killed = find(*session, FindingKind::killed);
  REQUIRE(killed != nullptr);
  CHECK(session->store().workers()[killed->workers.front()].name == "Victim");
  CHECK(has_printed(*session, "about to abort"));
  CHECK(has_printed(*session, "exit code -" + std::to_string(SIGABRT)));
  CHECK(session->end().outcome == Outcome::killed);
  CHECK_FALSE(session->end().sandbox_failed);
}

TEST_CASE("a main worker that crashes ends the run, with what it printed before") {
  auto session = start("fault-segfault");
  until_ended(*session);
  CHECK(has_printed(*session, "about to crash"));
  CHECK(session->end().outcome == Outcome::killed);
  CHECK_FALSE(session->end().sandbox_failed);
}

TEST_CASE("a process that eats all its memory gets MemoryError",
          "[notsan][noasan]") {  // sanitizers abort instead
  auto session = start("fault-memory");
  until_ended(*session);
  const Finding* error = find(*session, FindingKind::error_raised);
  REQUIRE(error != nullptr);
  CHECK(session->store().text(error->text) == "MemoryError");
}

TEST_CASE("processes that together pass the run's memory limit are ended with a sentence") {
  auto session = start("fault-memory", 64.0, "three-processes");
  until_ended(*session);
  CHECK(session->end().outcome == Outcome::killed);
  CHECK(session->end().reason == "The program used more than 512 MiB of memory and was ended.");
}

TEST_CASE("a program that spins for ever can be paused, watched and stopped") {
  auto session = start("fault-spin");
  until(*session, [&] { return has_printed(*session, "spinning"); });
  session->pause();
  session->poll();
  CHECK(session->phase() == RunPhase::paused);
  session->resume();
  const auto pids = session->pids();
  CHECK(pids.size() == 2);
  session->stop();
  until_ended(*session);
  CHECK(session->end().outcome == Outcome::stopped);
  until_gone(pids);
}

TEST_CASE("no line of a million is lost, in order, however slowly they are taken") {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  const int lines = 100'000;
#else
  const int lines = 1'000'000;
#endif
  auto session = start("fault-print", 64.0, "", {{"lines", std::to_string(lines)}});
  until_ended(*session);
  CHECK(session->end().outcome == Outcome::ok);
  const auto all = printed(*session);
  REQUIRE(all.size() == static_cast<std::size_t>(lines));
  CHECK(all.front() == "line 0");
  CHECK(all.back() == "line " + std::to_string(lines - 1));
}

TEST_CASE(
    "a process killed from outside while it holds a lock: both are named, the kill and who waits for ever") {
  auto session = start("fault-hold");
  until(*session, [&] {
    const auto count = session->store().size();
    for (const WorkerInfo& worker : session->store().workers()) {
      if (worker.name == "Waiter" &&
          session->store().worker_after(worker.id, count).state == WorkerState::waiting) {
        return true;
      }
    }
    return false;
  });
  kill(pid_of(*session, "Holder"), SIGKILL);
  until_over(*session);
  CHECK(session->phase() == RunPhase::stuck);
  CHECK(find(*session, FindingKind::killed) != nullptr);
  const Finding* stuck = find(*session, FindingKind::stuck);
  REQUIRE(stuck != nullptr);
  CHECK(session->store().workers()[stuck->workers.front()].name == "Waiter");
  const auto pids = session->pids();
  session->stop();
  until_ended(*session);
  until_gone(pids);
}

TEST_CASE("workers killed in the middle of their operations never wedge the others") {
  for (int round = 0; round < 10; ++round) {
    auto session = start("fault-hammer");
    const auto enough = static_cast<EventIndex>(200 + round * 250);
    until(*session, [&] { return session->store().size() >= enough; });
    const int victim = pid_of(*session, "Process-1");
    REQUIRE(victim > 0);
    kill(victim, SIGKILL);
    until_over(*session);
    INFO(session->end().reason);
    // Killed while it held the lock, it leaves the others waiting for ever, and that is said; else they
    // finish.
    if (session->phase() == RunPhase::stuck) {
      CHECK(find(*session, FindingKind::stuck) != nullptr);
    } else {
      CHECK(has_printed(*session, "survived"));
      CHECK_FALSE(session->end().sandbox_failed);
    }
  }
}

TEST_CASE("a host that is killed ends the run as a fault of the sandbox, and nothing is left") {
  auto session = start("fault-sleepers");
  until(*session, [&] { return has_printed(*session, "all started"); });
  const auto pids = session->pids();
  CHECK(pids.size() == 6);
  kill(session->host_pid(), SIGKILL);
  until_ended(*session);
  CHECK(session->end().sandbox_failed);
  CHECK(session->end().reason.find("signal 9") != std::string::npos);
  until_gone(pids);
}

TEST_CASE("a user's process that is killed takes every process of its run along",
          "[notsan]") {  // ThreadSanitizer cannot start threads in a forked child
  int pipe_ends[2];
  REQUIRE(pipe(pipe_ends) == 0);
  const pid_t user = fork();
  if (user == 0) {
    auto session = start("fault-sleepers");
    until(*session, [&] { return has_printed(*session, "all started"); });
    const auto pids = session->pids();
    const auto bytes = pids.size() * sizeof(int);
    if (write(pipe_ends[1], pids.data(), bytes) != static_cast<ssize_t>(bytes)) _exit(1);
    for (;;)
      pause();
  }
  std::vector<int> pids(6);
  REQUIRE(read(pipe_ends[0], pids.data(), pids.size() * sizeof(int)) ==
          static_cast<ssize_t>(pids.size() * sizeof(int)));
  kill(user, SIGKILL);
  waitpid(user, nullptr, 0);
  until_gone(pids);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}
