#include "tests/session/session_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

TEST_CASE("a deadlock of two is named at once although a third worker goes on") {
  auto session = start("fault-partly-stuck");
  until(*session, [&] { return find(*session, FindingKind::deadlock_cycle) != nullptr; });
  const Finding* cycle = find(*session, FindingKind::deadlock_cycle);
  REQUIRE(cycle->workers.size() == 2);
  CHECK(session->phase() == RunPhase::running);
  CHECK(session->end().outcome == Outcome::ok);  // not over
  session->stop();
  until_ended(*session);
  CHECK(session->end().outcome == Outcome::deadlock);
}

TEST_CASE("daemons are cut off when main ends, threads and processes alike") {
  auto session = start("fault-daemons");
  until_ended(*session);
  CHECK(session->end().outcome == Outcome::ok);
  int cut_off = 0;
  for (EventIndex i = 0; i < session->store().size(); ++i) {
    if (session->store()[i].kind == EventKind::worker_cut_off) ++cut_off;
  }
  CHECK(cut_off == 2);
}

TEST_CASE("the run's clock stands still while paused and follows the speed") {
  auto session = start("fault-sleepers", 1.0);
  until(*session, [&] { return has_printed(*session, "all started"); });
  session->pause();
  const RunTime at_pause = session->now();
  for (int i = 0; i < 5; ++i) {
    session->wait(5);
    session->poll();
  }
  CHECK(session->now() == at_pause);
  session->set_speed(64.0);
  CHECK(session->now() == at_pause);
  session->resume();
  until(*session, [&] { return session->now() > at_pause + 1'000'000'000; });
  CHECK(session->phase() == RunPhase::running);
}

TEST_CASE("a run that starts paused does nothing until it is resumed") {
  RunRequest request;
  request.scenario = "fault-daemons";
  request.start_paused = true;
  request.speed = 64;
  auto started = Session::start(request);
  auto session = std::move(std::get<std::unique_ptr<Session>>(started));
  until(*session, [&] { return session->phase() == RunPhase::paused; });
  CHECK(printed(*session).empty());
  session->resume();
  until_ended(*session);
  CHECK(has_printed(*session, "main ends"));
}

TEST_CASE("a session that is dropped in the middle of a run leaves no process and no folder") {
  std::vector<int> pids;
  {
    auto session = start("fault-sleepers");
    until(*session, [&] { return has_printed(*session, "all started"); });
    pids = session->pids();
  }
  until_gone(pids);
}

TEST_CASE("bad requests get a sentence and start nothing") {
  RunRequest request;
  request.scenario = "no-such-scenario";
  CHECK(std::holds_alternative<std::string>(Session::start(request)));
  request.scenario = "fault-print";
  request.variant = "no-such-variant";
  CHECK(std::holds_alternative<std::string>(Session::start(request)));
  request.variant = "";
  request.params["lines"] = "0";
  CHECK(std::holds_alternative<std::string>(Session::start(request)));
}

TEST_CASE("terminate, kill, join with a time-out and exit codes are the kernel's own") {
  auto session = start("fault-end-children");
  const auto early = [&]() -> const WorkerInfo* {
    for (const WorkerInfo& worker : session->store().workers()) {
      if (worker.name == "Early" && worker.pid != 0) return &worker;
    }
    return nullptr;
  };
  // Ended and not yet joined: a zombie, as the kernel says. A worker's pid may be known before the events of
  // others that came first.
  until(*session, [&] {
    return early() != nullptr && platform::kernel_state(early()->pid) == 'Z' && printed(*session).size() >= 3;
  });
  CHECK(printed(*session) ==
        std::vector<std::string>{"terminated: -15", "ended in time: false", "killed: -9, alive: false"});
  CHECK(find(*session, FindingKind::killed) == nullptr);  // the program asked for it
}

TEST_CASE("slow motion pauses each operation in real time, and going back to none ends the pause at once") {
  RunRequest request;
  request.scenario = "fault-daemons";
  request.speed = 64;
  request.operation_pause_ms = 2000;
  auto started = Session::start(request);
  auto session = std::move(std::get<std::unique_ptr<Session>>(started));
  const auto begin = std::chrono::steady_clock::now();
  until(*session, [&] { return session->store().size() >= 1; });
  CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(1900));
  session->set_operation_pause_ms(0);
  until_ended(*session);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
  CHECK(has_printed(*session, "main ends"));
}

TEST_CASE("the texts that events refer to beside their argument arrive with them") {
  const auto [scenario, kind] = GENERATE(table<std::string, EventKind>({
      {"pool-apply-async", EventKind::pool_submit},
      {"manager-dict", EventKind::managed_call},
      {"creation-cost", EventKind::measured},
  }));
  auto session = start(scenario);
  until_ended(*session);
  std::size_t seen = 0;
  for (EventIndex i = 0; i < session->store().size(); ++i) {
    const Event& event = session->store()[i];
    if (event.kind != kind) continue;
    ++seen;
    CHECK_FALSE(session->store().text(event.extra).empty());
  }
  CHECK(seen > 0);
}
