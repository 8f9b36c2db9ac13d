#include "core/schedule/policy.hpp"

#include <map>
#include <set>

#include "tests/catch.hpp"
#include "tests/schedule/toy_program.hpp"

using namespace lockstep;

namespace {

const std::vector<PolicyKind> kAutomatic{PolicyKind::first, PolicyKind::random, PolicyKind::pct,
                                         PolicyKind::pos, PolicyKind::bounded};

PolicySpec spec_of(PolicyKind kind, std::uint64_t seed, std::uint32_t depth = 3, std::uint32_t steps = 20) {
  return {.kind = kind, .seed = seed, .depth = depth, .expected_steps = steps};
}

/// How often the worker changed.
std::uint32_t switches(const std::vector<WorkerId>& order) {
  std::uint32_t count = 0;
  for (std::size_t i = 1; i < order.size(); ++i)
    count += order[i] != order[i - 1] ? 1U : 0U;
  return count;
}

constexpr ToyProgram::Step kWrites{1, Effect::writes};
constexpr ToyProgram::Step kApart{};

}  // namespace

TEST_CASE("every_policy_runs_a_program_to_its_end_and_says_the_same_for_the_same_seed") {
  const ToyProgram program = ToyProgram::alike(4, 5, kWrites);
  for (const PolicyKind kind : kAutomatic) {
    CAPTURE(name_of(kind));
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const ToyRun once = run_toy(program, spec_of(kind, seed));
      REQUIRE(once.order.size() == 20);
      REQUIRE(once.order == run_toy(program, spec_of(kind, seed)).order);
    }
  }
}

TEST_CASE("a_copy_of_a_policy_goes_on_like_the_original") {
  const ToyProgram program = ToyProgram::alike(3, 6, kWrites);
  for (const PolicyKind kind : kAutomatic) {
    Policy policy = run_toy(program, spec_of(kind, 5, 3, 40)).policy;  // in the middle of what it drew
    const Policy copy = policy;
    REQUIRE(run_toy(program, policy).order == run_toy(program, copy).order);
  }
}

TEST_CASE("random_policies_depend_on_the_seed") {
  const ToyProgram program = ToyProgram::alike(4, 5, kWrites);
  for (const PolicyKind kind : {PolicyKind::random, PolicyKind::pct, PolicyKind::pos, PolicyKind::bounded}) {
    CAPTURE(name_of(kind));
    std::set<std::vector<WorkerId>> orders;
    for (std::uint64_t seed = 0; seed < 200; ++seed)
      orders.insert(run_toy(program, spec_of(kind, seed)).order);
    REQUIRE(orders.size() > 50);
  }
}

TEST_CASE("manual_halts_at_once") {
  REQUIRE(run_toy(ToyProgram::alike(2, 2, kApart), PolicySpec{.kind = PolicyKind::manual}).order.empty());
}

TEST_CASE("first_goes_on_with_the_last_worker_and_else_takes_the_lowest") {
  REQUIRE(run_toy(ToyProgram::alike(3, 2, kApart), spec_of(PolicyKind::first, 1)).order ==
          std::vector<WorkerId>{0, 0, 1, 1, 2, 2});
  const std::vector<Move> moves{{.worker = 2}, {.worker = 5}, {.worker = 7}};
  Policy policy = make_policy(spec_of(PolicyKind::first, 1));
  REQUIRE(next_choice(policy, {moves, 5, 9}).worker == 5);
  REQUIRE(next_choice(policy, {moves, 6, 9}).worker == 2);
}

TEST_CASE("random_takes_each_worker_equally_often") {
  const std::vector<Move> moves{
      {.worker = 1}, {.worker = 3}, {.worker = 4}, {.worker = 200}, {.worker = 255}};
  constexpr int kDraws = 50'000;
  Policy policy = make_policy(spec_of(PolicyKind::random, 11));
  std::map<WorkerId, int> count;
  for (int i = 0; i < kDraws; ++i)
    ++count[next_choice(policy, {moves, 3, 0}).worker];
  REQUIRE(count.size() == moves.size());
  for (const auto& [worker, times] : count) {
    CAPTURE(worker);
    REQUIRE(std::abs(times - kDraws / 5) < 5 * 90);  // five standard deviations
  }
}

