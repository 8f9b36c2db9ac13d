#include "tests/parity/differences.hpp"

#include <array>

namespace lockstep::parity {
namespace {

constexpr std::array kDifferences{
    Difference{"timeout value must be positive", "timeout value must be a non-negative number",
               "the text of Python 3.13 and later, which is right about 0"},
};

void replace(std::string& text, const Difference& each) {
  const std::size_t at = text.find(each.theirs);
  if (at != std::string::npos) text.replace(at, std::string(each.theirs).size(), each.ours);
}

}  // namespace

std::string in_our_words(std::string theirs, const std::vector<Difference>& more) {
  for (const Difference& each : kDifferences)
    replace(theirs, each);
  for (const Difference& each : more)
    replace(theirs, each);
  return theirs;
}

const std::vector<Difference>& misuse_in_multiprocessing() {
  constexpr const char* kReason = "see ARCHITECTURE.md, Limits";
  static const std::vector<Difference> kRows{
      {"AssertionError: attempt to release recursive lock not owned by thread",
       "RuntimeError: cannot release un-acquired lock", kReason},
      {"AssertionError: must acquire() condition before using wait()",
       "RuntimeError: cannot wait on un-acquired lock", kReason},
      {"AssertionError: lock is not owned", "RuntimeError: cannot notify on un-acquired lock", kReason},
  };
  return kRows;
}

}  // namespace lockstep::parity
