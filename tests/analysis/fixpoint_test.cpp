// The diagnosis against its definition, on random programs, after every event.
#include "tests/analysis/random_program.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

std::set<WorkerId> as_set(const std::vector<WorkerId>& workers) { return {workers.begin(), workers.end()}; }

bool is_stuck_kind(FindingKind kind) {
  return kind == FindingKind::deadlock_cycle || kind == FindingKind::stuck ||
         kind == FindingKind::lost_wakeup;
}

struct Tally {
  int cycles = 0, groups = 0, partial = 0, all_stuck = 0, ended = 0;
};

/// Everything that must hold after each event.
void check_moment(const RandomProgram& program, Diagnosis& diagnosis, std::size_t findings_before) {
  const std::set<WorkerId> hopeless = program.hopeless();
  const TraceStore& store = program.t.store();

  for (const WaitEdge& edge : wait_for_graph(store, store.size())) {
    INFO("worker " << edge.worker);
    REQUIRE(edge.hopeless == hopeless.contains(edge.worker));
  }

  std::set<WorkerId> alive;
  for (const WorkerInfo& info : store.workers()) {
    const WorkerState state = store.worker_after(info.id, store.size()).state;
    if (state != WorkerState::created && state != WorkerState::finished && state != WorkerState::killed) {
      alive.insert(info.id);
    }
  }
  const bool open =
      std::any_of(alive.begin(), alive.end(), [&](WorkerId id) { return program.holds_program_open(id); });
  REQUIRE(diagnosis.all_stuck() == (hopeless == alive && open));
  REQUIRE(diagnosis.all_ended() == alive.empty());

  std::set<std::set<WorkerId>> reported_cycles;
  for (std::size_t i = 0; i < diagnosis.findings().size(); ++i) {
    const Finding& finding = diagnosis.findings()[i];
    if (!is_stuck_kind(finding.kind)) continue;
    if (i >= findings_before) {
      REQUIRE(finding.at == store.size());
      for (const WorkerId id : finding.workers)
        REQUIRE(hopeless.contains(id));
    }
    if (finding.kind == FindingKind::deadlock_cycle)
      REQUIRE(reported_cycles.insert(as_set(finding.workers)).second);
  }
  for (const auto& cycle : program.cycles())
    REQUIRE(reported_cycles.contains(cycle));

  // Whoever holds the program open and can never move has been accounted for.
  const bool someone = std::any_of(hopeless.begin(), hopeless.end(),
                                   [&](WorkerId id) { return program.holds_program_open(id); });
  const bool named = std::any_of(diagnosis.findings().begin(), diagnosis.findings().end(),
                                 [](const Finding& finding) { return is_stuck_kind(finding.kind); });
  if (someone) REQUIRE(named);
}

void run(std::uint32_t seed, int workers, int budget, bool kills, Tally& tally) {
  RandomProgram program(seed, workers, budget, kills);
  Diagnosis diagnosis(program.t.store());
  std::set<WorkerId> stuck;
  bool partial = false;
  for (int steps = 0; steps < 400; ++steps) {
    const std::size_t before = diagnosis.findings().size();
    const EventIndex size = program.t.size();
    if (!program.step()) break;
    INFO("seed " << seed << ", workers " << workers << ", event " << program.t.size());
    if (program.t.size() == size + 1) {
      diagnosis.update();
      check_moment(program, diagnosis, before);
      partial = partial || (!program.hopeless().empty() && !diagnosis.all_stuck());
    } else {
      diagnosis.update();
    }
    const Event& last = program.t.store()[program.t.last()];
    const bool died = last.kind == EventKind::worker_killed || last.kind == EventKind::worker_cut_off;
    if (!kills && !died) REQUIRE(!stuck.contains(last.worker));  // for ever, unless somebody is killed
    stuck = program.hopeless();
  }
  for (const Finding& finding : diagnosis.findings()) {
    tally.cycles += finding.kind == FindingKind::deadlock_cycle;
    tally.groups += finding.kind == FindingKind::stuck || finding.kind == FindingKind::lost_wakeup;
  }
  tally.partial += partial;
  tally.all_stuck += diagnosis.all_stuck();
  tally.ended += diagnosis.all_ended();

  // Fed at once, it finds the same.
  REQUIRE(diagnose(program.t.store()) == diagnosis.findings());
}

}  // namespace

TEST_CASE("hopeless workers are the complement of the least fixpoint after every event of random programs",
          "[property]") {
  Tally tally;
  for (std::uint32_t seed = 0; seed < 1500; ++seed) {
    run(seed, 1 + static_cast<int>(seed % 6), 25, seed % 4 == 3, tally);
  }
  CAPTURE(tally.cycles, tally.groups, tally.partial, tally.all_stuck, tally.ended);
  // The programs are worth something: each kind of ending occurs.
  CHECK(tally.cycles > 20);
  CHECK(tally.groups > 20);
  CHECK(tally.partial > 20);
  CHECK(tally.all_stuck > 20);
  CHECK(tally.ended > 20);
}
