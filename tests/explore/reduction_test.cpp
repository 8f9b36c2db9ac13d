// Reduced and ordered searches against all schedules, one by one.
#include <map>
#include <set>

#include "core/explore/dpor/search.hpp"
#include "core/explore/least_search.hpp"
#include "core/explore/mix.hpp"
#include "core/explore/outcome.hpp"
#include "tests/catch.hpp"
#include "tests/explore/dpor_programs.hpp"
#include "tests/explore/small_programs.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

constexpr std::uint64_t kMostSchedules = 4'000;
constexpr std::uint64_t kMostOfDeaths = 500'000;

/// What an execution came to, whatever led there.
struct EndState {
  std::uint64_t digest = 0;
  Outcome outcome = Outcome::ok;
  friend auto operator<=>(const EndState&, const EndState&) = default;
};

/// What all schedules of a program come to.
struct Everything {
  std::uint64_t schedules = 0;
  std::set<std::uint64_t> classes;  ///< digests of happens-before relations
  std::set<EndState> ends;
  std::optional<ScheduleCost> least;
};

/// Runs every schedule, depth first, and tells Mazurkiewicz traces apart by what each step comes behind: at
/// its location the last write, for a write also the reads since; for a step that ends others, what those had
/// done.
class AllSchedules final : private Scheduler {
 public:
  AllSchedules(const Main& main, std::uint64_t most) : run_(main), most_(most) {}

  /// Nothing if there are too many.
  std::optional<Everything> go() {
    for (;;) {
      places_.clear();
      memories_.clear();
      orders_.clear();
      gone_.clear();
      cost_ = {};
      last_step_ = 0;
      class_ = 0;
      const FiberEnd end = run_.run(*this);
      end_step();
      const Outcome outcome = outcome_of_end(run_.arena(), end);
      all_.classes.insert(class_);
      all_.ends.insert({run_.state_digest(), outcome});
      if (is_failure(outcome) && (!all_.least || cost_ < *all_.least)) all_.least = cost_;
      if (++all_.schedules > most_) return std::nullopt;
      while (!way_.empty() && ++way_.back().first == way_.back().second)
        way_.pop_back();
      if (way_.empty()) return all_;
    }
  }

 private:
  struct Place {
    std::uint64_t last_write = 0;
    std::uint64_t reads_since = 0;  ///< sum
  };

  Choice next(const Situation& situation) override {
    end_step();
    if (situation.step == way_.size()) way_.push_back({0, situation.moves.size()});
    const Move& move = situation.moves[way_[situation.step].first];
    add_to(cost_, situation, {move.worker});
    begin_step(move);
    return {move.worker};
  }

  void begin_step(const Move& move) {
    const std::uint32_t worker = run_.stable_worker(move.worker);
    last_worker_ = move.worker;
    last_step_ = mixed(worker + 1, ++orders_[worker]);
    std::uint64_t label = mixed(last_step_, static_cast<std::uint64_t>(move.kind));
    if (move.effect != Effect::none && move.object != kNoObject) {
      Place& place = places_[run_.stable_location(move)];
      label = mixed(label, place.last_write);
      if (move.effect == Effect::writes) {
        label = mixed(label, place.reads_since);
        place = {last_step_, 0};
      } else {
        place.reads_since += mixed(last_step_, 1);
      }
    }
    if (move.effect == Effect::writes && move.object != kNoObject) label = mixed(label, memory_before(move));
    class_ += label;
  }

  /// A new process gets a copy of its parent's Globals, whichever of the parent's workers wrote them.
  std::uint64_t memory_before(const Move& move) {
    const ObjectKind kind = run_.arena().object(move.object).kind;
    const bool forks = kind == ObjectKind::process && move.operation == EventKind::worker_start;
    if (!forks && kind != ObjectKind::global) return 0;
    Place& memory = memories_[run_.stable_worker(run_.arena().worker(move.worker).process)];
    const std::uint64_t before = memory.last_write + (forks ? memory.reads_since : 0);
    if (forks) {
      memory = {last_step_, 0};
    } else {
      memory.reads_since += mixed(last_step_, 1);
    }
    return before;
  }

