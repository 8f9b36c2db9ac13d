// What a stepped run finds is told with who, what and where, in both languages: on real threads, under a
// schedule that a learner could choose.
#include <algorithm>

#include "core/analysis/diagnosis.hpp"
#include "tests/session/stepped_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

constexpr WorkerId kAnna = 1, kBen = 2, kClara = 3;
const Language kLanguages[] = {Language::en, Language::zh};

void go(SteppedRun& run, WorkerId worker, bool by_hand = false) {
  const std::uint32_t before = run.position();
  run.step({worker, by_hand, 0});
  until_ready(run);
  REQUIRE(run.position() == before + 1);
}

/// Lets a worker go until its next step would be of that kind.
void go_before(SteppedRun& run, WorkerId worker, EventKind kind) {
  while (run.cards().size() <= worker || run.cards()[worker].pending.kind != kind)
    go(run, worker);
}

/// main has started both.
std::unique_ptr<SteppedRun> both_started(const std::string& variant) {
  auto run = start_steps("fault-findings", variant);
  go_before(*run, kMainWorker, EventKind::join);
  return run;
}

void go_to_the_end(SteppedRun& run) { run_to_end(run, PolicyKind::first); }

const Finding& found(const SteppedRun& run, FindingKind kind) {
  for (const Finding& finding : run.diagnosis().findings()) {
    if (finding.kind == kind) return finding;
  }
  FAIL("no " << name_of(kind));
  std::abort();
}

/// From 1, as in sentences.
std::int64_t step_of(const Event& event) { return static_cast<std::int64_t>(event.time) / kStepTime + 1; }

std::string place(int line, std::int64_t step, Language language) {
  const std::string l = std::to_string(line), s = std::to_string(step);
  if (language == Language::zh) return step == 0 ? "第 " + l + " 行" : "第 " + l + " 行，第 " + s + " 步";
  return step == 0 ? "line " + l : "line " + l + ", step " + s;
}

/// The finding of that kind names everybody who takes part, every object, the place of each of these events
/// (of the finding's evidence, by kind) and the words, in both languages.
void check_told(const SteppedRun& run, FindingKind kind, const std::vector<EventKind>& placed,
                const std::vector<std::string>& words = {}) {
  const Finding& finding = found(run, kind);
  const TraceStore& store = run.store();
  for (const Language language : kLanguages) {
    const std::string text = narrate(finding, store, language);
    INFO(text);
    for (const WorkerId id : finding.workers)
      CHECK_THAT(text, ContainsSubstring(store.workers()[id].name));
    for (const ObjectId id : finding.objects)
      CHECK_THAT(text, ContainsSubstring(store.objects()[id].name));
    for (const std::string& word : words)
      CHECK_THAT(text, ContainsSubstring(word));
    for (const EventKind wanted : placed) {
      const auto of_kind = [&](EventIndex index) { return store[index].kind == wanted; };
      REQUIRE(std::ranges::any_of(finding.events, of_kind));
      for (const EventIndex index : finding.events) {
        if (!of_kind(index)) continue;
        const int line = store.sites()[store[index].site].line;
        REQUIRE(line > 0);
        const bool late = wanted == EventKind::block;  // recorded when it matters, not when it began
        CHECK_THAT(text, ContainsSubstring(place(line, late ? 0 : step_of(store[index]), language)));
      }
    }
    const bool chinese =
        std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
    CHECK(chinese == (language == Language::zh));
  }
}

}  // namespace

TEST_CASE("a data race in steps is told with both accesses, their values and places") {
  auto run = both_started("race");
  go_before(*run, kAnna, EventKind::store);
  go(*run, kBen);
  go_before(*run, kBen, EventKind::store);
  go(*run, kAnna);
  check_told(*run, FindingKind::data_race, {EventKind::load, EventKind::store}, {"count = 1", "count = 11"});
}

TEST_CASE("a lost update in steps is told with the read, the write that was lost and the write") {
  auto run = both_started("race");
  go_before(*run, kAnna, EventKind::store);
  go_before(*run, kBen, EventKind::store);
  go(*run, kBen);
  go(*run, kAnna);
  check_told(*run, FindingKind::atomicity_violation, {EventKind::load, EventKind::store},
             {"count = 1", "count = 11"});
}

TEST_CASE("a deadlock in steps is told with each lock, who holds it and who waits for it") {
  auto run = both_started("crossed");
  for (const WorkerId worker : {kAnna, kBen}) {
    go_before(*run, worker, EventKind::acquire);
    go(*run, worker);
  }
  go_to_the_end(*run);
  REQUIRE(run->phase() == RunPhase::stuck);
  check_told(*run, FindingKind::deadlock_cycle, {EventKind::acquire, EventKind::block});
}

