#include "core/explore/report.hpp"

namespace lockstep {

std::string_view name_of(ExplorePhase phase) noexcept {
  constexpr std::array<std::string_view, kExplorePhaseCount> kNames = {
      "random", "pos", "bounded", "exhaustive", "shrinking", "confirming", "done"};
  return kNames[static_cast<std::size_t>(phase)];
}

std::string_view name_of(ExploreEnd end) noexcept {
  constexpr std::array<std::string_view, 6> kNames = {"exhausted", "found",     "schedules",
                                                      "seconds",   "cancelled", "failed"};
  return kNames[static_cast<std::size_t>(end)];
}

}  // namespace lockstep
