// Benchmarks: Catch test cases that print figures, each beside something to compare it with from the same
// run.
//
//   build/release/lockstep_bench                 all
//   build/release/lockstep_bench "trace*"        those whose name begins so
//
//   TEST_CASE("trace ingest", "[bench]") {
//     const double store = median_seconds(5, [&] { … });
//     report("trace: append", n / store / 1e6, "M events/s", "vector::push_back", n / plain / 1e6);
//   }
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string_view>
#include <vector>

#include "tests/catch.hpp"

namespace lockstep::bench {

/// Seconds that `work` takes on the monotonic clock.
template <class Work>
double seconds(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Seconds of processor time that `work` takes in the calling thread: other load on the machine hardly
/// counts.
template <class Work>
double cpu_seconds(Work&& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const double begin = now();
  work();
  return now() - begin;
}

/// The median of `runs` times.
template <class Work>
double median_seconds(int runs, Work&& work) {
  std::vector<double> times;
  for (int i = 0; i < runs; ++i)
    times.push_back(seconds(work));
  std::nth_element(times.begin(), times.begin() + runs / 2, times.end());
  return times[static_cast<std::size_t>(runs / 2)];
}

/// Keeps the compiler from removing the computation of `value`.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

/// One line: what, figure, unit; and the comparison, in the same unit.
inline void report(std::string_view what, double figure, std::string_view unit) {
  fmt::print("{:<48} {:>10.3g} {}\n", what, figure, unit);
  std::fflush(stdout);
}
inline void report(std::string_view what, double figure, std::string_view unit, std::string_view against,
                   double other) {
  fmt::print("{:<48} {:>10.3g} {:<12} ({}: {:.3g})\n", what, figure, unit, against, other);
  std::fflush(stdout);
}

}  // namespace lockstep::bench
