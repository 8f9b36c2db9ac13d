// How a run to a line of the code came out, as a sentence for the learner.
#pragma once

#include <string>

#include "app/model/step_controller.hpp"
#include "core/analysis/finding.hpp"

namespace lockstep {

/// "Line 17: Customer 1 is about to execute it.", or what kept everybody from it.
std::string tell(const LineStop& stop, const TraceStore& store, Language language);

/// Why there is no run to the cursor: nothing marks a place, or nobody can go on.
std::string why_no_cursor(bool nothing_marked, Language language);

}  // namespace lockstep
