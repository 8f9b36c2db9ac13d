// Small numbers for the workers and locations of one program, the same in all its interleavings.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>

#include "core/explore/fiber_run.hpp"

namespace lockstep::dpor {

class Names {
 public:
  explicit Names(FiberRun& run) : run_(run) {}
  /// Another execution has begun: ids mean other things.
  void forget() { ++execution_; }
  std::uint16_t worker(WorkerId id);
  /// From 1; 0 if the move touches nothing that others could see.
  std::uint32_t location(const Move& move);
  std::uint32_t location(ObjectId object, WorkerId worker);

 private:
  template <class Number>
  struct Known {
    std::uint32_t execution = 0;
    Number number = 0;
  };
  FiberRun& run_;
  std::uint32_t execution_ = 1;
  std::array<Known<std::uint16_t>, kMaxWorkers> workers_{};  ///< by id, in the execution that goes on
  std::array<Known<std::uint32_t>, kMaxObjects> locations_{};
  std::unordered_map<std::uint32_t, std::uint16_t> worker_numbers_;  ///< by stable name
  std::unordered_map<std::uint32_t, std::uint32_t> location_numbers_;
};

}  // namespace lockstep::dpor
