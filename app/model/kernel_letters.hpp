// The kernel's letters for the processes of the run on the screen: what it says now, while the run goes on
// and the screen follows it; else only what the program asked for and recorded.
#pragma once

#include <map>

#include "app/model/app_model.hpp"
#include "core/analysis/process_tree.hpp"
#include "core/session/kernel_view.hpp"

namespace lockstep {

struct KernelLetter {
  char letter = 0;              ///< 0: not known
  EventIndex asked = kNoEvent;  ///< the event that recorded it; kNoEvent: read from the kernel just now
};

class KernelLetters {
 public:
  /// Reads again if a quarter of a second has gone by or the moment is another. `seconds`: any clock.
  void update(const AppModel& model, const std::vector<ProcessNode>& nodes, double seconds);
  KernelLetter of(const ProcessNode& node, const TraceStore& store) const;
  /// The supervisor's; 0 if it is not known.
  int supervisor_pid() const { return supervisor_; }

 private:
  std::map<WorkerId, KernelSight> now_;
  int supervisor_ = 0;
  int generation_ = -1;
  EventIndex moment_ = 0;
  double read_at_ = -1;
};

}  // namespace lockstep
