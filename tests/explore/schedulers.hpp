// Schedulers for tests.
#pragma once

#include <random>
#include <vector>

#include "core/schedule/situation.hpp"
#include "tests/catch.hpp"

namespace lockstep::test {

/// Each worker that can go is as likely; remembers what it chose.
class RandomScheduler final : public Scheduler {
 public:
  explicit RandomScheduler(std::uint64_t seed) : random_(seed) {}
  Choice next(const Situation& situation) override {
    const Choice choice{situation.moves[random_() % situation.moves.size()].worker};
    chosen.push_back(choice);
    return choice;
  }
  std::vector<Choice> chosen;

 private:
  std::mt19937_64 random_;
};

/// Follows a list of choices, then goes on with the last worker or the lowest number, or halts.
class ListScheduler final : public Scheduler {
 public:
  explicit ListScheduler(std::vector<Choice> choices, bool halt_behind = false)
      : choices_(std::move(choices)), halt_behind_(halt_behind) {}
  Choice next(const Situation& situation) override {
    if (situation.step < choices_.size()) return choices_[situation.step];
    if (halt_behind_) return kHalt;
    const Move* same = situation.move_of(situation.last);
    return {same != nullptr ? same->worker : situation.moves.front().worker};
  }

 private:
  std::vector<Choice> choices_;
  bool halt_behind_;
};

}  // namespace lockstep::test
