#include "core/analysis/finding.hpp"

namespace lockstep {

std::string_view name_of(FindingKind kind) noexcept {
  switch (kind) {
    case FindingKind::data_race: return "data-race";
    case FindingKind::atomicity_violation: return "atomicity-violation";
    case FindingKind::deadlock_cycle: return "deadlock";
    case FindingKind::stuck: return "stuck";
    case FindingKind::lost_wakeup: return "lost-wakeup";
    case FindingKind::broken_check: return "broken-check";
    case FindingKind::error_raised: return "error-raised";
    case FindingKind::lock_order_inversion: return "lock-order-inversion";
    case FindingKind::starvation: return "starvation";
    case FindingKind::busy_wait: return "busy-wait";
    case FindingKind::unfinished_worker: return "unfinished-worker";
    case FindingKind::killed: return "killed";
  }
  return "?";
}

bool is_failure(FindingKind kind) noexcept {
  switch (kind) {
    case FindingKind::deadlock_cycle:
    case FindingKind::stuck:
    case FindingKind::lost_wakeup:
    case FindingKind::broken_check:
    case FindingKind::error_raised:
    case FindingKind::killed: return true;
    case FindingKind::data_race:
    case FindingKind::atomicity_violation:
    case FindingKind::lock_order_inversion:
    case FindingKind::starvation:
    case FindingKind::busy_wait:
    case FindingKind::unfinished_worker: return false;
  }
  return true;
}

}  // namespace lockstep
