// A unit of the traces that tests build.
#pragma once

#include "core/event/event.hpp"

namespace lockstep::test {

inline constexpr RunTime kSecond = 1'000'000'000;

}  // namespace lockstep::test
