// What everything on fibers is measured against: two of them that hand over to each other and do nothing
// else.
#pragma once

#include "core/runtime/fiber_switch.hpp"
#include "tests/bench/bench.hpp"

namespace lockstep::bench {

struct BareSwitch {
  Fiber home;
  Fiber other{&BareSwitch::entry, this};

  /// Nanoseconds of processor time from one to the other, over many.
  double ns() {
    constexpr int kRounds = 5'000'000;
    const double took = cpu_seconds([&] {
      for (int i = 0; i < kRounds; ++i)
        Fiber::switch_between(home, other);
    });
    return took / kRounds / 2 * 1e9;
  }

 private:
  static void entry(void* self) {
    auto& both = *static_cast<BareSwitch*>(self);
    for (;;)
      Fiber::switch_between(both.other, both.home);
  }
};

}  // namespace lockstep::bench
