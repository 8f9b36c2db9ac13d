// Where a replay left its schedule, as a sentence for the learner.
#pragma once

#include <string>

#include "core/analysis/finding.hpp"
#include "core/schedule/situation.hpp"

namespace lockstep {

/// "The replay diverges at step 12: Customer 1 cannot go on there. …"; steps count from 1. "" if it did not
/// diverge.
std::string tell(const Divergence& divergence, const TraceStore& store, Language language);

}  // namespace lockstep
