// Reversible races of an execution. Two steps race if they are dependent, nothing that happens between them
// orders them, and the later one was possible just before the earlier one. What made the later one possible
// (a release before an acquire, a put before a get) is no race; behind it may lie one with what made it
// impossible.
//
// A worker that is ended from without (killed, or a daemon cut off) races with its end by what it would have
// done next. Whether that is possible before the end is not always known beforehand; where it turns out not
// to be, an execution is begun in vain.
#pragma once

#include <vector>

#include "core/explore/dpor/execution_log.hpp"

namespace lockstep::dpor {

class RaceDetector {
 public:
  struct Race {
    StepIndex earlier;
    Footprint later;  ///< as it would be in the place of the earlier one
  };

  /// The races of steps from `first_new` on with those before them.
  const std::vector<Race>& find(const ExecutionLog& log, StepIndex first_new,
                                std::span<const Announced> blocked);

 private:
  void start_from(StepIndex last_of_worker);
  void along_location(const Announced& later, StepIndex from);
  void along_memory(const Announced& later, StepIndex from);
  void with_swept(const ExecutionLog::Sweep& sweep);
  void with_prevented(const ExecutionLog::Sweep& sweep, bool is_new);
  bool is_ordered(StepIndex i) const { return log_->covers(clock_, i); }
  void join(StepIndex i);
  void add(StepIndex earlier, const Announced& later, Effect effect);

  const ExecutionLog* log_ = nullptr;
  std::vector<std::uint32_t> clock_;  ///< what happens before the later step without the races found so far
  std::vector<Race> races_;
};

/// The steps behind `race.earlier` that do not happen after it, then the later step: the beginning of an
/// execution with the race the other way round.
void reversed(const ExecutionLog& log, const RaceDetector::Race& race, std::vector<Footprint>& sequence);

}  // namespace lockstep::dpor
