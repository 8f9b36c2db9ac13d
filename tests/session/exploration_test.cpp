#include "core/session/exploration.hpp"

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/session/explorer_wire.hpp"
#include "tests/session/session_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

constexpr std::chrono::seconds kLimit{240};  // on the busiest machine

ExploreRequest request_of(const std::string& scenario, const std::string& variant = "",
                          std::map<std::string, std::string> params = {}) {
  ExploreRequest request;
  request.scenario = scenario;
  request.variant = variant;
  request.params = std::move(params);
  return request;
}

/// So many schedules that it goes on for longer than any test.
ExploreRequest endless() { return request_of("ticket-lock", "no-lock", {{"customers", "12"}}); }

template <class Kind>
std::unique_ptr<Kind> unwrapped(typename Kind::Started started) {
  if (auto* sentence = std::get_if<std::string>(&started)) FAIL(*sentence);
  return std::move(std::get<std::unique_ptr<Kind>>(started));
}

std::unique_ptr<Exploration> explore(const ExploreRequest& request) {
  return unwrapped<Exploration>(Exploration::start(request));
}

void until(Exploration& exploration, const std::function<bool()>& condition) {
  const auto limit = std::chrono::steady_clock::now() + kLimit;
  while (!condition()) {
    REQUIRE(std::chrono::steady_clock::now() < limit);
    exploration.wait(20);
    exploration.poll();
  }
}

const ExploreReport& report_of(Exploration& exploration) {
  until(exploration, [&] { return exploration.report() != nullptr; });
  return *exploration.report();
}

/// A service, and what its own thread rings when there is something new.
class LookingAhead {
 public:
  explicit LookingAhead(const ExploreRequest& request) {
    service_ = unwrapped<LookAheadService>(LookAheadService::start(request, [this] {
      const std::lock_guard lock(guard_);
      news_.notify_all();
    }));
  }
  LookAheadService* operator->() { return service_.get(); }

  void until(const std::function<bool()>& condition) {
    std::unique_lock lock(guard_);
    REQUIRE(news_.wait_for(lock, kLimit, [&] {
      service_->poll();
      return condition();
    }));
  }
  void until_answered(const std::vector<Choice>& prefix) {
    until([&] { return service_->answer().prefix == prefix; });
  }

 private:
  std::mutex guard_;
  std::condition_variable news_;
  std::unique_ptr<LookAheadService> service_;  ///< last: its thread rings
};

LookAhead answer_to(LookingAhead& service, const std::vector<Choice>& prefix) {
  service->ask(prefix);
  service.until([&] { return service->answer().prefix == prefix && !service->answer().reaches.empty(); });
  return service->answer();
}

/// It is not even a zombie.
bool gone(int pid) { return platform::kernel_state(pid) == 0; }

std::vector<Choice> steps(const std::vector<int>& workers) {
  std::vector<Choice> choices;
  for (const int worker : workers)
    choices.push_back({static_cast<WorkerId>(worker), false, 0});
  return choices;
}

}  // namespace

TEST_CASE("an exploration finds the least failure and sees it happen on real threads and processes") {
  int pid = 0;
  {
    auto exploration = explore(request_of("deadlock"));
    pid = exploration->pid();
    CHECK(exploration->request().variant == "opposite-order");
    CHECK(exploration->request().params == std::map<std::string, std::string>{{"philosophers", "2"}});
    const ExploreReport& report = report_of(*exploration);
    CHECK(report.end == ExploreEnd::exhausted);
    CHECK(report.failing == report.by_outcome[static_cast<std::size_t>(Outcome::deadlock)]);
    REQUIRE(report.least);
    CHECK(report.least->outcome == Outcome::deadlock);
    CHECK(report.least->confirmed);
    CHECK(report.least->is_least);
    CHECK(report.least->schedule.choices.size() == report.least->cost.steps);
    CHECK(report.least->schedule.marks.size() == report.least->cost.steps);
    REQUIRE(report.failing_share);
    CHECK(*report.failing_share > 0);
    CHECK(exploration->progress().phase == ExplorePhase::done);
    CHECK_FALSE(exploration->poll());
  }
  CHECK(gone(pid));
}

TEST_CASE("an exploration proves that a repaired program does not fail") {
  auto exploration = explore(request_of("deadlock", "same-order"));
  const ExploreReport& report = report_of(*exploration);
  CHECK(report.end == ExploreEnd::exhausted);
  CHECK(report.failing == 0);
  CHECK_FALSE(report.least);
  CHECK(report.failing_share == 0.0);
  CHECK(report.states > 10);
}

