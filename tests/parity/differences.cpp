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

}  // namespace lockstep::parity
