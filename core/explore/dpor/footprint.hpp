// What the reduction knows of a step: who took it and what it touched. Workers and locations are told by
// small numbers that mean the same in all interleavings (see names.hpp).
#pragma once

#include <cstdint>

#include "core/schedule/situation.hpp"

namespace lockstep::dpor {

struct Footprint {
  std::uint32_t location = 0;  ///< 0: touches nothing that others could see
  std::uint16_t worker = 0;
  Effect effect = Effect::none;
  /// It ended workers, or looked at which of them have ended, without an operation on each: counts as
  /// dependent with everything where it is not known with whom.
  bool sweeping = false;

  bool writes() const { return effect == Effect::writes; }
};

/// Whether swapping two steps that stand side by side may make a difference. Conservative.
inline bool dependent(const Footprint& a, const Footprint& b) {
  if (a.worker == b.worker || a.sweeping || b.sweeping) return true;
  return a.location != 0 && a.location == b.location && (a.writes() || b.writes());
}

}  // namespace lockstep::dpor
