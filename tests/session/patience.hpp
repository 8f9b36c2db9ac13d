// How long a test waits for what must happen: a little less than CTest gives it, however busy the machine is.
#pragma once

#include <chrono>

#include "tests/catch.hpp"

namespace lockstep::test {

class Patience {
 public:
  /// Fails the test when it is over.
  void check() const { REQUIRE(std::chrono::steady_clock::now() < limit_); }

 private:
  std::chrono::steady_clock::time_point limit_ = std::chrono::steady_clock::now() + std::chrono::seconds(240);
};

}  // namespace lockstep::test
