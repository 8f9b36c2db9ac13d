// What an exploration came to, told to a person or as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "app/cli/exploring.hpp"
#include "app/cli/output.hpp"
#include "core/session/stepped_run.hpp"

namespace lockstep::cli {

/// The least failing schedule, replayed; null if there is none.
std::unique_ptr<SteppedRun> replay_of(const ExploreReport& report);

/// True if some schedule fails.
bool fails(const ExploreReport& report);
/// "It can fail.", and why it went no further.
std::string conclusion(const ExploreReport& report, Language language);
std::string reason_of_end(const ExploreReport& report, Language language);

/// "The least failing schedule: preemptions 1, switches 2, steps 9."
std::string headline(const LeastFailure& least, Language language);

void tell_exploration(const Explored& explored, const SteppedRun* failure, Output& out, Language language);

/// Its schema is in README.md and does not change.
nlohmann::ordered_json explore_json(const Explored& explored, const SteppedRun* failure, Language language);

}  // namespace lockstep::cli