TEST_CASE("a cancelled exploration reports what it knows") {
  auto exploration = explore(endless());
  until(*exploration, [&] { return exploration->progress().schedules > 100; });
  CHECK(exploration->report() == nullptr);
  exploration->cancel();
  exploration->cancel();
  const ExploreReport& report = report_of(*exploration);
  CHECK(report.end == ExploreEnd::cancelled);
  CHECK(report.schedules + report.sampled > 0);
}

TEST_CASE("an exploration of a program that computes for ever can be cancelled") {
  auto exploration = explore(request_of("fault-spin"));
  exploration->wait(50);
  exploration->poll();
  exploration->cancel();
  CHECK(report_of(*exploration).end == ExploreEnd::cancelled);
}

TEST_CASE("a budget ends an exploration") {
  ExploreRequest request = endless();
  request.options.goal = ExploreGoal::prove;
  request.options.max_schedules = 1000;
  CHECK(report_of(*explore(request)).end == ExploreEnd::schedules);
  request.options.max_schedules = 0;
  request.options.max_seconds = 0.2;
  CHECK(report_of(*explore(request)).end == ExploreEnd::seconds);
}

TEST_CASE("an explorer that is killed or crashes is reported in one sentence and leaves no zombie") {
  const auto check = [](Exploration& exploration, const std::string& signal) {
    const ExploreReport& report = report_of(exploration);
    CHECK(report.end == ExploreEnd::failed);
    CHECK(report.reason.find("was ended by signal " + signal + ";") != std::string::npos);
    CHECK(gone(exploration.pid()));
  };
  auto killed = explore(endless());
  until(*killed, [&] { return killed->progress().schedules > 0; });
  REQUIRE(kill(killed->pid(), SIGKILL) == 0);
  check(*killed, "9");
  auto killed_at_once = explore(endless());
  REQUIRE(kill(killed_at_once->pid(), SIGKILL) == 0);
  check(*killed_at_once, "9");
  check(*explore(request_of("fault-segfault")), "11");
}

TEST_CASE("an explorer that stands still is reported after a cancel") {
  auto exploration = explore(endless());
  until(*exploration, [&] { return exploration->progress().schedules > 0; });
  REQUIRE(kill(exploration->pid(), SIGSTOP) == 0);
  exploration->cancel();
  const ExploreReport& report = report_of(*exploration);
  CHECK(report.end == ExploreEnd::cancelled);
  CHECK(report.schedules > 0);
}

TEST_CASE("an exploration may be dropped at any point") {
  const std::function<void(Exploration&)> points[] = {
      [](Exploration&) {},
      [](Exploration& e) { e.poll(); },
      [](Exploration& e) { e.cancel(); },
      [](Exploration& e) { e.wait(1000); },
      [](Exploration& e) {
        e.wait(1000);
        e.cancel();
        e.poll();
      },
      [](Exploration& e) { until(e, [&] { return e.progress().phase >= ExplorePhase::confirming; }); },
      [](Exploration& e) { report_of(e); },
  };
  for (const std::string scenario : {"deadlock", "fault-spin", "fault-segfault"}) {
    for (const auto& reach : points) {
      if (scenario == "fault-spin" && (&reach == &points[5] || &reach == &points[6])) continue;
      if (scenario == "fault-segfault" && &reach == &points[5]) continue;
      auto exploration = explore(request_of(scenario));
      const int pid = exploration->pid();
      reach(*exploration);
      exploration.reset();
      CHECK(gone(pid));
    }
  }
}

TEST_CASE("bad requests to explore or to look ahead get a sentence") {
  const auto refused = [](const ExploreRequest& request) {
    CHECK(std::holds_alternative<std::string>(Exploration::start(request)));
    CHECK(std::holds_alternative<std::string>(LookAheadService::start(request)));
  };
  refused(request_of("no-such-scenario"));
  refused(request_of("deadlock", "no-such-variant"));
  refused(request_of("deadlock", "", {{"philosophers", "99"}}));
  refused(request_of("deadlock", "", {{"nonsense", "3"}}));
}

