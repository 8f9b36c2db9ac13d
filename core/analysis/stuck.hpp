// Who can never move again, and why.
//
// A worker can move if it moves alone (Replay), or waits for something that is possible now, or for something
// that a worker that can move could make possible. The hopeless workers are the complement of that least
// fixpoint. A wait for a lock or a join depends on one other worker, so those waits form a graph in which
// each worker has at most one successor (the single-resource model of Holt, "Some deadlock properties of
// computer systems", ACM Computing Surveys 1972: there a cycle is necessary and sufficient); all other waits
// depend on anyone. So a worker becomes hopeless only when a wait closes a cycle or leads to a lock whose
// owner has ended, or when nobody can move at all. Being hopeless is stable: no event of others can undo it.
#pragma once

#include <vector>

#include "core/analysis/finding.hpp"
#include "core/analysis/lost_signals.hpp"
#include "core/analysis/replay.hpp"

namespace lockstep::analysis {

class StuckDetector {
 public:
  StuckDetector(const Replay& replay, const LostSignals& lost) : replay_(replay), lost_(lost) {}
  /// To be called after the replay and the lost signals have taken in the same event. O(length of the wait
  /// chain) for a block; O(workers) when somebody ends or nobody can move; O(1) else.
  void consume(const Event& event, EventIndex index, std::vector<Finding>& out);
  /// True when nobody can move and the program has not ended.
  bool all_stuck() const { return all_stuck_; }

 private:
  struct Group {
    ObjectId object = kNoObject;
    EventKind wants = EventKind::block;
    friend bool operator==(const Group&, const Group&) = default;
  };

  Root root_of(WorkerId worker) const;
  void consider(WorkerId worker, EventIndex index, std::vector<Finding>& out);
  void consider_all(EventIndex index, std::vector<Finding>& out);
  void consider_locks_of(WorkerId dead, EventIndex index, std::vector<Finding>& out);
  void report_cycle(WorkerId member, EventIndex index, std::vector<Finding>& out);
  void report_group(WorkerId root, EventIndex index, std::vector<Finding>& out);
  bool is_waiting(WorkerId worker) const { return replay_.worker(worker).phase == Phase::waiting; }

  const Replay& replay_;
  const LostSignals& lost_;
  std::vector<bool> in_cycle_ = std::vector<bool>(kMaxWorkers);  ///< of a reported cycle
  std::vector<Group> reported_;
  bool all_stuck_ = false;
};

}  // namespace lockstep::analysis
