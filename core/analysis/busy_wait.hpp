// Busy waiting: a worker that asks the same thing at the same line over and over and gets the same answer,
// with at most sleeps in between, instead of waiting for it.
#pragma once

#include <unordered_set>
#include <vector>

#include "core/analysis/finding.hpp"

namespace lockstep::analysis {

class BusyWaits {
 public:
  /// So many equal answers in a row are reported, once for each worker and object.
  static constexpr std::uint32_t kTries = 4;
  /// O(1).
  void consume(const Event& event, EventIndex index, std::vector<Finding>& out);

 private:
  struct Poll {
    EventKind kind = EventKind::worker_begin;
    ObjectId object = kNoObject;
    SiteId site = 0;
    std::uint8_t flags = 0;
    std::int64_t answer = 0;
    std::uint32_t tries = 0;
    EventIndex first = kNoEvent;
  };

  std::vector<Poll> polls_;  ///< by worker
  std::unordered_set<std::uint32_t> reported_;
};

}  // namespace lockstep::analysis
