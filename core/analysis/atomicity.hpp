// Atomicity violations: a worker reads a variable, another writes it, and the first writes it from what it
// had read, so that the other's write is lost (the unserialisable interleaving read–write–write of Lu, Tucek,
// Qin and Zhou, "AVIO", ASPLOS 2006). That the other's write came between proves that no common lock was held
// from the read to the write; each access may well have been locked by itself, so there need not be a data
// race. An element of a manager's dict or list is such a variable, too: its server accesses it in a thread
// for each client.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/analysis/finding.hpp"
#include "core/analysis/happens_before.hpp"

namespace lockstep::analysis {

class AtomicityViolations {
 public:
  /// `signals` must be the order by signals only and have taken in each event before consume() does: a write
  /// that the program ordered before the overwriting one (a hand-over by semaphore, queue, barrier …) is
  /// meant to be overwritten.
  explicit AtomicityViolations(HappensBefore& signals) : signals_(signals) {}
  /// O(1); for a call on a manager's object O(log events).
  void consume(const Event& event, EventIndex index, const TraceStore& store, std::vector<Finding>& out);
  /// What a write of the variable by the worker would be reported as now, without the event of that write.
  std::optional<Finding> impending(WorkerId worker, ObjectId variable) const;

 private:
  struct Access {
    Epoch epoch;
    EventIndex event = kNoEvent;
    SiteId site = 0;
  };
  struct Variable {
    std::vector<Access> reads;  ///< by worker: its last read, if it has not written since
    Access write;               ///< the last, by anyone
  };
  static void read(Variable& variable, WorkerId worker, const Access& access);
  void consume_call(const Event& call, EventIndex index, const TraceStore& store, std::vector<Finding>& out);
  void write(Variable& variable, const Event& event, const Access& access, std::vector<Finding>& out);
  /// The other's write came after the worker's last read, and nothing that the program asked for orders it.
  bool is_stale(const Variable& variable, WorkerId worker) const;
  static Finding finding(const Variable& variable, WorkerId worker, ObjectId object);

  HappensBefore& signals_;
  std::vector<Variable> variables_;
  std::map<std::pair<ObjectId, std::string>, Variable> elements_;  ///< of a manager's objects
  std::unordered_set<std::uint64_t> reported_;                     ///< object and three sites
};

}  // namespace lockstep::analysis
