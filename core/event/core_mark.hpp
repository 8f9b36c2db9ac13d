// On which core a worker computes, as an event: a stall whose extra is 1 + the number of the core that it has
// from here on; arg is how long it was ready and had none just before. A stall with extra 0 tells nothing
// about cores. Recorded live while a worker computes: when it begins, when it has moved to another core, when
// it had to wait for one. In steps everything runs on one core, and nothing is recorded.
#pragma once

#include <optional>

#include "core/event/event.hpp"

namespace lockstep {

constexpr Event core_mark(std::uint32_t core, RunTime waited, SiteId site = 0) {
  return {.arg = waited, .extra = core + 1, .site = site, .kind = EventKind::stall};
}

/// The core that the event tells, if it tells one.
constexpr std::optional<std::uint32_t> core_in(const Event& event) {
  if (event.kind != EventKind::stall || event.extra == 0) return std::nullopt;
  return event.extra - 1;
}

}  // namespace lockstep
