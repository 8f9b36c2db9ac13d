// Starvation, conservatively: a worker waited long for a lock or a permit that others got again and again
// meanwhile. Known when the wait ends, one way or another.
#pragma once

#include <unordered_set>
#include <vector>

#include "core/analysis/finding.hpp"

namespace lockstep::analysis {

class Starvation {
 public:
  static constexpr std::uint32_t kPassedOver = 100;  ///< times that others got it
  static constexpr RunTime kWaited = 1'000'000'000;  ///< nanoseconds of run time
  /// O(1). Reports each worker and object once.
  void consume(const Event& event, EventIndex index, std::vector<Finding>& out);

 private:
  struct Wait {
    ObjectId object = kNoObject;  ///< kNoObject: does not wait
    EventIndex event = kNoEvent;
    RunTime since = 0;
    std::uint32_t grants = 0;  ///< of the object, when the wait began
  };
  std::uint32_t& grants(ObjectId id);
  void end_wait(const Wait& wait, const Event& event, EventIndex index, std::vector<Finding>& out);

  std::vector<Wait> waits_;            ///< by worker
  std::vector<std::uint32_t> grants_;  ///< by object
  std::unordered_set<std::uint32_t> reported_;
};

}  // namespace lockstep::analysis
