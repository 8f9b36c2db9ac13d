// The same schedule on real threads and processes and on fibers: the same events, byte for byte but for
// process ids.
#include <fmt/format.h>

#include "core/explore/fiber_run.hpp"
#include "core/explore/outcome.hpp"
#include "core/schedule/policy.hpp"
#include "tests/explore/programs.hpp"
#include "tests/session/stepped_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

class PolicyScheduler final : public Scheduler {
 public:
  explicit PolicyScheduler(const PolicySpec& spec) : policy_(make_policy(spec)) {}
  Choice next(const Situation& situation) override {
    const Choice choice = next_choice(policy_, situation);
    chosen.push_back(choice);
    return choice;
  }
  std::vector<Choice> chosen;

 private:
  Policy policy_;
};

bool has_text(const Event& event) {
  return argument_of(event.kind) == ArgumentType::text || event.value().type == ValueType::text;
}

/// Where Event::extra is a text or a process id, it is left out.
bool has_plain_extra(const Event& event) {
  switch (event.kind) {
    case EventKind::sleep_begin:
    case EventKind::compute_begin:
    case EventKind::measured:
    case EventKind::file_read:
    case EventKind::file_write:
    case EventKind::parent_pid:
    case EventKind::managed_call:
    case EventKind::pool_submit: return event.has(event_flag::kAfterWait);
    default: return true;
  }
}

/// A text with the number of the worker in place of its process id.
std::string without_pids(std::string text, const std::vector<int>& pids) {
  for (std::size_t worker = 0; worker < pids.size(); ++worker) {
    const std::string pid = std::to_string(pids[worker]);
    for (auto at = text.find(pid); pids[worker] > 0 && at != std::string::npos; at = text.find(pid))
      text.replace(at, pid.size(), "<process " + std::to_string(worker) + ">");
  }
  return text;
}

std::string line_of(Event event, const std::string& text, int source_line) {
  const std::int64_t argument = has_text(event) ? 0 : event.arg;
  const std::uint32_t extra = has_plain_extra(event) ? event.extra : 0;
  return fmt::format("t{} w{} {} o{}#{} flags {} extra {} arg {} '{}' line {}", event.time, event.worker,
                     name_of(event.kind), event.object, event.seq, event.flags, extra, argument, text,
                     source_line);
}

std::vector<std::string> lines_of(FiberRun& run, const std::vector<Event>& events) {
  std::vector<int> pids;
  for (std::uint32_t id = 0; id < run.arena().worker_count(); ++id) {
    const WorkerSlot& slot = run.arena().worker(static_cast<WorkerId>(id));
    pids.push_back(slot.kind == WorkerKind::thread ? 0 : slot.pid.load());
  }
  std::vector<std::string> lines;
  for (const Event& event : events) {
    const std::string text =
        has_text(event) ? std::string(run.arena().text(static_cast<TextId>(event.arg))) : "";
    lines.push_back(line_of(event, without_pids(text, pids),
                            event.site == 0 ? 0 : run.arena().header().site_slots[event.site].line));
  }
  return lines;
}

std::vector<std::string> lines_of(const TraceStore& store) {
  std::vector<int> pids;
  for (const WorkerInfo& info : store.workers())
    pids.push_back(info.kind == WorkerKind::thread ? 0 : info.pid);
  std::vector<std::string> lines;
  for (EventIndex i = 0; i < store.size(); ++i) {
    const Event& event = store[i];
    const std::string text = has_text(event) ? std::string(store.text(static_cast<TextId>(event.arg))) : "";
    lines.push_back(
        line_of(event, without_pids(text, pids), event.site == 0 ? 0 : store.sites()[event.site].line));
  }
  return lines;
}

void compare(const Scenario& scenario, const Variant& variant, const PolicySpec& spec) {
  INFO(scenario.id << " " << variant.name << " " << name_of(spec.kind) << " seed " << spec.seed << " depth "
                   << spec.depth);
  FiberRun fibers(program_of(scenario, variant.name));
  PolicyScheduler scheduler(spec);
  std::vector<Event> events;
  const FiberEnd end = fibers.run(scheduler, &events);
  auto gated = start_steps(std::string(scenario.id), std::string(variant.name), scheduler.chosen);
  REQUIRE(gated->divergence().empty());
  REQUIRE(gated->position() == end.steps);
  const auto on_fibers = lines_of(fibers, events);
  const auto on_threads = lines_of(gated->store());
  for (std::size_t i = 0; i < std::min(on_fibers.size(), on_threads.size()); ++i)
    REQUIRE(on_threads[i] == on_fibers[i]);
  REQUIRE(on_threads.size() == on_fibers.size());
  CHECK((gated->phase() == RunPhase::ended) == end.all_ended);
  CHECK(gated->end().outcome == outcome_of_end(fibers.arena(), end));
  // A policy chooses the same on both.
  auto by_policy = start_steps(std::string(scenario.id), std::string(variant.name));
  by_policy->run(spec, RunUntil::end);
  until_ready(*by_policy);
  CHECK(by_policy->choices() == scheduler.chosen);
}

void compare_all(const std::vector<PolicySpec>& specs) {
  each_variant([&](const Scenario& scenario, const Variant& variant) {
    if (scenario.id.starts_with("fault-")) return;
    for (const PolicySpec& spec : specs)
      compare(scenario, variant, spec);
  });
}

}  // namespace

TEST_CASE("gated and fiber runs of every variant agree under random schedules") {
  std::vector<PolicySpec> specs;
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    specs.push_back({.kind = PolicyKind::random, .seed = seed});
  compare_all(specs);
}

TEST_CASE("gated and fiber runs of every variant agree under PCT and POS") {
  compare_all({{.kind = PolicyKind::pct, .seed = 1, .depth = 2, .expected_steps = 40},
               {.kind = PolicyKind::pct, .seed = 2, .depth = 3, .expected_steps = 40},
               {.kind = PolicyKind::pos, .seed = 1},
               {.kind = PolicyKind::pos, .seed = 2}});
}

TEST_CASE("gated and fiber runs of every variant agree under schedules with the fewest changes") {
  compare_all({{.kind = PolicyKind::first},
               {.kind = PolicyKind::bounded, .seed = 1, .depth = 1, .expected_steps = 40},
               {.kind = PolicyKind::bounded, .seed = 2, .depth = 2, .expected_steps = 40}});
}
