// The execution that goes on, as the reduction sees it: its steps, and which of them happen before which, by
// vector clocks (Mattern 1989). A stack: steps are pushed as they are taken and dropped when the search goes
// back.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/arena/layout.hpp"
#include "core/explore/dpor/footprint.hpp"

namespace lockstep::dpor {

/// Index of a step; kNoStep = there is none.
using StepIndex = std::int32_t;
inline constexpr StepIndex kNoStep = -1;

/// What a step was, told before it is taken.
struct Announced {
  Footprint print;
  WorkerId worker = kNoWorker;  ///< its id in this execution
  MoveKind kind = MoveKind::perform;
  Stand stand = Stand::at_call;
  bool preempts = false;
  PendingCall call;
};

class ExecutionLog {
 public:
  struct Step : Announced {
    std::uint32_t ordinal = 0;  ///< how-manieth of its worker, from 1
    StepIndex before_of_worker = kNoStep;
    StepIndex before_at_location = kNoStep;
    StepIndex last_write = kNoStep;  ///< at the location, this one included
  };

  /// The next step of a worker that was ended from without.
  struct Prevented {
    Announced step;
    bool was_possible = false;  ///< just before it was ended
  };
  struct Sweep {
    StepIndex step;
    std::vector<std::uint16_t> looked_at;
    std::vector<Prevented> ended;
  };

  StepIndex size() const { return static_cast<StepIndex>(steps_.size()); }
  const Step& operator[](StepIndex i) const { return steps_[static_cast<std::size_t>(i)]; }

  /// Takes a step in. `state`: of its object before it; null if it has none.
  void push(const Announced& step, const ObjectState* state);
  /// What the last step did depends on whether the workers `looked_at` (numbers) had ended, or it ended them;
  /// those of `ended` had not and can do nothing more but arrive at their end.
  void sweep(std::vector<std::uint16_t> looked_at, std::vector<Prevented> ended);
  const std::vector<Sweep>& sweeps() const { return sweeps_; }
  const Sweep* sweep_of(StepIndex step) const;  ///< null: it did no such thing
  /// Drops all steps from `size` on.
  void truncate(StepIndex size);

  bool happens_before(StepIndex earlier, StepIndex later) const { return covers(clock(later), earlier); }
  /// Last step of the worker, or at the location.
  StepIndex head_of_worker(std::uint16_t worker) const;
  StepIndex head_at_location(std::uint32_t location) const;
  /// The step that ended this worker from without.
  StepIndex ended_by(std::uint16_t worker) const;

  /// What the call of `step` would do if it were made just before step `earlier`, which touches the same
  /// object; nothing if the worker would have to wait.
  std::optional<Effect> effect_before(const Announced& step, StepIndex earlier) const;

  // Clocks: for each worker, how many of its steps happen before (this one included).
  using Clock = std::span<const std::uint32_t>;
  Clock clock(StepIndex i) const { return {clocks_.data() + static_cast<std::size_t>(i) * stride_, stride_}; }
  std::size_t clock_size() const { return stride_; }
  bool covers(Clock clock, StepIndex i) const {
    const Step& step = (*this)[i];
    return clock[step.print.worker] >= step.ordinal;
  }

 private:
  void make_room(std::uint16_t worker);
  void join_locations(const Step& step, std::uint32_t* clock) const;
  void join(std::uint32_t* clock, StepIndex i) const;

  std::vector<Step> steps_;
  std::vector<ObjectState> states_;  ///< of a step's object before it
  std::vector<std::uint32_t> clocks_;
  std::size_t stride_ = 8;
  std::vector<StepIndex> worker_heads_;
  std::vector<StepIndex> location_heads_;
  std::vector<Sweep> sweeps_;
};

}  // namespace lockstep::dpor
