// Exact diagnosis while a run goes: fed with the events in merged order, it knows at every moment who can
// never move again, and why. No time-outs: every verdict follows from the events alone and stays true for
// ever.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/finding.hpp"

namespace lockstep {

/// worker waits for object; `owners` are those who could let it go on (for a lock its owner, for a join the
/// worker, otherwise every worker that can still move).
struct WaitEdge {
  WorkerId worker = kNoWorker;
  ObjectId object = kNoObject;
  EventKind wants = EventKind::block;
  std::vector<WorkerId> owners{};
  bool timed = false;
  bool hopeless = false;  ///< can never be satisfied
  bool in_cycle = false;
};

class Diagnosis {
 public:
  explicit Diagnosis(const TraceStore& store);
  ~Diagnosis();
  Diagnosis(Diagnosis&&) noexcept;

  /// Looks at the events that the store got since the last call. Amortised O(1) per event.
  void update();
  /// Everything found so far, in the order in which it became certain. The list only grows.
  const std::vector<Finding>& findings() const;
  /// The atomicity violation that an event to come would complete now, without that event; nothing if it is
  /// no write, or if what its worker has read is what the variable still holds. O(1).
  std::optional<Finding> impending(const Event& event) const;
  /// True when no worker of the program can ever move again although some have not ended (so the run can be
  /// stopped).
  bool all_stuck() const;
  /// True when every worker has ended.
  bool all_ended() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The wait-for graph after the first `n` events: one edge per waiting worker. O(workers · log events),
/// plus the operations on an Event or Barrier since the oldest present wait for it began.
std::vector<WaitEdge> wait_for_graph(const TraceStore& store, EventIndex n);

}  // namespace lockstep
