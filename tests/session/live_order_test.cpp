// A live run's order as a schedule: in steps the same program does the same.
#include "core/session/live_order.hpp"

#include <algorithm>
#include <set>

#include "tests/explore/programs.hpp"
#include "tests/session/session_driver.hpp"
#include "tests/session/stepped_driver.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

std::unique_ptr<Session> start_live(const std::string& scenario, const std::string& variant,
                                    std::uint64_t seed) {
  RunRequest request = step_request(scenario, variant);
  request.seed = seed;
  request.speed = kMaxSpeed;
  auto started = Session::start(request);
  if (auto* sentence = std::get_if<std::string>(&started)) FAIL(*sentence);
  return std::move(std::get<std::unique_ptr<Session>>(started));
}

/// What was found, however the participants are numbered.
std::multiset<std::string> found(const Diagnosis& diagnosis, const TraceStore& store) {
  std::multiset<std::string> all;
  for (const Finding& finding : diagnosis.findings()) {
    if (!is_failure(finding.kind)) continue;
    std::multiset<std::string> names;
    for (const WorkerId worker : finding.workers)
      names.insert(store.workers()[worker].name);
    std::string line(name_of(finding.kind));
    for (const std::string& name : names)
      line += " " + name;
    all.insert(line);
  }
  return all;
}

/// Every operation with its worker, its object and what it came to: what the two runs must agree on.
std::vector<std::string> operations(const TraceStore& store, EventIndex count) {
  std::map<std::string, std::vector<std::string>> by_object;
  for (EventIndex i = 0; i < count; ++i) {
    const Event& event = store[i];
    // Who begins to wait last, when nobody can go any more, is no choice: all do.
    if (event.object == kNoObject || event.kind == EventKind::print || event.kind == EventKind::block ||
        event.kind == EventKind::local_set)  // may hold a process id
      continue;
    const bool text = argument_of(event.kind) == ArgumentType::text || event.value().type == ValueType::text;
    const bool worker = argument_of(event.kind) == ArgumentType::worker;
    const auto argument = names_object(event) ? store.objects()[static_cast<std::size_t>(event.arg)].name
                          : text              ? std::string(store.text(static_cast<TextId>(event.arg)))
                          : worker            ? store.workers()[static_cast<std::size_t>(event.arg)].name
                                              : std::to_string(event.arg);
    const ObjectInfo& object = store.objects()[event.object];
    const std::string owner = object.owner == kNoWorker ? "" : store.workers()[object.owner].name;
    by_object[object.name + "/" + owner].push_back(store.workers()[event.worker].name + " " +
                                                   std::string(name_of(event.kind)) + " " + argument + " " +
                                                   std::to_string(event.flags));
  }
  std::vector<std::string> lines;
  for (auto& [object, its] : by_object) {
    for (std::string& line : its)
      lines.push_back(object + ": " + line);
  }
  return lines;
}

/// Waits of the live order that are no steps: of those who can never move again, who begin to wait within
/// another's step.
std::size_t waits_without_step(const LiveOrder& order, const TraceStore& stepped) {
  std::set<WorkerId> hopeless;
  for (EventIndex i = 0; i < stepped.size(); ++i) {
    const bool within = stepped[i].time % static_cast<std::uint64_t>(kStepTime) != 0;
    if (within && stepped[i].kind == EventKind::block) hopeless.insert(stepped[i].worker);
  }
  return static_cast<std::size_t>(std::ranges::count_if(hopeless, [&](WorkerId worker) {
    const auto last =
        std::ranges::find(order.choices.rbegin(), order.choices.rend(), worker, &Choice::worker);
    return last != order.choices.rend() && last->by_hand;
  }));
}

void follow(const Session& live, EventIndex count) {
  auto steps = taken(SteppedRun::from_live(live, count));
  CHECK(steps->divergence().empty());
  // A process may go on for a moment after a signal; where others depend on that, it is said and the steps
  // end.
  if (steps->live_difference() && steps->live_difference()->kind == LiveDifference::Kind::after_signal)
    return;
  if (steps->live_difference()) FAIL(in_english(*steps->live_difference()));
  const LiveOrder order = order_of(live.store(), count);
  REQUIRE(steps->length() == steps->position());
  if (steps->phase() != RunPhase::stuck)
    REQUIRE(steps->position() + waits_without_step(order, steps->store()) == order.choices.size());
  if (count < live.store().size()) return;
  const bool over = live.phase() == RunPhase::ended || live.phase() == RunPhase::stuck;
  if (!over) return;
  CHECK(operations(live.store(), live.store().size()) == operations(steps->store(), steps->store().size()));
  CHECK(found(live.diagnosis(), live.store()) == found(steps->diagnosis(), steps->store()));
  CHECK(steps->phase() == live.phase());
  CHECK(steps->end().outcome == live.end().outcome);
}

}  // namespace

TEST_CASE("a live run of every variant becomes a schedule that does the same in steps", "[notsan]") {
  each_variant([](const Scenario& scenario, const Variant& variant) {
    if (scenario.id.starts_with("fault-")) return;
    for (std::uint64_t seed = 1; seed <= times_in_sweep(3); ++seed) {
      INFO(scenario.id << " " << variant.name << " seed " << seed);
      auto live = start_live(std::string(scenario.id), std::string(variant.name), seed);
      until_over(*live);
      follow(*live, kNoEvent);
      // And from the middle.
      follow(*live, live->store().size() / 3);
      follow(*live, live->store().size() * 2 / 3);
    }
  });
}

TEST_CASE("what a process did after a signal goes before it, unless it was the process's own end") {
  TraceBuilder t;
  const ObjectId number = t.shared();
  const WorkerId child = t.running("child", WorkerKind::process);
  const auto before = static_cast<std::uint32_t>(order_of(t.store()).steps.size());
  const EventIndex signal = t.add(kMainWorker, EventKind::terminate, t.object_of(child), child);
  const EventIndex late = t.add(child, EventKind::add, number, Value::of_int(1));
  const LiveOrder order = order_of(t.store());
  CHECK_FALSE(order.difference);
  REQUIRE(order.steps.size() == before + 2);
  CHECK(order.steps[before].index == late);
  CHECK(order.steps[before + 1].index == signal);

  t.end(child);
  const LiveOrder ended = order_of(t.store());
  REQUIRE(ended.difference);
  CHECK(*ended.difference == LiveDifference{LiveDifference::Kind::after_signal, before + 1, "child"});
  CHECK(ended.choices.size() == before + 1);
}
