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

std::set<Transcript> Ours::run(const Sequence& sequence) {
  sequence_ = &sequence;
  std::set<Transcript> all;
  Orders orders;
  for (int i = 0; i < kMostOrders; ++i) {
    transcript_.clear();
    run_.run(orders);
    all.insert(transcript_);
    if (!orders.advance()) break;
  }
  return all;
}

void Ours::serve(Desk& desk, const Caller& who, const api::Semaphore& turn, const std::vector<Act>& acts) {
  for (;;) {
    turn.acquire();
    try {
      desk.result = acts[static_cast<std::size_t>(desk.call)](who);
    } catch (const Error& error) {
      desk.result = error.what();
    }
    desk.busy = false;
  }
}

void Ours::drive() {
  runtime().arena().header().step.rule = SleepRule::clock_order;
  const std::vector<Act> acts = subject_.make();
  const api::Event settled("settled");
  std::array<Desk, kMostWorkers> desks;
  std::vector<api::Semaphore> turns;
  for (int i = 0; i < kMostWorkers; ++i) {
    turns.emplace_back("turn of " + name_of_caller(i), 0);
    const Caller who{i, timeout_of_caller(i)};
    Desk& desk = desks[static_cast<std::size_t>(i)];
    const api::Thread worker(
        {.name = name_of_caller(i), .daemon = true},
        [this, &desk, who, turn = turns.back(), &acts] { serve(desk, who, turn, acts); });
    worker.start();
  }
  settled.is_set();
  for (const Entry& entry : *sequence_) {
    const auto was = desks;
    std::string line;
    if (entry.worker == kTimePasses) {
      api::sleep(kPass);
    } else {
      Desk& desk = desks[static_cast<std::size_t>(entry.worker)];
      if (desk.busy) {
        transcript_.push_back(name_of_caller(entry.worker) + " still waits");
        continue;
      }
      desk = {entry.call, true, {}};
      turns[static_cast<std::size_t>(entry.worker)].release();
      settled.is_set();
      if (desk.busy) line = name_of_caller(entry.worker) + " blocks";
    }
    for (int i = 0; i < kMostWorkers; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const bool began = was[at].busy || i == entry.worker;
      if (!began || desks[at].busy) continue;
      line += (line.empty() ? "" : ", ") + name_of_caller(i) + ": " + desks[at].result;
    }
    transcript_.push_back(line);
  }
}

}  // namespace lockstep::parity
