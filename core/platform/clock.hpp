// The platform's clock for events: a counter that is cheap to read and goes at a constant rate on all cores.
#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace lockstep::platform {

/// Nanoseconds of the monotonic system clock.
std::int64_t monotonic_ns() noexcept;

/// Nanoseconds of processor time that the calling thread has used.
std::int64_t thread_cpu_ns() noexcept;

/// True if ticks() reads the time-stamp counter: x86-64 whose kernel says it is constant and non-stop.
/// Decided once.
bool has_constant_tsc() noexcept;

namespace detail {
extern const bool use_tsc;
}

/// Raw ticks, about 8 ns a call with the time-stamp counter, else nanoseconds of the monotonic clock.
inline std::uint64_t ticks() noexcept {
#if defined(__x86_64__)
  if (detail::use_tsc) return __rdtsc();
#endif
  return static_cast<std::uint64_t>(monotonic_ns());
}

/// Nanoseconds that one tick lasts, measured once a process against the monotonic clock (takes 2 ms the first
/// time).
double ns_per_tick() noexcept;

}  // namespace lockstep::platform