  /// The last step is over: whom has it ended?
  void end_step() {
    Arena& arena = run_.arena();
    for (std::uint32_t id = 0; id < arena.worker_count(); ++id) {
      const Stand stand = arena.worker(static_cast<WorkerId>(id)).step.stand;
      if (stand != Stand::ended && stand != Stand::dying) continue;
      const std::uint32_t name = run_.stable_worker(static_cast<WorkerId>(id));
      if (!gone_.insert(name).second || id == last_worker_) continue;
      class_ += mixed(mixed(last_step_, name), orders_[name]);
    }
  }

  FiberRun run_;
  std::uint64_t most_;
  Everything all_;
  std::vector<std::pair<std::size_t, std::size_t>> way_;  ///< by step: which move, of how many
  std::map<std::uint32_t, Place> places_;
  std::map<std::uint32_t, Place> memories_;        ///< by process; here starting a process is the write
  std::map<std::uint32_t, std::uint64_t> orders_;  ///< steps of each worker so far
  std::set<std::uint32_t> gone_;
  ScheduleCost cost_;
  WorkerId last_worker_ = kNoWorker;
  std::uint64_t last_step_ = 0;
  std::uint64_t class_ = 0;
};

struct Reduced {
  dpor::SearchCounts counts;
  std::set<EndState> ends;
};

Reduced reduce(const Main& main) {
  Reduced result;
  FiberRun run(main);
  dpor::Search search(run, 20'000, [&](const dpor::Execution& execution) {
    result.ends.insert({run.state_digest(), outcome_of_end(run.arena(), execution.end)});
  });
  while (search.advance()) {
  }
  result.counts = search.counts();
  return result;
}

