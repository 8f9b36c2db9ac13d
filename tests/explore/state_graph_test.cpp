// The graph of all states against the plain search over all schedules.
#include "core/explore/state_graph.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <unordered_map>

#include "core/explore/fiber_run.hpp"
#include "core/explore/outcome.hpp"
#include "core/scenario/api.hpp"
#include "tests/catch.hpp"
#include "tests/explore/plain_search.hpp"
#include "tests/explore/programs.hpp"
#include "tests/explore/schedulers.hpp"
#include "tests/explore/small_programs.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// Lets a worker begin to wait by hand, half of the times when one can; else as random.
class ByHandScheduler final : public Scheduler {
 public:
  ByHandScheduler(FiberRun& run, std::uint64_t seed) : run_(run), random_(seed) {}
  Choice next(const Situation& situation) override {
    Choice choice{situation.moves[random_() % situation.moves.size()].worker};
    for (std::uint32_t id = 0; id < run_.arena().worker_count(); ++id) {
      const Choice wait{static_cast<WorkerId>(id), true};
      if (is_possible(run_.arena(), wait) && random_() % 2 == 0) choice = wait;
    }
    waits_ += choice.by_hand ? 1 : 0;
    chosen_.push_back(choice);
    return choice;
  }
  int waits() const { return waits_; }
  const std::vector<Choice>& chosen() const { return chosen_; }

 private:
  FiberRun& run_;
  std::mt19937_64 random_;
  std::vector<Choice> chosen_;
  int waits_ = 0;
};

bool is_of(const LookAhead& answer, const TreeNode& node) {
  const auto same_reach = [](const Reach& told, const Reach& found) {
    const bool same_outcome = told.outcome == found.outcome || told.steps > 0;  // several may be as near
    return same_outcome && told.worker == found.worker && told.can_fail == found.can_fail &&
           told.must_fail == found.must_fail && told.steps == found.steps;
  };
  return answer.known && answer.prefix == node.prefix &&
         std::abs(answer.failing_share - node.failing_share) < 1e-12 &&
         std::ranges::equal(answer.reaches, node.reaches, same_reach);
}

/// Compares in every `stride`-th node of the tree. False if there are more than `most` schedules.
bool compare(const SmallProgram& program, std::uint64_t most, std::uint64_t stride) {
  FiberRun run(program.main);
  std::uint64_t nodes = 0;
  std::set<std::uint64_t> states;  ///< those that have failed count once for each outcome
  std::uint64_t different_futures = 0;
  std::uint64_t wrong_answers = 0;
  std::unordered_map<std::uint64_t, std::uint64_t> future_of;
  StateGraph graph({.main = program.main});
  PlainSearch search(run);
  if (!search.search(most)) return false;
  REQUIRE(graph.build(0, 0));
  TreeNode root;
  search.search(most, [&](const TreeNode& node) {
    const auto [known, is_new] = future_of.try_emplace(node.digest, node.future);
    if (known->second != node.future) ++different_futures;
    states.insert(node.has_failed ? static_cast<std::uint64_t>(node.nearest) : node.digest);
    if (nodes++ % stride == 0 && !is_of(graph.look_ahead(node.prefix), node)) ++wrong_answers;
    root = node;
  });
  CHECK(different_futures == 0);
  CHECK(wrong_answers == 0);
  CHECK(graph.states() == states.size());
  CHECK(graph.failing_share().value() == Catch::Approx(root.failing_share).margin(1e-12));
  return true;
}

}  // namespace

TEST_CASE("equal digests have equal futures, and the graph foresees what running all schedules finds") {
  for (const SmallProgram& program : small_programs()) {
    INFO(program.name);
    CHECK(compare(program, 100'000, 7));
  }
}

TEST_CASE("random programs: equal digests have equal futures, and the graph foresees all") {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const SmallProgram program = random_small_program(seed);
    INFO(program.name);
    compared += compare(program, 3'000, 31) ? 1 : 0;
  }
  CHECK(compared >= 20);
}

TEST_CASE("along random runs of every variant the graph knows each state that the run comes to") {
  each_variant([](const Scenario& scenario, const Variant& variant) {
    INFO(scenario.id << " " << variant.name);
    // A main worker that is ended by an error asks without a step which ends of pipes its pool's thread has
    // left it (ARCHITECTURE.md, Limits).
    const bool asks = variant.name == "join-without-close" || variant.name == "submit-after-close";
    if (asks) return;
    const std::function<void()> main = program_of(scenario, variant.name);
    StateGraph graph({.main = main});
    REQUIRE(graph.build(300'000, 0));
    FiberRun run(main);
    for (std::uint64_t seed = 1; seed <= times_in_sweep(5); ++seed) {
      RandomScheduler random(seed);
      const bool fails = outcome_of_end(run.arena(), run.run(random)) != Outcome::ok;
      std::vector<Choice> prefix;
      for (const Choice choice : random.chosen) {
        const LookAhead answer = graph.look_ahead(prefix);
        REQUIRE(answer.known);
        const auto taken = std::ranges::find(answer.reaches, choice.worker, &Reach::worker);
        REQUIRE(taken != answer.reaches.end());
        if (fails) CHECK(taken->can_fail);
        if (!fails) CHECK(!taken->must_fail);
        prefix.push_back(choice);
      }
    }
  });
}

TEST_CASE("beginning to wait by hand changes nothing of what can come") {
  int waits = 0;
  for (const SmallProgram& program : small_programs()) {
    INFO(program.name);
    FiberRun run(program.main);
    StateGraph graph({.main = program.main});
    REQUIRE(graph.build(0, 0));
    PlainSearch below(run);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      // A learner who likes to wait.
      ByHandScheduler learner(run, seed);
      run.run(learner);
      waits += learner.waits();
      for (std::vector<Choice> prefix = learner.chosen(); !prefix.empty(); prefix.pop_back()) {
        TreeNode node;
        const bool small = below.search(
            300, [&](const TreeNode& last) { node = last; }, prefix);
        if (!small) break;
        REQUIRE(is_of(graph.look_ahead(prefix), node));
      }
    }
  }
  CHECK(waits > 100);
}

TEST_CASE("a position that cannot be, or a graph that was not finished, is not known") {
  const std::function<void()> main = small_programs().front().main;
  StateGraph graph({.main = main});
  CHECK(!graph.look_ahead({}).known);
  CHECK(!graph.failing_share());
  SECTION("too many states") {
    CHECK(!graph.build(10, 0));
    CHECK(!graph.look_ahead({}).known);
    CHECK(!graph.failing_share());
    CHECK(graph.states() <= 11);
  }
  SECTION("cancelled") {
    CHECK(!graph.build(0, 0, [] { return false; }));
  }
  SECTION("no such position") {
    REQUIRE(graph.build(0, 0));
    CHECK(graph.look_ahead({}).known);
    CHECK(!graph.look_ahead({{7}}).known);
    CHECK(!graph.look_ahead({{0}, {1}}).known);
    CHECK(!graph.look_ahead({kHalt}).known);
  }
}

TEST_CASE("a program that polls for ever has no finite graph") {
  StateGraph graph({.main = [] {
    const api::Shared<bool> ready("ready");
    while (!ready.load()) {
    }
  }});
  CHECK(!graph.build(1000, 0));
}
