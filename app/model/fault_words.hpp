// What went wrong with the machine or the sandbox, or what cannot be run, in the reader's language. Core
// tells it in English, with what the system says: "A socket for the run could not be made: Too many open
// files."
#pragma once

#include <string>
#include <string_view>

#include "core/analysis/finding.hpp"

namespace lockstep {

/// The sentence in that language; as it is where nothing is known for it.
std::string tell_fault(std::string_view sentence, Language language);

/// What the system says (strerror): "Too many open files"; as it is where nothing is known for it.
std::string reason_in(std::string_view reason, Language language);

/// True for an error of a program that says that the machine has no more files, processes, memory or room to
/// give: "OSError: No space left on device".
bool is_fault_of_machine(std::string_view text);

}  // namespace lockstep