TEST_CASE("random_takes_each_order_equally_often") {
  // Three workers with one move each, and then one left over: 3! orders.
  std::map<std::vector<WorkerId>, int> count;
  for (std::uint64_t seed = 0; seed < 12'000; ++seed)
    ++count[run_toy(ToyProgram::alike(3, 1, kApart), spec_of(PolicyKind::random, seed)).order];
  REQUIRE(count.size() == 6);
  for (const auto& [order, times] : count)
    REQUIRE(std::abs(times - 2000) < 5 * 41);
}

TEST_CASE("pct_switches_only_where_a_worker_ends_or_at_one_of_its_change_points") {
  const ToyProgram program = ToyProgram::alike(4, 5, kApart);
  std::map<std::uint32_t, int> changes;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const ToyRun one = run_toy(program, spec_of(PolicyKind::pct, seed, 1));
    REQUIRE(switches(one.order) == 3);
    REQUIRE(one.preemptions == 0);
    const ToyRun three = run_toy(program, spec_of(PolicyKind::pct, seed, 3));
    REQUIRE(three.policy.changes_done == 2);  // d - 1, as all points lie within the run
    REQUIRE(three.preemptions <= 2);
    ++changes[three.preemptions];
  }
  REQUIRE(changes.size() == 3);
}

TEST_CASE("pct_gives_each_worker_the_highest_priority_equally_often") {
  std::map<WorkerId, int> count;
  for (std::uint64_t seed = 0; seed < 8'000; ++seed)
    ++count[run_toy(ToyProgram::alike(4, 1, kApart), spec_of(PolicyKind::pct, seed, 1)).order.front()];
  REQUIRE(count.size() == 4);
  for (const auto& [worker, times] : count)
    REQUIRE(std::abs(times - 2000) < 5 * 39);
}

TEST_CASE("pct_meets_a_bug_of_its_depth_as_often_as_it_promises") {
  // The order 0 1 0 needs one change: depth 2, n = 2, k = 4: at least one run in n k^(d-1) = 8.
  const ToyProgram program = ToyProgram::alike(2, 2, kWrites);
  int met = 0;
  constexpr int kRuns = 4'000;
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    const auto order = run_toy(program, spec_of(PolicyKind::pct, seed, 2, 4)).order;
    met += order == std::vector<WorkerId>{0, 1, 1, 0} ? 1 : 0;
  }
  REQUIRE(met * 8 >= kRuns * 9 / 10);
}

TEST_CASE("pct_lets_others_go_on_when_somebody_polls") {
  // Worker 0 or 1 has the highest priority and never ends.
  const std::vector<Move> moves{{.worker = 0}, {.worker = 1}};
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Policy policy = make_policy(spec_of(PolicyKind::pct, seed, 3, 10));
    std::set<WorkerId> late;
    WorkerId last = kNoWorker;
    for (std::uint32_t step = 0; step < 200; ++step) {
      last = next_choice(policy, {moves, last, step}).worker;
      if (step > 60) late.insert(last);
    }
    REQUIRE(late.size() == 2);
  }
}

TEST_CASE("pos_draws_anew_for_those_that_race_and_for_nobody_else") {
  const std::vector<Move> moves{{.worker = 0, .object = 1, .effect = Effect::writes},
                                {.worker = 1, .object = 1, .effect = Effect::reads},
                                {.worker = 2, .object = 2, .effect = Effect::writes},
                                {.worker = 3, .object = 1, .effect = Effect::none}};
  Policy policy = make_policy(spec_of(PolicyKind::pos, 1));
  policy.priorities = {40, 30, 20, 10};
  REQUIRE(next_choice(policy, {moves, kNoWorker, 0}).worker == 0);
  REQUIRE(policy.priorities[0] == 0);  // it has a new operation
  REQUIRE(policy.priorities[1] == 0);  // reads what was written
  REQUIRE(policy.priorities[2] == 20);
  REQUIRE(policy.priorities[3] == 10);

  policy.priorities = {20, 40, 30, 10};  // now the reader goes first
  REQUIRE(next_choice(policy, {moves, kNoWorker, 0}).worker == 1);
  REQUIRE(policy.priorities[0] == 0);
  REQUIRE(policy.priorities[2] == 30);
  const std::vector<Move> readers{{.worker = 0, .object = 1, .effect = Effect::reads},
                                  {.worker = 1, .object = 1, .effect = Effect::reads}};
  policy.priorities = {40, 30};
  REQUIRE(next_choice(policy, {readers, kNoWorker, 0}).worker == 0);
  REQUIRE(policy.priorities[1] == 30);
}

