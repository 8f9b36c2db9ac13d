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

ExploreReport report_of(const ExploreProgress& progress, ExploreEnd end, std::string reason) {
  ExploreReport report;
  report.end = end;
  report.schedules = progress.schedules;
  report.states = progress.states;
  report.failing = progress.failing;
  report.seconds = progress.seconds;
  report.reason = std::move(reason);
  return report;
}

std::string no_thread(const std::system_error& refused) {
  return "A thread for the explorer could not be started: " + refused.code().message() + ".";
}

}  // namespace lockstep
