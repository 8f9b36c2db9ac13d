#include "app/model/time_axis.hpp"

#include <cmath>
#include <random>

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

TimeAxis random_axis(std::mt19937& random) {
  std::uniform_real_distribution<double> exponent(3, 13);
  const auto length = static_cast<RunTime>(std::pow(10.0, exponent(random)));
  std::uniform_int_distribution<RunTime> from(-length / 10, length * 50);
  TimeAxis axis;
  axis.range.from = from(random);
  axis.range.to = axis.range.from + length;
  axis.x0 = std::uniform_real_distribution<float>(0, 400)(random);
  axis.x1 = axis.x0 + std::uniform_real_distribution<float>(100, 4000)(random);
  return axis;
}

bool is_nice(RunTime step) {
  while (step % 10 == 0)
    step /= 10;
  return step == 1 || step == 2 || step == 5;
}

}  // namespace

TEST_CASE("a moment on the axis comes back to within a pixel") {
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    const TimeAxis axis = random_axis(random);
    const RunTime t = std::uniform_int_distribution<RunTime>(axis.range.from, axis.range.to)(random);
    const RunTime back = axis.time_of(axis.x_of(t));
    CHECK(std::abs(back - t) <= axis.per_pixel());
  }
}

TEST_CASE("ticks are nice, inside the range and far enough apart") {
  std::mt19937 random(2);
  for (int i = 0; i < 2000; ++i) {
    const TimeAxis axis = random_axis(random);
    const float spacing = std::uniform_real_distribution<float>(40, 200)(random);
    const Ticks ticks = nice_ticks(axis, spacing);
    REQUIRE(is_nice(ticks.step));
    for (std::size_t k = 0; k < ticks.ticks.size(); ++k) {
      const Tick& tick = ticks.ticks[k];
      CHECK(tick.time % ticks.step == 0);
      CHECK(tick.time >= axis.range.from);
      CHECK(tick.time <= axis.range.to);
      if (k > 0) CHECK(tick.x - ticks.ticks[k - 1].x >= spacing - 1);
    }
    // Not needlessly few: the next smaller nice step would be too dense.
    const double pixels = static_cast<double>(axis.x1 - axis.x0);
    const double smaller =
        static_cast<double>(ticks.step) / 2.5 / static_cast<double>(axis.range.length()) * pixels;
    CHECK((ticks.step == 1 || smaller < static_cast<double>(spacing)));
  }
}

TEST_CASE("levels of a plot are whole, evenly spaced, inside and not too many") {
  for (std::int64_t low = -7; low <= 3; ++low) {
    for (std::int64_t high = low; high < low + 300; ++high) {
      for (int most = 2; most <= 6; ++most) {
        const auto levels = nice_levels(low, high, most);
        REQUIRE_FALSE(levels.empty());
        CHECK(levels.size() <= static_cast<std::size_t>(most));
        CHECK(levels.front() >= low);
        CHECK(levels.back() <= high);
        for (std::size_t i = 2; i < levels.size(); ++i) {
          CHECK(levels[i] - levels[i - 1] == levels[1] - levels[0]);
        }
      }
    }
  }
}
