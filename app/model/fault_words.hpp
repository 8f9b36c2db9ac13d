// What went wrong with the machine or the sandbox, in the reader's language. Core tells it in English, with
// what the system says: "A socket for the run could not be made: Too many open files."
#pragma once

#include <string>
#include <string_view>

#include "core/analysis/finding.hpp"

namespace lockstep {

/// The sentence in that language; as it is where nothing is known for it.
std::string tell_fault(std::string_view sentence, Language language);

}  // namespace lockstep
