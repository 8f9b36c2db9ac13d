// The same schedule on real threads and processes and on fibers: the same events, byte for byte but for
// process ids.
#include <fmt/format.h>

#include <map>

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

/// Where Event::extra is a text, or what the kernel chose (a process id, a port), it is left out.
bool has_plain_extra(const Event& event) {
  switch (event.kind) {
    case EventKind::sleep_begin:
    case EventKind::compute_begin:
    case EventKind::measured:
    case EventKind::file_read:
    case EventKind::file_write:
    case EventKind::parent_pid:
    case EventKind::socket_listen:
    case EventKind::managed_call:
    case EventKind::pool_submit: return event.has(event_flag::kAfterWait);
    default: return true;
  }
}

/// Process ids, and whose they are.
using Pids = std::map<std::int64_t, std::uint32_t>;

/// A text with the number of the worker in place of its process id.
std::string without_pids(const std::string& text, const Pids& pids) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
    const std::string digits = text.substr(at, end - at);
    const auto pid = digits.empty() || digits.size() > 9 ? pids.end() : pids.find(std::stoll(digits));
    result += pid == pids.end() ? digits : fmt::format("<process {}>", pid->second);
    if (end < text.size()) result += text[end];
    at = end + 1;
  }
  return result;
}

/// From what the program asked the kernel.
void add_parents(Pids& pids, const Event& event) {
  if (event.kind == EventKind::parent_pid) pids.emplace(event.extra, static_cast<std::uint32_t>(event.arg));
}

std::string line_of(const Event& event, const std::string& text, int source_line, const Pids& pids) {
  const std::uint32_t extra = has_plain_extra(event) ? event.extra : 0;
  const std::string argument =
      has_text(event) ? "'" + without_pids(text, pids) + "'" : std::to_string(event.arg);
  return fmt::format("t{} w{} {} o{}#{} flags {} extra {} arg {} line {}", event.time, event.worker,
                     name_of(event.kind), event.object, event.seq, event.flags, extra, argument, source_line);
}

std::vector<std::string> lines_of(FiberRun& run, const std::vector<Event>& events) {
  Pids pids;
  for (std::uint32_t id = 0; id < run.arena().worker_count(); ++id) {
    const WorkerSlot& slot = run.arena().worker(static_cast<WorkerId>(id));
    if (slot.kind != WorkerKind::thread && slot.pid != 0) pids.emplace(slot.pid.load(), id);
  }
  for (const Event& event : events)
    add_parents(pids, event);
  std::vector<std::string> lines;
  for (const Event& event : events) {
    const std::string text =
        has_text(event) ? std::string(run.arena().text(static_cast<TextId>(event.arg))) : "";
    const int line = event.site == 0 ? 0 : run.arena().header().site_slots[event.site].line;
    lines.push_back(line_of(event, text, line, pids));
  }
  return lines;
}

std::vector<std::string> lines_of(const TraceStore& store) {
  Pids pids;
  for (const WorkerInfo& info : store.workers()) {
    if (info.kind != WorkerKind::thread && info.pid != 0) pids.emplace(info.pid, info.id);
  }
  for (EventIndex i = 0; i < store.size(); ++i)
    add_parents(pids, store[i]);
  std::vector<std::string> lines;
  for (EventIndex i = 0; i < store.size(); ++i) {
    const Event& event = store[i];
    const std::string text = has_text(event) ? std::string(store.text(static_cast<TextId>(event.arg))) : "";
    const int line = event.site == 0 ? 0 : store.sites()[event.site].line;
    lines.push_back(line_of(event, text, line, pids));
  }
  return lines;
}

/// Prints who started the sandbox, which differs by nature.
bool tells_of_kernel(const Scenario& scenario) {
  return scenario.id == "process-names" || scenario.id == "process-zombie-orphan";
}

bool tells(const std::string& line) {
  return line.find(" print ") != line.npos || line.find(" local-set ") != line.npos;
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
  auto on_fibers = lines_of(fibers, events);
  auto on_threads = lines_of(gated->store());
  if (tells_of_kernel(scenario)) {
    std::erase_if(on_fibers, tells);
    std::erase_if(on_threads, tells);
  }
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
    for (std::size_t i = 0; i < times_in_sweep(specs.size()); ++i)
      compare(scenario, variant, specs[i]);
  });
}

}  // namespace

TEST_CASE("gated and fiber runs of every variant agree under random schedules", "[notsan]") {
  std::vector<PolicySpec> specs;
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    specs.push_back({.kind = PolicyKind::random, .seed = seed});
  compare_all(specs);
}

TEST_CASE("gated and fiber runs of every variant agree under PCT and POS", "[notsan]") {
  compare_all({{.kind = PolicyKind::pct, .seed = 1, .depth = 2, .expected_steps = 40},
               {.kind = PolicyKind::pct, .seed = 2, .depth = 3, .expected_steps = 40},
               {.kind = PolicyKind::pos, .seed = 1},
               {.kind = PolicyKind::pos, .seed = 2}});
}

TEST_CASE("gated and fiber runs of every variant agree under schedules with the fewest changes", "[notsan]") {
  compare_all({{.kind = PolicyKind::first},
               {.kind = PolicyKind::bounded, .seed = 1, .depth = 1, .expected_steps = 40},
               {.kind = PolicyKind::bounded, .seed = 2, .depth = 2, .expected_steps = 40}});
}
