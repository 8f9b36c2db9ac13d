// Vector clocks and epochs (Fidge 1988, Mattern 1989; epochs: Flanagan and Freund, "FastTrack", PLDI 2009).
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/event/event.hpp"

namespace lockstep::analysis {

using Clock = std::uint32_t;

/// One worker's clock at one moment: enough to ask whether that moment happened before another worker's
/// present.
struct Epoch {
  WorkerId worker = kNoWorker;
  Clock clock = 0;
  friend bool operator==(const Epoch&, const Epoch&) = default;
};

/// Per worker, the latest of its moments that is known. Missing entries are 0.
class VectorClock {
 public:
  Clock operator[](WorkerId worker) const { return worker < clocks_.size() ? clocks_[worker] : 0; }
  void set(WorkerId worker, Clock clock) {
    if (worker >= clocks_.size()) clocks_.resize(worker + 1U, 0);
    clocks_[worker] = clock;
  }
  /// Takes in everything that `other` knows.
  void join(const VectorClock& other) {
    if (other.clocks_.size() > clocks_.size()) clocks_.resize(other.clocks_.size(), 0);
    for (std::size_t i = 0; i < other.clocks_.size(); ++i)
      clocks_[i] = std::max(clocks_[i], other.clocks_[i]);
  }
  void clear() { clocks_.clear(); }
  bool knows(Epoch epoch) const { return epoch.clock <= (*this)[epoch.worker]; }

 private:
  std::vector<Clock> clocks_;
};

}  // namespace lockstep::analysis