TEST_CASE("a deadlock of two is told at its step while a third goes on, and only once") {
  auto run = both_started("crossed-of-three");
  for (const WorkerId worker : {kAnna, kBen}) {
    CHECK(run->diagnosis().findings().empty());
    go_before(*run, worker, EventKind::acquire);
    go(*run, worker);
  }
  const std::uint32_t step = run->position();
  const auto stands_there = [&] {
    CHECK(run->position() == step);
    CHECK(run->phase() == RunPhase::paused);
    check_told(*run, FindingKind::deadlock_cycle, {EventKind::acquire, EventKind::block});
    CHECK(run->cards()[kAnna].waiting);
    CHECK_FALSE(run->cards()[kBen].can_begin_to_wait);
    CHECK(run->cards()[kClara].move);
    for (const WaitEdge& edge : wait_for_graph(run->store(), run->store().size()))
      CHECK(edge.in_cycle == (edge.worker != kMainWorker));  // who joins Anna
  };
  stands_there();
  const std::string text = narrate(found(*run, FindingKind::deadlock_cycle), run->store(), Language::en);

  go_to_the_end(*run);
  CHECK(run->phase() == RunPhase::stuck);
  CHECK(run->position() > step);
  const auto is_deadlock = [](const Finding& f) { return f.kind == FindingKind::deadlock_cycle; };
  CHECK(std::ranges::count_if(run->diagnosis().findings(), is_deadlock) == 1);
  CHECK(narrate(found(*run, FindingKind::deadlock_cycle), run->store(), Language::en) == text);
  run->go_to(step);
  until_ready(*run);
  stands_there();
  run->back();
  until_ready(*run);
  CHECK(std::ranges::none_of(run->diagnosis().findings(), is_deadlock));
  run->forward();
  until_ready(*run);
  stands_there();
}

TEST_CASE("going on until something is found ends where two are in a deadlock though a third could go on") {
  int before_the_end = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    auto run = both_started("crossed-of-three");
    run->run({.kind = PolicyKind::random, .seed = seed}, RunUntil::finding);
    until_ready(*run);
    if (run->phase() == RunPhase::ended) continue;
    const Finding& finding = found(*run, FindingKind::deadlock_cycle);
    CHECK(step_of(run->store()[finding.at - 1]) == run->position());
    if (run->phase() == RunPhase::paused) ++before_the_end;
  }
  CHECK(before_the_end > 0);
}

TEST_CASE("locks taken in different orders are told in steps though nothing happened") {
  auto run = both_started("crossed");
  go_to_the_end(*run);
  REQUIRE(run->end().outcome == Outcome::ok);
  check_told(*run, FindingKind::lock_order_inversion, {EventKind::acquire});
}

TEST_CASE("a wait that nobody is left to notify is told in steps with those held up by it") {
  auto run = both_started("no-notify");
  go_to_the_end(*run);
  REQUIRE(run->phase() == RunPhase::stuck);
  check_told(*run, FindingKind::stuck, {EventKind::block}, {"Anna", "main"});
}

TEST_CASE("an event that nobody is left to set is told in steps") {
  auto run = both_started("nobody-sets");
  go_to_the_end(*run);
  check_told(*run, FindingKind::stuck, {EventKind::block}, {"Anna", "bell", "main"});
}

TEST_CASE("a lost wake-up in steps is told with the notify that came too early") {
  auto run = both_started("early-notify");
  go_before(*run, kBen, EventKind::notify);
  go(*run, kBen);
  go_to_the_end(*run);
  REQUIRE(run->phase() == RunPhase::stuck);
  check_told(*run, FindingKind::lost_wakeup, {EventKind::notify, EventKind::block}, {"Ben", "Anna", "main"});
}

TEST_CASE("a missing stop item is told in steps with who took the only one") {
  auto run = both_started("one-sentinel");
  go_before(*run, kAnna, EventKind::queue_get);
  go(*run, kAnna);
  go_to_the_end(*run);
  REQUIRE(run->phase() == RunPhase::stuck);
  check_told(*run, FindingKind::stuck, {EventKind::block}, {"Ben", "Anna", "None", "table"});
}

TEST_CASE("a check that does not hold is told in steps") {
  auto run = both_started("check");
  go_to_the_end(*run);
  check_told(*run, FindingKind::broken_check, {EventKind::check}, {"count is 2"});
}

TEST_CASE("an error that nobody caught is told in steps") {
  auto run = both_started("error");
  go_to_the_end(*run);
  check_told(*run, FindingKind::error_raised, {EventKind::raise}, {"ValueError: count is too small"});
}

TEST_CASE("starvation in steps is told with who got it instead, and how often") {
  auto run = both_started("starved");
  go_before(*run, kAnna, EventKind::acquire);
  go_before(*run, kBen, EventKind::acquire);
  go(*run, kBen);
  go(*run, kAnna, true);
  while (run->cards()[kBen].move && !run->cards()[kBen].ended)
    go(*run, kBen);
  go(*run, kAnna);
  check_told(*run, FindingKind::starvation, {}, {"Ben", "100"});
}

TEST_CASE("busy waiting in steps is told with the first of the equal answers") {
  auto run = both_started("polling");
  go_before(*run, kAnna, EventKind::load);
  for (int i = 0; i < 4; ++i)
    go(*run, kAnna);
  const Finding& finding = found(*run, FindingKind::busy_wait);
  const TraceStore& store = run->store();
  for (const Language language : kLanguages) {
    const Event& first = store[finding.events.front()];
    CHECK_THAT(narrate(finding, store, language),
               ContainsSubstring("Anna") && ContainsSubstring("count") &&
                   ContainsSubstring(place(store.sites()[first.site].line, step_of(first), language)));
  }
}

TEST_CASE("a daemon that outlives its use is told in steps with what it did last") {
  auto run = both_started("daemon");
  go_before(*run, kAnna, EventKind::event_wait);
  go(*run, kAnna);  // begins to wait
  go_to_the_end(*run);
  REQUIRE(run->end().outcome == Outcome::ok);
  check_told(*run, FindingKind::unfinished_worker, {EventKind::block}, {"Anna", "bell"});
}
