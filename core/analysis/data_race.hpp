// Data races on Shared variables and Files: two accesses by different workers, at least one a write, that
// nothing orders. FastTrack (Flanagan and Freund, PLDI 2009): epochs for writes and for reads by one worker,
// a clock per reader only while reads are concurrent. Precise up to the first race of a variable: no false
// alarm, and no miss for the observed order.
//
// Atomic operations (add, file_append, and file_write, which replaces a file in one step) race with nothing,
// and order nothing; what a stale read then loses is an atomicity violation. Printing does not race.
#pragma once

#include <unordered_set>
#include <vector>

#include "core/analysis/finding.hpp"
#include "core/analysis/happens_before.hpp"

namespace lockstep::analysis {

class DataRaces {
 public:
  /// `order` must have taken in each event before consume() does.
  explicit DataRaces(HappensBefore& order) : order_(order) {}
  /// O(1) but for a write after concurrent reads: O(workers).
  void consume(const Event& event, EventIndex index, const TraceStore& store, std::vector<Finding>& out);

 private:
  struct Access {
    Epoch epoch;  ///< clock 0: none yet
    EventIndex event = kNoEvent;
    SiteId site = 0;
    bool same_as(const Access& other) const { return epoch == other.epoch && site == other.site; }
  };
  struct Variable {
    Access write;
    Access read;                ///< while all reads are ordered: the last
    std::vector<Access> reads;  ///< by worker, once two reads are concurrent; else empty
  };
  struct Sink {
    const TraceStore& store;
    std::vector<Finding>& out;
  };

  void read(Variable& variable, Access access, const Sink& sink);
  void write(Variable& variable, Access access, const Sink& sink);
  void report_unless_ordered(const Access& first, const Access& second, const Sink& sink);

  HappensBefore& order_;
  std::vector<Variable> variables_;
  std::unordered_set<std::uint64_t> reported_;  ///< object and two sites; each pair of lines is reported once
};

}  // namespace lockstep::analysis
