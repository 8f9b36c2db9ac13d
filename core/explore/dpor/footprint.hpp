// What the reduction knows of a step: who took it and what it touched. Workers and locations are told by
// small numbers that mean the same in all interleavings (see names.hpp).
#pragma once

#include <cstdint>

#include "core/schedule/situation.hpp"

namespace lockstep::dpor {

struct Footprint {
  std::uint32_t location = 0;  ///< 0: touches nothing that others could see
  std::uint16_t worker = 0;
  /// A process that has Globals is started, or one of them is written: whose copies, by number from 1. Else
  /// 0.
  std::uint16_t memory = 0;
  bool forks = false;  ///< copies them all
  Effect effect = Effect::none;
  /// It ended workers, or looked at which of them have ended, without an operation on each: counts as
  /// dependent with everything where it is not known with whom.
  bool sweeping = false;

  bool writes() const { return effect == Effect::writes; }
};

/// One of the steps copies what the other one writes or copies.
inline bool share_memory(const Footprint& a, const Footprint& b) {
  return a.memory != 0 && a.memory == b.memory && (a.forks || b.forks);
}

/// Whether swapping two steps that stand side by side may make a difference. Conservative.
inline bool dependent(const Footprint& a, const Footprint& b) {
  if (a.worker == b.worker || a.sweeping || b.sweeping) return true;
  if (share_memory(a, b)) return true;
  return a.location != 0 && a.location == b.location && (a.writes() || b.writes());
}

}  // namespace lockstep::dpor
