// Scenarios that need what a machine or a build may lack: they are always listed, with the reason.
#pragma once

#include <string_view>

namespace lockstep {

/// Why a scenario cannot run here, one sentence in each language.
struct Reason {
  std::string_view en;
  std::string_view zh;
};

/// Put one beside the Registration of a scenario that cannot run everywhere.
struct Requirement {
  /// `met`: whether it can run here; asked once, now.
  Requirement(std::string_view scenario, bool (*met)(), Reason reason);
};

/// nullptr: it can run.
const Reason* reason_unavailable(std::string_view scenario);

}  // namespace lockstep
