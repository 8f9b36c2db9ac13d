// Who can never move again is told at once, also while others go on: by the rule itself, applied to every
// state of random executions, and by what follows from there.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "core/explore/fiber_run.hpp"
#include "core/runtime/apply.hpp"
#include "core/runtime/hopeless.hpp"
#include "core/scenario/api.hpp"
#include "tests/catch.hpp"
#include "tests/explore/fiber_trace.hpp"
#include "tests/explore/programs.hpp"

using namespace lockstep;
using Record = lockstep::Event;

namespace {

using Workers = std::vector<WorkerId>;

bool has(const Workers& workers, WorkerId id) { return std::ranges::find(workers, id) != workers.end(); }

/// Those who could move some day: the least set with all who have a move, or do not wait, or wait for what
/// one of the set may provide.
Workers with_hope(const Arena& arena, const Situation& situation) {
  const std::uint32_t count = arena.worker_count();
  Workers hopeful;
  const auto may_move = [&](WorkerId id) {
    const WorkerSlot& slot = arena.worker(id);
    const bool at_call = slot.step.stand == Stand::at_call || slot.step.stand == Stand::waiting;
    if (!at_call || situation.move_of(id) != nullptr) return slot.step.stand != Stand::ended;
    const ObjectSlot& object = arena.object(slot.pending.object);
    switch (object.kind) {
      case ObjectKind::lock:
      case ObjectKind::rlock:
        if (current_state(object).owner != kNoWorker) return has(hopeful, current_state(object).owner);
        break;
      case ObjectKind::thread:
      case ObjectKind::process:
        if (arena.worker(object.owner).step.stand != Stand::absent) return has(hopeful, object.owner);
        break;
      default: break;
    }
    return !hopeful.empty();
  };
  for (bool grows = true; grows;) {
    grows = false;
    for (std::uint32_t id = 0; id < count; ++id) {
      const auto worker = static_cast<WorkerId>(id);
      if (has(hopeful, worker) || !may_move(worker)) continue;
      hopeful.push_back(worker);
      grows = true;
    }
  }
  return hopeful;
}

/// Between two steps.
struct Moment {
  Workers hopeless;
  bool holds_up = false;  ///< some of them, the program
  Workers movers;         ///< but for those whose move is to be ended by a signal
};

/// Follows a list, then goes on at random; looks at the state before each step.
class Watcher final : public Scheduler {
 public:
  Watcher(const Arena& arena, std::vector<Choice> first, std::uint64_t seed)
      : arena_(arena), first_(std::move(first)), random_(seed) {}

  Choice next(const Situation& situation) override {
    Moment moment;
    const Workers hopeful = with_hope(arena_, situation);
    for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
      const auto worker = static_cast<WorkerId>(id);
      const Stand stand = arena_.worker(worker).step.stand;
      if (has(hopeful, worker) || stand == Stand::ended || stand == Stand::absent) continue;
      moment.hopeless.push_back(worker);
      moment.holds_up = moment.holds_up || holds_program_open(arena_, worker);
      REQUIRE(stand == Stand::waiting);  // so it is recorded
    }
    for (const Move& move : situation.moves) {
      if (move.kind != MoveKind::die && move.kind != MoveKind::lose_pipe)
        moment.movers.push_back(move.worker);
    }
    moments.push_back(std::move(moment));
    const std::size_t step = choices.size();
    choices.push_back(step < first_.size()
                          ? first_[step]
                          : Choice{situation.moves[random_() % situation.moves.size()].worker});
    return choices.back();
  }

  std::vector<Moment> moments;
  std::vector<Choice> choices;

 private:
  const Arena& arena_;
  std::vector<Choice> first_;
  std::mt19937_64 random_;
};

struct Execution {
  std::vector<Moment> moments;  ///< before each step
  std::vector<Choice> choices;
  std::vector<Finding> findings;
  std::vector<std::uint32_t> certain_after;  ///< of each finding: so many steps
};

Execution execute(FiberRun& run, const std::vector<Choice>& first, std::uint64_t seed) {
  Watcher watcher(run.arena(), first, seed);
  std::vector<Record> events;
  run.run(watcher, &events);
  const test::FiberTrace trace(run.arena(), events);
  Execution execution{std::move(watcher.moments), std::move(watcher.choices), trace.diagnosis.findings(), {}};
  for (const Finding& finding : execution.findings) {
    const std::uint64_t time = trace.store[finding.at - 1].time;
    execution.certain_after.push_back(static_cast<std::uint32_t>(time / kStepTime) + 1);
  }
  return execution;
}

bool tells_of_hopeless(FindingKind kind) {
  return kind == FindingKind::deadlock_cycle || kind == FindingKind::stuck ||
         kind == FindingKind::lost_wakeup;
}

