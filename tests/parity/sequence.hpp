// Sequences of operations, drawn from a seed.
#pragma once

#include <cstdint>

#include "tests/parity/subject.hpp"

namespace lockstep::parity {

inline constexpr int kMostWorkers = 3;
/// Each entry with this worker lets so much time pass: more than any time-out.
inline constexpr int kTimePasses = -1;
inline constexpr std::chrono::seconds kPass{10};

struct Entry {
  int worker = 0;
  int call = 0;  ///< index in Subject::calls
};
using Sequence = std::vector<Entry>;

/// The same seed gives the same sequence.
Sequence draw_sequence(const Subject& subject, std::uint64_t seed);

/// What each entry came to, in words: "A blocks", "B: None, A: True" (B's call, after which A's was over).
using Transcript = std::vector<std::string>;

std::string name_of_caller(int number);
std::chrono::seconds timeout_of_caller(int number);

/// In how many orders of those who can go at the same time we run a sequence.
inline constexpr int kMostOrders = 20000;

}  // namespace lockstep::parity
