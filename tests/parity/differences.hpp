// Where we differ from CPython on purpose. Everything else that differs is a failure.
#pragma once

#include <string>

namespace lockstep::parity {

/// What CPython said, in our words where the table has a row for it.
std::string in_our_words(std::string theirs);

}  // namespace lockstep::parity
