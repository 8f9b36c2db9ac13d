// The race detector against its definition: happens-before as a graph, searched for every pair of accesses.
#include <random>

#include "tests/analysis/tools.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// before[j] holds every event that happens before event j. Edges by the rules, each from the operation to
/// all later ones that learn from it.
class Order {
 public:
  explicit Order(const TraceStore& store) : store_(store), before_(store.size()) {
    for (EventIndex j = 0; j < store.size(); ++j) {
      before_[j].assign(store.size(), false);
      for (EventIndex i = 0; i < j; ++i) {
        if (!is_edge(store[i], store[j])) continue;
        before_[j][i] = true;
        for (EventIndex k = 0; k < i; ++k) {
          if (before_[i][k]) before_[j][k] = true;
        }
      }
    }
  }
  bool ordered(EventIndex i, EventIndex j) const { return before_[j][i]; }

 private:
  static bool is_edge(const Event& a, const Event& b) {
    if (a.worker == b.worker) return true;
    if (a.kind == EventKind::worker_start) return b.worker == static_cast<WorkerId>(a.arg);
    if (b.kind == EventKind::join) return a.worker == static_cast<WorkerId>(b.arg);
    if (a.object == kNoObject || a.object != b.object) return false;
    return (a.kind == EventKind::release && b.kind == EventKind::acquire) ||
           (a.kind == EventKind::sem_release && b.kind == EventKind::sem_acquire) ||
           (a.kind == EventKind::event_set && b.kind == EventKind::event_wait) ||
           (a.kind == EventKind::queue_put && b.kind == EventKind::queue_get);
  }

  const TraceStore& store_;
  std::vector<std::vector<bool>> before_;
};

/// Variables with at least one pair of unordered accesses, one of them a write.
std::vector<ObjectId> racy_variables(const TraceStore& store) {
  const Order order(store);
  std::vector<ObjectId> result;
  const auto is_access = [](const Event& e) {
    return e.kind == EventKind::load || e.kind == EventKind::store;
  };
  for (EventIndex j = 0; j < store.size(); ++j) {
    for (EventIndex i = 0; i < j; ++i) {
      const Event& a = store[i];
      const Event& b = store[j];
      if (!is_access(a) || !is_access(b) || a.object != b.object || a.worker == b.worker) continue;
      if (a.kind == EventKind::load && b.kind == EventKind::load) continue;
      if (!order.ordered(i, j)) result.push_back(a.object);
    }
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

class RandomAccesses {
 public:
  explicit RandomAccesses(std::uint32_t seed) : random_(seed) {
    for (int i = 0; i < 3; ++i)
      workers_.push_back(t.running());
    for (ObjectId& lock : locks_)
      lock = t.lock();
    for (ObjectId& variable : variables_)
      variable = t.shared();
    for (int i = 0; i < 60; ++i)
      step();
  }
  TraceBuilder t;

 private:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  void step() {
    const WorkerId w = workers_[below(workers_.size())];
    const std::size_t i = below(locks_.size());
    switch (below(8)) {
      case 0:
      case 1:
      case 2: {
        const WorkerId owner = t.store().object_after(locks_[i], t.size()).owner;
        if (owner == w) t.release(w, locks_[i]);
        if (owner == kNoWorker) t.acquire(w, locks_[i]);
        break;
      }
      case 3:
        if (t.store().object_after(semaphore_, t.size()).count == 0 || below(2) == 0)
          t.sem_release(w, semaphore_);
        else
          t.sem_acquire(w, semaphore_);
        break;
      case 4:
        if (t.store().object_after(queue_, t.size()).count == 0 || below(2) == 0)
          t.put(w, queue_, 1);
        else
          t.get(w, queue_);
        break;
      case 5:
        if (below(4) == 0 && workers_.size() < 6) workers_.push_back(t.running("", WorkerKind::thread, w));
        break;
      default: access(w);
    }
  }
  /// Mostly under the lock of the variable.
  void access(WorkerId w) {
    const std::size_t i = below(variables_.size());
    const WorkerId owner = t.store().object_after(locks_[i], t.size()).owner;
    if (owner != w && below(10) > 0) return;
    t.line(static_cast<int>(below(5)));
    below(2) == 0 ? t.load(w, variables_[i], 0) : t.store(w, variables_[i], 1);
  }

  std::mt19937 random_;
  std::vector<WorkerId> workers_{kMainWorker};
  std::array<ObjectId, 3> locks_{};
  std::array<ObjectId, 3> variables_{};
  ObjectId semaphore_ = t.semaphore(0);
  ObjectId queue_ = t.queue();
};

}  // namespace

TEST_CASE("a variable has a race finding if and only if two of its accesses are unordered", "[property]") {
  int racy = 0;
  int clean = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    RandomAccesses program(seed);
    INFO("seed " << seed);
    std::vector<ObjectId> reported;
    const auto races = found(program.t, FindingKind::data_race);
    for (const Finding& race : races)
      reported.push_back(race.objects[0]);
    std::sort(reported.begin(), reported.end());
    reported.erase(std::unique(reported.begin(), reported.end()), reported.end());
    REQUIRE(reported == racy_variables(program.t.store()));

    const Order order(program.t.store());
    for (const Finding& race : races) {
      REQUIRE(race.events.size() == 2);
      REQUIRE_FALSE(order.ordered(race.events[0], race.events[1]));
    }
    (reported.empty() ? clean : racy) += 1;
  }
  CHECK(racy > 50);
  CHECK(clean > 20);
}
