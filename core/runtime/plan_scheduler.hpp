// Who goes next in a gated run: what the session planned, then its policy, then nobody.
#pragma once

#include "core/arena/arena.hpp"

namespace lockstep {

/// True for what orders workers among each other: to acquire, wait, put, get, join, notify …; false for
/// reading and writing, printing, checking, sleeping and asking.
bool is_synchronization(EventKind operation) noexcept;

/// Follows StepControl::plan. One object makes one decision and may be asked again for the next.
class PlanScheduler final : public Scheduler {
 public:
  explicit PlanScheduler(Arena& arena) : arena_(arena), control_(arena.header().step) {}
  Choice next(const Situation& situation) override;
  /// Why nobody goes on; to be asked when decide() has named nobody. Tells of a divergence in StepControl.
  Halt reason();

 private:
  Choice halt(Halt reason);
  Choice diverge(DivergenceKind kind, std::uint32_t step, WorkerId worker);
  void skip_begun_waits(std::uint32_t step);
  bool did_as_expected(std::uint32_t steps) const;
  bool only_waits_are_left(std::uint32_t steps) const;
  Choice towards_synchronization(const Situation& situation);

  Arena& arena_;
  StepControl& control_;
  Halt reason_ = Halt::none;
};

}  // namespace lockstep
