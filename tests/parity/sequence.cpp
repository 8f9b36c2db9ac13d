#include "tests/parity/sequence.hpp"

#include <array>
#include <random>

namespace lockstep::parity {
namespace {

constexpr std::uint64_t kLength = 14;
constexpr std::uint64_t kTimePassesOnceIn = 8;

/// std::mt19937_64 is the same everywhere, the standard's distributions are not.
int draw_call(const Subject& subject, std::mt19937_64& random) {
  int sum = 0;
  for (const Call& call : subject.calls)
    sum += call.weight;
  int rest = static_cast<int>(random() % static_cast<std::uint64_t>(sum));
  int chosen = 0;
  while (rest >= subject.calls[static_cast<std::size_t>(chosen)].weight)
    rest -= subject.calls[static_cast<std::size_t>(chosen++)].weight;
  return chosen;
}

}  // namespace

Sequence draw_sequence(const Subject& subject, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  constexpr std::array kWorkers{1, 2, 2, 3, 3, 3};
  const auto workers = static_cast<std::uint64_t>(kWorkers[random() % kWorkers.size()]);
  Sequence sequence;
  for (std::uint64_t i = 0; i < kLength; ++i) {
    const bool time_passes = random() % kTimePassesOnceIn == 0;
    const auto worker = static_cast<int>(random() % workers);
    const int call = draw_call(subject, random);
    sequence.push_back(time_passes ? Entry{kTimePasses, 0} : Entry{worker, call});
  }
  return sequence;
}

std::string name_of_caller(int number) { return std::string(1, static_cast<char>('A' + number)); }

std::chrono::seconds timeout_of_caller(int number) { return std::chrono::seconds(number + 1); }

}  // namespace lockstep::parity