std::optional<ScheduleCost> least_cost(const Main& main) {
  FiberRun run(main);
  Board board;
  LeastSearch search(run, board, 20'000);
  while (search.advance()) {
  }
  CHECK(search.is_complete());
  const std::optional<Failure> best = board.best();
  return best ? std::optional(best->cost) : std::nullopt;
}

std::string text_of(const std::optional<ScheduleCost>& cost) {
  return cost ? fmt::format("{}/{}/{}", cost->preemptions, cost->switches, cost->steps) : "none";
}

/// The thread ends with its process, before the process's pipes go.
void daemon_uses_its_pipe() {
  using namespace api;
  const auto [reader, writer] = Pipe("pipe", Duplex::no);
  const Thread child({.name = "child", .daemon = true}, [reader = reader, writer = writer] {
    writer.send(1);
    reader.recv();
    writer.send(2);
  });
  child.start();
}

/// Programs in which workers end others: what those would have done next must not be missed.
std::vector<SmallProgram> deaths() {
  using namespace api;
  const auto adds = [](const Shared<int>& x) {
    return [=] {
      x.add(1);
      x.add(1);
    };
  };
  const Main terminated = [=] {
    const Shared<int> x("x");
    const Process child({.name = "child"}, adds(x));
    child.start();
    child.terminate();
    child.join();
    check("it got far", x.load() == 2);
  };
  const Main killed_twice = [] {
    const Shared<int> x("x");
    const Queue queue("queue");
    const Process child({.name = "child"}, [=] {
      x.add(1);
      queue.put(1);
    });
    child.start();
    run_threads({[=] { child.terminate(); }, [=] { child.kill(); }});
    child.join();
    check("nothing was put", queue.qsize() == 0);
  };
  const Main daemon_process = [=] {
    const Shared<int> x("x");
    const Process child({.name = "child", .daemon = true}, adds(x));
    child.start();
    check("not yet", x.load() == 0);
  };
  const Main daemon_thread = [=] {
    const Shared<int> x("x");
    const Thread child({.name = "child", .daemon = true}, adds(x));
    child.start();
    x.load();
  };
  const Main killed_while_waiting = [] {
    const Shared<int> x("x");
    const Lock lock("lock");
    lock.acquire();
    const Process child({.name = "child"}, [=] {
      lock.acquire();
      x.store(1);
    });
    child.start();
    run_threads({[=] { lock.release(); }, [=] { child.kill(); }});
    child.join();
    check("it came too late", x.load() == 0);
  };
  const Main killed_asleep = [] {
    const Shared<int> x("x");
    const Process child({.name = "child"}, [=] {
      sleep(std::chrono::seconds(1));
      x.store(1);
    });
    child.start();
    child.kill();
    child.join();
    check("it came too late", x.load() == 0);
  };
  const Main killed_with_threads = [=] {
    const Shared<int> x("x");
    const Process child({.name = "child"}, [=] { run_threads({[=] { x.store(1); }}); });
    child.start();
    child.kill();
    child.join();
    check("it came too late", x.load() == 0);
  };
  const Main killed_sender = [] {
    const auto [mine, its] = Pipe("pipe", Duplex::no);
    const Process child({.name = "child"}, [its = its] { its.send(1); });
    child.start();
    its.close();
    child.kill();
    bool arrived = true;
    try {
      mine.recv();
    } catch (const Error&) {
      arrived = false;
    }
    check("it came too late", !arrived);
  };
  const Main daemon_closes = [] {
    const auto [one, other] = Pipe("pipe", Duplex::no);
    const Thread child({.name = "child", .daemon = true}, [one = one, other = other] {
      one.close();
      other.close();
    });
    child.start();
  };
  return {{"terminated", terminated},       {"killed sender", killed_sender},
          {"killed twice", killed_twice},   {"daemon process", daemon_process},
          {"daemon thread", daemon_thread}, {"killed while waiting", killed_while_waiting},
          {"killed asleep", killed_asleep}, {"killed with threads", killed_with_threads},
          {"daemon closes", daemon_closes}, {"daemon uses its pipe", daemon_uses_its_pipe}};
}

std::vector<SmallProgram> programs() {
  std::vector<SmallProgram> result = small_programs();
  for (std::uint64_t seed = 1; seed <= 160; ++seed)
    result.push_back(random_small_program(seed));
  result.push_back({"lockinc 2x2", lockinc(2, 2)});
  result.push_back({"diners 3", diners(3, false)});
  result.push_back({"lastzero 2", lastzero(2)});
  return result;
}

struct Compared {
  dpor::SearchCounts counts;
  std::uint64_t classes = 0;
};

/// Compares the searches of one program; nothing if it has too many schedules.
std::optional<Compared> compare(const SmallProgram& program, std::uint64_t most) {
  const std::optional<Everything> all = AllSchedules(program.main, most).go();
  if (!all) return std::nullopt;
  const Reduced reduced = reduce(program.main);
  CHECK(reduced.ends.size() == all->ends.size());
  std::set<Outcome> expected;
  std::set<Outcome> found;
  for (const EndState& end : all->ends)
    expected.insert(end.outcome);
  for (const EndState& end : reduced.ends)
    found.insert(end.outcome);
  CHECK(found == expected);
  CHECK(reduced.counts.cut == 0);
  CHECK(text_of(least_cost(program.main)) == text_of(all->least));
  return Compared{reduced.counts, all->classes.size()};
}

}  // namespace

TEST_CASE("reduction comes to the same ends as all schedules do, once for each class of schedules") {
  int compared = 0;
  for (const SmallProgram& program : programs()) {
    INFO(program.name);
    const std::optional<Compared> result = compare(program, kMostSchedules);
    if (!result) continue;
    ++compared;
    CHECK(result->counts.complete == result->classes);
    CHECK(result->counts.redundant == 0);
  }
  CHECK(compared > 80);
}

TEST_CASE("reduction misses nothing that workers would have done had they not been ended") {
  for (const SmallProgram& program : deaths()) {
    INFO(program.name);
    const std::optional<Compared> result = compare(program, kMostOfDeaths);
    REQUIRE(result);
    CHECK(result->counts.complete >= result->classes);
  }
}

TEST_CASE("no thread sees that its own process has lost the ends of its pipes") {
  const Reduced reduced = reduce(daemon_uses_its_pipe);
  CHECK(reduced.counts.complete > 1);
  for (const EndState& end : reduced.ends)
    CHECK(end.outcome == Outcome::ok);
}