TEST_CASE("looking ahead tells which move can still fail and which cannot any more") {
  LookingAhead service(request_of("deadlock"));
  const LookAhead start = answer_to(service, {});
  REQUIRE(start.known);
  REQUIRE(start.reaches.size() == 1);
  CHECK(start.reaches[0].can_fail);
  CHECK_FALSE(start.reaches[0].must_fail);
  CHECK(start.reaches[0].steps == 9);
  CHECK(start.reaches[0].outcome == Outcome::deadlock);
  CHECK(service->failing_share() == start.failing_share);

  // Philosopher 1 holds the fork and 2 the plate, or 1 both.
  const LookAhead lost = answer_to(service, steps({0, 0, 0, 1, 1, 2, 2}));
  for (const Reach& reach : lost.reaches)
    CHECK(reach.must_fail);
  const LookAhead saved = answer_to(service, steps({0, 0, 0, 1, 1, 1, 1}));
  for (const Reach& reach : saved.reaches)
    CHECK_FALSE(reach.can_fail);
}

TEST_CASE("the last of many questions is answered, and an impossible one is not known") {
  LookingAhead service(request_of("deadlock"));
  const std::vector<Choice> path = steps({0, 0, 0, 1, 1});
  for (std::size_t length = 0; length <= path.size(); ++length)
    service->ask({path.begin(), path.begin() + static_cast<std::ptrdiff_t>(length)});
  CHECK(answer_to(service, path).known);
  service->ask(steps({2, 2}));
  service.until_answered(steps({2, 2}));
  CHECK_FALSE(service->answer().known);
}

TEST_CASE("a service for looking ahead whose process ended answers that nothing is known") {
  LookingAhead service(request_of("deadlock"));
  CHECK(answer_to(service, {}).known);
  const int pid = service->pid();
  REQUIRE(kill(pid, SIGKILL) == 0);
  const std::vector<Choice> prefix = steps({0});
  service->ask(prefix);
  service.until_answered(prefix);
  service.until([&] { return gone(pid); });
  service->ask(steps({0, 0}));
  service.until_answered(steps({0, 0}));
  CHECK_FALSE(service->answer().known);
}

TEST_CASE("a service for looking ahead may be dropped at any point") {
  for (const ExploreRequest& request : {request_of("deadlock"), endless(), request_of("fault-spin")}) {
    for (const int asked : {0, 1, 2}) {
      auto service = unwrapped<LookAheadService>(LookAheadService::start(request));
      const int pid = service->pid();
      for (int i = 0; i < asked; ++i)
        service->ask({});
      service.reset();
      CHECK(gone(pid));
    }
  }
}

TEST_CASE("what an explorer and its owner say to each other arrives as it was sent") {
  ExploreReport report;
  report.end = ExploreEnd::seconds;
  report.schedules = std::uint64_t{1} << 60;
  report.sampled = 3;
  report.states = 4;
  report.failing = 5;
  report.by_outcome = {1, 2, 3, 4, 5, 6, 7, 8};
  report.failing_share = 1.0 / 3;
  report.bound_hit = true;
  report.seconds = 0.1;
  report.reason = "a \"reason\"\n老师";
  report.least.emplace();
  report.least->schedule = {.scenario = "deadlock", .variant = "same-order", .params = {{"philosophers", 3}}};
  report.least->schedule.choices = steps({0, 1, 2});
  report.least->schedule.marks = {1, 2, 31};
  report.least->cost = {1, 2, 3};
  report.least->outcome = Outcome::stuck;
  report.least->is_least = true;
  const ExploreReport back = wire::report_from(wire::to_json(report));
  CHECK(wire::to_json(back) == wire::to_json(report));
  CHECK(back.schedules == report.schedules);
  CHECK(back.least->schedule == report.least->schedule);
  CHECK(back.failing_share == report.failing_share);

  ExploreRequest request = request_of("deadlock", "same-order", {{"philosophers", "3"}});
  request.options = {ExploreGoal::prove, 7, 0.5, 11, 2, (std::uint64_t{1} << 63) + 1};
  CHECK(wire::to_json(wire::request_from(wire::to_json(request))) == wire::to_json(request));
  CHECK(wire::request_from(wire::to_json(request)).options.seed == request.options.seed);

  LookAhead answer{steps({3, 4}), true, {{2, true, false, 9, Outcome::deadlock}}, 0.25};
  answer.prefix[1].by_hand = true;
  const LookAhead answer_back = wire::look_ahead_from(wire::to_json(answer));
  CHECK(answer_back.prefix == answer.prefix);
  CHECK(wire::to_json(answer_back) == wire::to_json(answer));
}
