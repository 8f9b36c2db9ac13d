#include "tests/parity/ours.hpp"

#include <array>

namespace lockstep::parity {
namespace {

/// The main worker goes on only when nobody else can; who goes first of the others is tried in all ways,
/// depth first.
class Orders final : public Scheduler {
 public:
  Choice next(const Situation& situation) override {
    const Move* const last = situation.move_of(situation.last);
    if (last != nullptr && situation.last != kMainWorker) return {situation.last};
    std::vector<WorkerId> able;
    for (const Move& move : situation.moves) {
      if (move.worker != kMainWorker) able.push_back(move.worker);
    }
    if (able.empty()) return {kMainWorker};
    return {able[able.size() == 1 ? 0 : choose(able.size())]};
  }

  /// On to the next order; false if that was the last.
  bool advance() {
    depth_ = 0;
    while (!chosen_.empty() && chosen_.back().index + 1 == chosen_.back().of)
      chosen_.pop_back();
    if (!chosen_.empty()) ++chosen_.back().index;
    return !chosen_.empty();
  }

 private:
  struct Chosen {
    std::size_t index;
    std::size_t of;
  };
  std::size_t choose(std::size_t n) {
    if (depth_ == chosen_.size()) chosen_.push_back({0, n});
    return chosen_[depth_++].index;
  }

  std::vector<Chosen> chosen_;
  std::size_t depth_ = 0;
};

}  // namespace

Ours::Ours(const Subject& subject) : subject_(subject), run_([this] { drive(); }) {}

std::set<Transcript> Ours::run(const Sequence& sequence, int most_orders,
                               const std::function<bool(const std::set<Transcript>&)>& is_enough) {
  sequence_ = &sequence;
  std::set<Transcript> all;
  Orders orders;
  for (int i = 0; i < most_orders; ++i) {
    transcript_.clear();
    run_.run(orders);
    const bool is_new = all.insert(transcript_).second;
    if (!orders.advance() || (is_new && is_enough(all))) break;
  }
  return all;
}

namespace {

/// Where a worker finds the call that it is to make, and leaves its result.
struct Desk {
  int call = 0;
  bool busy = false;
  std::string result;
};

/// Of one execution. Its workers own it, too: those who still wait at the end are unwound after the main
/// worker.
struct Office {
  std::vector<Act> acts;
  std::array<Desk, kMostWorkers> desks;
};

void serve(Office& office, const Caller& who, const api::Semaphore& turn) {
  Desk& desk = office.desks[static_cast<std::size_t>(who.number)];
  for (;;) {
    turn.acquire();
    try {
      desk.result = office.acts[static_cast<std::size_t>(desk.call)](who);
    } catch (const Error& error) {
      desk.result = error.what();
    }
    desk.busy = false;
  }
}

/// Whose calls are over, and with what; `before`: as the desks were when the caller began.
std::string results(const Office& office, const std::array<Desk, kMostWorkers>& before, int caller) {
  std::string line;
  for (int i = 0; i < kMostWorkers; ++i) {
    const Desk& desk = office.desks[static_cast<std::size_t>(i)];
    const bool called = i == caller || before[static_cast<std::size_t>(i)].busy;
    if (called && !desk.busy) line += (line.empty() ? "" : ", ") + name_of_caller(i) + ": " + desk.result;
  }
  return line;
}

}  // namespace

void Ours::drive() {
  runtime().arena().header().step.rule = SleepRule::clock_order;
  const auto office = std::make_shared<Office>(Office{subject_.make(), {}});
  const api::Event settled("settled");
  std::vector<api::Semaphore> turns;
  for (int i = 0; i < kMostWorkers; ++i) {
    const api::Semaphore turn("turn of " + name_of_caller(i), 0);
    turns.push_back(turn);
    const Caller who{i, timeout_of_caller(i)};
    const api::Thread worker({.name = name_of_caller(i), .daemon = true},
                             [office, who, turn] { serve(*office, who, turn); });
    worker.start();
  }
  settled.is_set();
  for (const Entry& entry : *sequence_) {
    const auto before = office->desks;
    if (entry.worker == kTimePasses) {
      api::sleep(kPass);
      transcript_.push_back(results(*office, before, kTimePasses));
      continue;
    }
    const auto caller = static_cast<std::size_t>(entry.worker);
    Desk& desk = office->desks[caller];
    if (desk.busy) {
      transcript_.push_back(name_of_caller(entry.worker) + " still waits");
      continue;
    }
    desk = {entry.call, true, {}};
    turns[caller].release();
    settled.is_set();
    const std::string line = results(*office, before, entry.worker);
    const std::string blocks = desk.busy ? name_of_caller(entry.worker) + " blocks" : "";
    transcript_.push_back(blocks + (blocks.empty() || line.empty() ? "" : ", ") + line);
  }
}

}  // namespace lockstep::parity
