// What a run says of itself: checks that did not hold, errors that nobody caught, workers that were killed or
// cut off.
#pragma once

#include <vector>

#include "core/analysis/finding.hpp"
#include "core/analysis/replay.hpp"

namespace lockstep::analysis {

class Endings {
 public:
  /// `replay` must have taken in each event before consume() does.
  explicit Endings(const Replay& replay) : replay_(replay) {}
  /// O(1). A check is reported the first time it does not hold.
  void consume(const Event& event, EventIndex index, std::vector<Finding>& out);

 private:
  struct Worker {
    EventIndex raised = kNoEvent;  ///< its last raise
    EventIndex last = kNoEvent;    ///< what it did last
    TextId text = 0;
    bool asked_to_end = false;  ///< another worker has called terminate() or kill() on it
  };
  Worker& worker(WorkerId id);
  void check(const Event& event, EventIndex index, std::vector<Finding>& out);
  void end(const Event& event, EventIndex index, std::vector<Finding>& out);
  void killed(const Event& event, EventIndex index, std::vector<Finding>& out);
  void cut_off(const Event& event, EventIndex index, std::vector<Finding>& out);

  const Replay& replay_;
  std::vector<Worker> workers_;
  std::vector<bool> broken_;  ///< by check
};

}  // namespace lockstep::analysis
