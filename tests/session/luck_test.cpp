// Random commands at stepped runs of all scenarios: nothing hangs, nothing is left behind, and the same
// choices always lead to the same events.
//
// LOCKSTEP_LUCK=N plays N rounds from LOCKSTEP_LUCK_SEED on instead of a few: for hunting.
#include <csignal>
#include <cstdlib>
#include <map>
#include <random>

#include "tests/explore/programs.hpp"
#include "tests/session/leftovers.hpp"
#include "tests/session/session_driver.hpp"
#include "tests/session/stepped_driver.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Program {
  std::string scenario;
  std::string variant;
};

std::vector<Program> programs() {
  std::vector<Program> all;
  each_variant([&](const Scenario& scenario, const Variant& variant) {
    if (!scenario.id.starts_with("fault-") && !scenario.id.starts_with("bench-"))
      all.push_back({std::string(scenario.id), std::string(variant.name)});
  });
  for (const char* fault : {"fault-hold", "fault-hammer", "fault-sleepers", "fault-partly-stuck",
                            "fault-daemons", "fault-end-children", "fault-abort"})
    all.push_back({fault, ""});
  return all;
}

/// One stepped run at the mercy of a generator of random numbers.
class Round {
 public:
  Round(const Program& program, std::uint64_t seed)
      : random_(seed), run_(start_steps(program.scenario, program.variant)) {}

  void play() {
    check_where_it_stands();
    const std::size_t commands = 5 + below(25);
    for (std::size_t i = 0; i < commands && run_ != nullptr; ++i) {
      command();
      if (run_ == nullptr) return;
      if (below(4) != 0) stand();
    }
    if (run_ != nullptr && below(2) == 0) stand();
  }

  const std::string& done() const { return done_; }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }

  void stand() {
    until_ready(*run_);
    check_where_it_stands();
  }

  void check_where_it_stands() {
    REQUIRE(run_->position() <= run_->length());
    REQUIRE(run_->tree()[run_->tree_position()].step == run_->position());
    INFO(run_->end().reason);
    if (!killed_) {
      REQUIRE(run_->divergence() == "");
      REQUIRE_FALSE(run_->end().sandbox_failed);
    }
    if (killed_ || run_->position() > 400) return;
    std::vector<WorkerId> way;
    for (std::uint32_t step = 0; step < run_->position(); ++step) {
      const Choice choice = run_->choices()[step];
      way.push_back(static_cast<WorkerId>(choice.worker * 2 + (choice.by_hand ? 1 : 0)));
    }
    const auto events = deeds(run_->store());
    const auto [known, is_new] = seen_.emplace(way, events);
    if (!is_new) REQUIRE(known->second == events);
  }

  void command() {
    switch (below(16)) {
      case 0:
      case 1:
      case 2: return step(false);
      case 3: return step(true);
      case 4: return say("back"), run_->back();
      case 5: return say("forward"), run_->forward();
      case 6: return say("restart"), run_->restart();
      case 7: return say("go"), run_->go_to(static_cast<std::uint32_t>(below(run_->length() + 2)));
      case 8: return say("node"), run_->go_to_node(static_cast<std::uint32_t>(below(run_->tree().size())));
      case 9: return run_on(RunUntil::end, 0);
      case 10: return run_on(RunUntil::finding, 0);
      case 11:
        return run_on(RunUntil::next_synchronization, static_cast<WorkerId>(below(run_->cards().size() + 1)));
      case 12: return say("halt"), run_->halt();
      case 13: return below(3) == 0 ? kill_somebody() : step(false);
      case 14: return below(4) == 0 ? go_live() : step(false);
      default: return step(false);
    }
  }

  void say(const std::string& what) { done_ += what + "@" + std::to_string(run_->position()) + " "; }

  void step(bool by_hand) {
    const auto& cards = run_->cards();
    if (cards.empty()) return;
    const WorkerCard& card = cards[below(cards.size())];
    say("step" + std::to_string(card.worker));
    run_->step({card.worker, by_hand, 0});
  }

  void run_on(RunUntil until, WorkerId worker) {
    constexpr PolicyKind kKinds[] = {PolicyKind::first, PolicyKind::random, PolicyKind::pct, PolicyKind::pos,
                                     PolicyKind::bounded};
    say("run");
    run_->run({.kind = kKinds[below(std::size(kKinds))], .seed = random_(), .depth = 2, .expected_steps = 60},
              until, worker);
  }

  void kill_somebody() {
    const auto pids = run_->pids();
    if (pids.size() < 2) return;
    killed_ = true;
    const std::size_t whom = below(pids.size() * 4) == 0 ? 0 : 1 + below(pids.size() - 1);
    say("kill" + std::to_string(whom));
    kill(pids[whom], SIGKILL);
  }

  void go_live() {
    say("live");
    auto session = run_->continue_live(kMaxSpeed);
    if (session == nullptr) return;
    run_.reset();
    const auto limit = std::chrono::steady_clock::now() + std::chrono::milliseconds(100 + below(400));
    while (session->phase() != RunPhase::ended && std::chrono::steady_clock::now() < limit) {
      session->wait(5);
      session->poll();
    }
    if (!killed_) REQUIRE_FALSE(session->end().sandbox_failed);
    if (below(2) == 0) {
      session->stop();
      until_ended(*session);
    }
  }

  std::mt19937_64 random_;
  std::unique_ptr<SteppedRun> run_;
  bool killed_ = false;
  std::map<std::vector<WorkerId>, std::vector<std::string>> seen_;
  std::string done_;
};

}  // namespace

TEST_CASE("random commands at any stepped run neither hang it nor leave anything behind", "[notsan]") {
  const std::uint64_t rounds = number_from("LOCKSTEP_LUCK", 60);
  const std::uint64_t first = number_from("LOCKSTEP_LUCK_SEED", 1);
  const std::vector<Program> all = programs();
  const Leftovers leftovers;
  for (std::uint64_t seed = first; seed < first + rounds; ++seed) {
    const Program& program = all[seed % all.size()];
    Round round(program, seed);
    struct Teller {
      const Round& round;
      const Program& program;
      std::uint64_t seed;
      ~Teller() {
        if (std::uncaught_exceptions() > 0)
          std::fprintf(stderr, "%s %s seed %llu: %s\n", program.scenario.c_str(), program.variant.c_str(),
                       static_cast<unsigned long long>(seed), round.done().c_str());
      }
    } const teller{round, program, seed};
    round.play();
  }
  leftovers.check();
}