TEST_CASE("pos_meets_each_order_of_two_races_often") {
  // Two workers that write object 1 and then object 2. The rarest of the six orders is not rare.
  const ToyProgram program{
      {{{1, Effect::writes}, {2, Effect::writes}}, {{1, Effect::writes}, {2, Effect::writes}}}};
  std::map<std::vector<WorkerId>, int> count;
  for (std::uint64_t seed = 0; seed < 4'000; ++seed)
    ++count[run_toy(program, spec_of(PolicyKind::pos, seed)).order];
  REQUIRE(count.size() == 6);
  for (const auto& [order, times] : count)
    REQUIRE(times > 100);
}

TEST_CASE("bounded_never_exceeds_its_preemptions_and_uses_them") {
  const ToyProgram program = ToyProgram::alike(4, 5, kApart);
  for (std::uint32_t bound = 0; bound <= 4; ++bound) {
    std::uint32_t most = 0;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
      const ToyRun run = run_toy(program, spec_of(PolicyKind::bounded, seed, bound));
      REQUIRE(run.preemptions <= bound);
      REQUIRE(run.preemptions == run.policy.changes_done);
      most = std::max(most, run.preemptions);
    }
    REQUIRE(most == bound);
  }
}

TEST_CASE("bounded_reaches_every_order_within_its_bound") {
  // Two workers, three moves each: 20 orders; those with at most one preemption are counted by brute force.
  const ToyProgram program = ToyProgram::alike(2, 3, kApart);
  std::set<std::vector<WorkerId>> within, met;
  for (unsigned bits = 0; bits < 64; ++bits) {
    if (__builtin_popcount(bits) != 3) continue;
    std::vector<WorkerId> order;
    std::array<int, 2> left{3, 3};
    int preemptions = 0;
    for (unsigned i = 0; i < 6; ++i) {
      const auto worker = static_cast<WorkerId>(bits >> i & 1U);
      if (!order.empty() && order.back() != worker && left[order.back()] > 0) ++preemptions;
      order.push_back(worker);
      --left[worker];
    }
    if (preemptions <= 1) within.insert(order);
  }
  for (std::uint64_t seed = 0; seed < 2'000; ++seed)
    met.insert(run_toy(program, spec_of(PolicyKind::bounded, seed, 1, 6)).order);
  REQUIRE(met == within);
}

TEST_CASE("the_largest_depths_and_shortest_runs_are_fine") {
  for (const PolicyKind kind : {PolicyKind::pct, PolicyKind::bounded}) {
    for (const std::uint32_t steps : {1U, 2U, 15U, 16U, 1'000'000U}) {
      REQUIRE(run_toy(ToyProgram::alike(3, 7, kWrites), spec_of(kind, 3, 16, steps)).order.size() == 21);
    }
  }
}

TEST_CASE("policy_texts_are_understood") {
  const auto parsed = [](std::string_view text) { return std::get<PolicySpec>(parse_policy(text)); };
  REQUIRE(parsed("manual").kind == PolicyKind::manual);
  REQUIRE(parsed("first").kind == PolicyKind::first);
  REQUIRE(parsed("random") == PolicySpec{.kind = PolicyKind::random});
  REQUIRE(parsed("random:7") == PolicySpec{.kind = PolicyKind::random, .seed = 7});
  REQUIRE(parsed("pct") == PolicySpec{.kind = PolicyKind::pct});
  REQUIRE(parsed("pct:3") == PolicySpec{.kind = PolicyKind::pct, .depth = 3});
  REQUIRE(parsed("pct:16:0") == PolicySpec{.kind = PolicyKind::pct, .seed = 0, .depth = 16});
  REQUIRE(parsed("pos:9007199254740991") == PolicySpec{.kind = PolicyKind::pos, .seed = 9007199254740991});
  REQUIRE(parsed("bounded:0:5") == PolicySpec{.kind = PolicyKind::bounded, .seed = 5, .depth = 0});
}

TEST_CASE("bad_policy_texts_get_one_sentence_with_an_example") {
  for (const char* text : {"",
                           ":",
                           "rand",
                           "RANDOM",
                           "random:",
                           "random:x",
                           "random:-1",
                           "random:1:2",
                           "random:9007199254740992",
                           "first:1",
                           "manual:1",
                           "pct:0",
                           "pct:17",
                           "pct:",
                           "pct:3:",
                           "pct:3:4:5",
                           "pct::7",
                           "bounded:17",
                           "bounded:2:x",
                           " random",
                           "random\n",
                           "pos:99999999999999999999999999"}) {
    CAPTURE(text);
    const auto result = parse_policy(text);
    REQUIRE(std::holds_alternative<std::string>(result));
    const std::string& sentence = std::get<std::string>(result);
    REQUIRE_THAT(sentence, ContainsSubstring("for example"));
    REQUIRE(sentence.ends_with('.'));
    REQUIRE(sentence.find('\n') == std::string::npos);
  }
}
