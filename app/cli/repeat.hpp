// The same run again and again: how often does it fail?
#pragma once

#include "core/analysis/finding.hpp"
#include "core/session/session.hpp"

namespace lockstep::cli {

/// Runs `times` runs one after another and prints a line for each and their outcomes, or one JSON object.
/// With a seed in the request they get that seed and the ones after it, else each a new one. Returns the exit
/// status: 1 if one failed.
int repeat(RunRequest request, std::uint64_t times, double limit_seconds, bool json, Language language);

}  // namespace lockstep::cli
