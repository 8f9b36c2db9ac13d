// The graph of all states of every variant in the catalogue, at step params: its size, how much
// processor time it takes to build, and the longest answer along a random run.
#include "core/explore/state_graph.hpp"

#include "core/explore/fiber_run.hpp"
#include "tests/bench/bench.hpp"
#include "tests/explore/programs.hpp"
#include "tests/explore/schedulers.hpp"

using namespace lockstep;
using namespace lockstep::bench;

namespace {

constexpr std::uint64_t kMostStates = 3'000'000;
constexpr double kMostSeconds = 30;

struct Answers {
  double worst_ms = 0;
  std::size_t asked = 0;
};

/// Asks at every position of a random run.
Answers ask_along(StateGraph& graph, const std::function<void()>& main) {
  FiberRun run(main);
  test::RandomScheduler random(1);
  run.run(random);
  Answers answers;
  for (std::vector<Choice> prefix; answers.asked <= random.chosen.size(); ++answers.asked) {
    const double took = cpu_seconds([&] { keep(graph.look_ahead(prefix)); });
    answers.worst_ms = std::max(answers.worst_ms, took * 1e3);
    if (answers.asked < random.chosen.size()) prefix.push_back(random.chosen[answers.asked]);
  }
  return answers;
}

void measure(const Scenario& scenario, const Variant& variant) {
  const std::function<void()> main = test::program_of(scenario, variant.name);
  StateGraph graph({.main = main});
  bool complete = false;
  const double took = cpu_seconds([&] { complete = graph.build(kMostStates, kMostSeconds); });
  const std::string name = fmt::format("{}/{}", scenario.id, variant.name);
  if (!complete) {
    fmt::print("{:<40} {:>9}+ {:>9} {:>7.3f}  too large\n", name, graph.states(), graph.executions(), took);
    return;
  }
  const Answers answers = ask_along(graph, main);
  fmt::print("{:<40} {:>10} {:>9} {:>7.3f} {:>9.3f} {:>6} {:>9.5f}\n", name, graph.states(),
             graph.executions(), took, answers.worst_ms, answers.asked, graph.failing_share().value());
}

}  // namespace

TEST_CASE("state graph of every variant", "[bench]") {
  fmt::print("{:<40} {:>10} {:>9} {:>7} {:>9} {:>6} {:>9}\n", "variant", "states", "runs", "build s",
             "answer ms", "steps", "failing");
  test::each_variant(measure);
}