/// From the step on after which they were named, they have no move.
void check_never_again(const Execution& execution, std::uint32_t named_after, const Workers& workers) {
  for (std::size_t step = named_after; step < execution.moments.size(); ++step) {
    for (const WorkerId worker : workers)
      REQUIRE_FALSE(has(execution.moments[step].movers, worker));
  }
}

/// Where some are held up for ever, something says so.
void check_named(const Execution& execution) {
  for (std::size_t step = 0; step < execution.moments.size(); ++step) {
    bool named = !execution.moments[step].holds_up;
    for (std::size_t i = 0; i < execution.findings.size(); ++i)
      named = named || (tells_of_hopeless(execution.findings[i].kind) && execution.certain_after[i] <= step);
    REQUIRE(named);
  }
}

/// How many executions named some while others went on.
int check_program(const std::function<void()>& main, int schedules) {
  FiberRun run(main);
  int early = 0;
  for (int seed = 0; seed < schedules; ++seed) {
    INFO("seed " << seed);
    const Execution execution = execute(run, {}, static_cast<std::uint64_t>(seed));
    check_named(execution);
    for (std::size_t i = 0; i < execution.findings.size(); ++i) {
      const Finding& finding = execution.findings[i];
      if (!tells_of_hopeless(finding.kind)) continue;
      const std::uint32_t named_after = execution.certain_after[i];
      INFO(name_of(finding.kind) << " after step " << named_after << " of " << execution.choices.size());
      // Not before all of them were hopeless, and not a step later.
      const auto all_hopeless = [&](const Moment& moment) {
        return std::ranges::all_of(finding.workers, [&](WorkerId id) { return has(moment.hopeless, id); });
      };
      const auto first = std::ranges::find_if(execution.moments, all_hopeless);
      REQUIRE(named_after == static_cast<std::uint32_t>(first - execution.moments.begin()));
      check_never_again(execution, named_after, finding.workers);
      if (named_after == execution.choices.size()) continue;
      ++early;
      // Whatever is chosen from there.
      const std::vector<Choice> way(execution.choices.begin(), execution.choices.begin() + named_after);
      for (std::uint64_t other = 0; other < 4; ++other) {
        const Execution another = execute(run, way, other + 1000);
        check_never_again(another, named_after, finding.workers);
        REQUIRE(another.findings.size() > i);
        REQUIRE(another.findings[i] == finding);
      }
    }
  }
  return early;
}

/// Two take two locks crosswise while a third counts.
void two_of_three() {
  using namespace lockstep::api;
  const Lock fork("Fork");
  const Lock plate("Plate");
  const Thread anna({.name = "Anna"}, [=] {
    fork.acquire();
    plate.acquire();
  });
  const Thread ben({.name = "Ben"}, [=] {
    plate.acquire();
    fork.acquire();
  });
  const Shared<int> count("count", 0);
  const Thread clara({.name = "Clara"}, [=] {
    for (int i = 0; i < 5; ++i)
      count.store(i);
  });
  anna.start();
  ben.start();
  clara.start();
  clara.join();
  anna.join();
  ben.join();
}

/// Who took a lock has ended with it, and somebody wants it while others go on.
void lock_left_behind() {
  using namespace lockstep::api;
  const Lock fork("Fork");
  const Thread anna({.name = "Anna"}, [=] { fork.acquire(); });
  const Thread ben({.name = "Ben"}, [=] { fork.acquire(); });
  anna.start();
  ben.start();
  const Shared<int> count("count", 0);
  for (int i = 0; i < 5; ++i)
    count.store(i);
}

/// Their process is ended while they wait for each other.
void deadlock_in_a_process_that_is_ended() {
  using namespace lockstep::api;
  const Process child({.name = "child"}, [] { two_of_three(); });
  child.start();
  sleep(10s);
  child.terminate();
  child.join();
}

}  // namespace

TEST_CASE(
    "who can never move again is named at once and never moves again, in every variant of the catalogue") {
  std::string early;
  test::each_variant([&](const Scenario& scenario, const Variant& variant) {
    INFO(scenario.id << "/" << variant.name);
    const int schedules = static_cast<int>(test::times_in_sweep(10));
    if (check_program(test::program_of(scenario, variant.name), schedules) > 0)
      early += fmt::format(" {}/{}", scenario.id, variant.name);
  });
  CHECK(!early.empty());
  WARN("named while others go on:" << early);
}

TEST_CASE("a deadlock of two is named while the third goes on") {
  CHECK(check_program(two_of_three, 50) > 0);
}

TEST_CASE("a wait for a lock whose holder has ended is named while others go on") {
  CHECK(check_program(lock_left_behind, 50) > 0);
}

TEST_CASE("a deadlock is named though its process is ended later") {
  CHECK(check_program(deadlock_in_a_process_that_is_ended, 50) > 0);
}
