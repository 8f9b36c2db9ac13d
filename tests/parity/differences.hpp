// Where we differ from CPython on purpose. Everything else that differs is a failure.
#pragma once

#include <string>
#include <vector>

namespace lockstep::parity {

/// Words of CPython's for which we have others, and why.
struct Difference {
  const char* theirs;
  const char* ours;
  const char* reason;
};

/// What CPython said, in our words where the general table or `more` has a row for it.
std::string in_our_words(std::string theirs, const std::vector<Difference>& more);

}  // namespace lockstep::parity
