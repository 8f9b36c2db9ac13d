// Traces that keep the store's rules but not those of the primitives: no verdict is expected, only sound
// ones.
#include "core/analysis/statistics.hpp"
#include "tests/analysis/tools.hpp"
#include "tests/trace/random_trace.hpp"

using namespace lockstep;
using namespace lockstep::test;

TEST_CASE("every trace that the store accepts is analysed and told without a fault", "[property]") {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    RandomTrace random(seed, 8);
    Diagnosis diagnosis(random.store());
    for (EventIndex size = 100; size <= 3'000; size += 100) {
      random.grow(size);
      diagnosis.update();
      for (const WaitEdge& edge : wait_for_graph(random.store(), random.store().size())) {
        REQUIRE(edge.worker < random.store().workers().size());
      }
    }
    const TraceStore& store = random.store();
    for (const Finding& finding : diagnosis.findings()) {
      INFO("seed " << seed << ", " << name_of(finding.kind));
      REQUIRE_FALSE(finding.workers.empty());
      REQUIRE(std::is_sorted(finding.events.begin(), finding.events.end()));
      REQUIRE((finding.events.empty() || finding.events.back() < finding.at));
      REQUIRE(finding.at <= store.size());
      for (const Language language : {Language::en, Language::zh}) {
        REQUIRE_FALSE(narrate(finding, store, language).empty());
      }
    }
    for (EventIndex n = 0; n <= store.size(); n += 97) {
      for (const WorkerInfo& info : store.workers()) {
        REQUIRE_FALSE(describe(store.worker_after(info.id, n), info.id, store, n, Language::zh).empty());
      }
      if (n < store.size()) REQUIRE_FALSE(describe(store[n], store, Language::en).empty());
    }
    REQUIRE(statistics(store, store.size()).duration == store.end_time());
    REQUIRE(diagnose(store) == diagnosis.findings());
  }
}

TEST_CASE("findings do not depend on how often update is called", "[analysis]") {
  RandomTrace random(7, 6);
  Diagnosis diagnosis(random.store());
  while (random.store().size() < 2'000) {
    random.grow(random.store().size() + 1 + static_cast<EventIndex>(random.below(50)));
    diagnosis.update();
    diagnosis.update();
  }
  CHECK(diagnose(random.store()) == diagnosis.findings());
}
