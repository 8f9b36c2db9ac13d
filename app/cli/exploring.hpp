// Following an exploration from its start to its report.
#pragma once

#include <string>

#include "app/cli/language.hpp"
#include "core/explore/report.hpp"
#include "core/session/exploration.hpp"

namespace lockstep::cli {

struct Explored {
  ExploreRequest request;  ///< filled in
  ExploreReport report;
  int signal = 0;  ///< the signal that cancelled it, or 0
};

/// Blocks until the report is there. On a terminal a line on standard error tells how far it is. A signal of
/// Interrupts cancels it. Throws a Failure (sandbox) if no process can be started.
Explored explore_and_wait(const ExploreRequest& request, Language language);

}  // namespace lockstep::cli
