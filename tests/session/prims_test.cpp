// Pipes, pools and the interpreter lock on real processes, live and in steps.
#include "core/explore/fiber_run.hpp"
#include "core/runtime/fiber.hpp"
#include "tests/session/session_driver.hpp"
#include "tests/session/stepped_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

using Lines = std::vector<std::string>;

TEST_CASE("a pipe whose write end stays open leaves its reader stuck, and the reason names who holds it") {
  auto session = start("prims-forget-to-close");
  until_over(*session);
  CHECK(printed(*session) == Lines{"1"});
  const Finding* finding = find(*session, FindingKind::stuck);
  REQUIRE(finding != nullptr);
  CHECK_THAT(narrate(*finding, session->store(), Language::en), ContainsSubstring("still open in main"));
}

TEST_CASE("a killed process's copies of a pipe are closed for it") {
  auto session = start("prims-close-ends");
  until_ended(*session);
  CHECK(printed(*session) == Lines{"hello", "EOFError"});
}

TEST_CASE("a pool runs tasks, calls back in the parent and is terminated on real processes") {
  auto session = start("prims-pool");
  until_ended(*session);
  Lines lines = printed(*session);
  std::sort(lines.begin(), lines.end());
  CHECK(lines == Lines{"4", "9", "callback 9 in parent true", "over"});
}

TEST_CASE("executors that nobody shuts down end with the program") {
  auto session = start("prims-executors");
  until_ended(*session);
  CHECK(printed(*session) == Lines{"4 9"});
}

TEST_CASE("a process ends among threads that use its pipes, and none of them notices") {
  for (int i = 0; i < 5; ++i) {
    auto session = start("prims-end-among-threads");
    until_ended(*session);
    CHECK(printed(*session) == Lines{"EOFError"});
    for (EventIndex at = 0; at < session->store().size(); ++at) {
      const Event& event = session->store()[at];
      if (event.kind != EventKind::raise || event.worker == kMainWorker) continue;
      FAIL_CHECK(session->store().text(static_cast<TextId>(event.arg)));
    }
  }
}

TEST_CASE("two threads under an interpreter lock take turns") {
  auto session = start("prims-gil", 4.0);
  until_ended(*session);
  CHECK(printed(*session) == Lines{"over"});
  std::vector<WorkerId> grants;
  for (EventIndex i = 0; i < session->store().size(); ++i) {
    const Event& event = session->store()[i];
    if (event.kind == EventKind::acquire) grants.push_back(event.worker);
  }
  CHECK(grants.size() >= 6);
}

TEST_CASE("a run tells on which cores it computed, and a run in steps, on one core, does not") {
  auto session = start("prims-gil", 4.0);
  until_ended(*session);
  const auto count = [](const TraceStore& store, auto&& counts) {
    std::size_t seen = 0;
    for (EventIndex i = 0; i < store.size(); ++i)
      seen += counts(store[i]) ? std::size_t{1} : 0;
    return seen;
  };
  const auto begins = [](const Event& event) { return event.kind == EventKind::compute_begin; };
  const auto tells_core = [](const Event& event) { return event.kind == EventKind::core; };
  CHECK(count(session->store(), tells_core) >= count(session->store(), begins));
  auto run = start_steps("prims-gil");
  run_to_end(*run, PolicyKind::random, 7);
  CHECK(count(run->store(), begins) > 0);
  CHECK(count(run->store(), tells_core) == 0);
}

TEST_CASE("programs with pipes and pools record the same events in steps on real processes and on fibers") {
  const auto* name = GENERATE("prims-forget-to-close", "prims-pool", "prims-executors", "prims-gil",
                              "prims-end-among-threads");
  const Scenario* scenario = find_scenario(name);
  REQUIRE(scenario != nullptr);
  auto run = start_steps(name);
  run_to_end(*run, PolicyKind::random, 7);
  const auto choices = run->choices();
  REQUIRE(!choices.empty());
  const auto setup = std::get<Setup>(make_setup(*scenario, "", {}, ParamDefaults::step));
  FiberRun fibers([main = scenario->main, setup] { main(setup); });
  struct Follow final : Scheduler {
    explicit Follow(std::vector<Choice> list) : choices(std::move(list)) {}
    Choice next(const Situation& situation) override {
      return situation.step < choices.size() ? choices[situation.step] : kHalt;
    }
    std::vector<Choice> choices;
  } follow({choices.begin(), choices.end()});
  std::vector<Event> events;
  fibers.run(follow, &events);
  REQUIRE(events.size() == run->store().size());
  bool same = true;
  for (EventIndex i = 0; i < run->store().size() && same; ++i) {
    const Event& real = run->store()[i];
    same = real.kind == events[i].kind && real.worker == events[i].worker &&
           real.object == events[i].object && real.seq == events[i].seq;
    INFO(name << ": event " << i << " " << name_of(real.kind) << " against " << name_of(events[i].kind));
    CHECK(same);
  }
}
