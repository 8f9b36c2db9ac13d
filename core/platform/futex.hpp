// futex(2): wait for and wake on a 32-bit word, across processes that share the memory.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>

namespace lockstep::platform {

inline constexpr std::int64_t kForeverNs = -1;

/// Blocks while `word` is `expected`, at most `timeout_ns` real nanoseconds (kForeverNs = no limit). May
/// return early without cause. Returns false only when the time ran out.
bool futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
                std::int64_t timeout_ns) noexcept;

/// Wakes at most `count` waiters of `word`.
void futex_wake(const std::atomic<std::uint32_t>& word, int count = std::numeric_limits<int>::max()) noexcept;

}  // namespace lockstep::platform
