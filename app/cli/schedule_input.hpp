// A schedule that was typed, or that a file holds.
#pragma once

#include <string>
#include <vector>

#include "core/analysis/finding.hpp"
#include "core/schedule/schedule.hpp"

namespace lockstep::cli {

/// The schedule in these words: its text, a file that holds it, or - for standard input. Fails with a
/// sentence if there is none, or if it is of no program that exists. `option` is its name, `example` ends
/// the sentence.
Schedule schedule_in(const std::vector<std::string>& words, const char* option, const char* example,
                     Language language);

}  // namespace lockstep::cli
