#include "core/platform/clock.hpp"

#include <time.h>
#include <fstream>
#include <string>

namespace lockstep::platform {
namespace {

bool kernel_trusts_tsc() noexcept {
#if defined(__x86_64__)
  try {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
      if (line.rfind("flags", 0) == 0) {
        return line.find(" constant_tsc") != std::string::npos &&
               line.find(" nonstop_tsc") != std::string::npos;
      }
    }
  } catch (...) {
    return false;
  }
#endif
  return false;
}

double measure_ns_per_tick() noexcept {
  constexpr std::int64_t kSpan = 2'000'000;
  const std::int64_t ns0 = monotonic_ns();
  const std::uint64_t tick0 = ticks();
  std::int64_t ns1 = ns0;
  while (ns1 - ns0 < kSpan)
    ns1 = monotonic_ns();
  return static_cast<double>(ns1 - ns0) / static_cast<double>(ticks() - tick0);
}

}  // namespace

const bool detail::use_tsc = kernel_trusts_tsc();

std::int64_t thread_cpu_ns() noexcept {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * 1'000'000'000 + used.tv_nsec;
}

std::int64_t monotonic_ns() noexcept {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

bool has_constant_tsc() noexcept { return detail::use_tsc; }

double ns_per_tick() noexcept {
  static const double rate = detail::use_tsc ? measure_ns_per_tick() : 1.0;
  return rate;
}

}  // namespace lockstep::platform
