#include "tests/parity/differences.hpp"

#include <array>

namespace lockstep::parity {
namespace {

struct Difference {
  const char* theirs;
  const char* ours;
  const char* reason;
};

constexpr std::array kDifferences{
    Difference{"timeout value must be positive", "timeout value must be a non-negative number",
               "the text of Python 3.13 and later, which is right about 0"},
};

}  // namespace

std::string in_our_words(std::string theirs) {
  for (const Difference& each : kDifferences) {
    const std::size_t at = theirs.find(each.theirs);
    if (at != std::string::npos) theirs.replace(at, std::string(each.theirs).size(), each.ours);
  }
  return theirs;
}

}  // namespace lockstep::parity
