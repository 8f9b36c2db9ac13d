#include "core/runtime/live_clock.hpp"

#include "core/platform/clock.hpp"
#include "core/platform/futex.hpp"

namespace lockstep {
namespace {

const ClockSegment& last_segment(const ArenaHeader& header) {
  return header.segments[header.clock_segments.load(std::memory_order_acquire) - 1];
}

RunTime at(const ClockSegment& segment, std::uint64_t ticks) {
  const auto since = static_cast<std::int64_t>(ticks - segment.ticks);
  return segment.run_ns + (since > 0 ? static_cast<RunTime>(static_cast<double>(since) * segment.rate) : 0);
}

}  // namespace

RunTime run_now(const ArenaHeader& header) { return at(last_segment(header), platform::ticks()); }

std::int64_t real_ns_until(const ArenaHeader& header, RunTime deadline) {
  const ClockSegment& segment = last_segment(header);
  if (segment.rate <= 0) return platform::kForeverNs;
  const RunTime rest = deadline - at(segment, platform::ticks());
  if (rest <= 0) return 0;
  return static_cast<std::int64_t>(static_cast<double>(rest) / segment.rate * header.ns_per_tick) + 1;
}

double run_speed(const ArenaHeader& header) { return last_segment(header).rate / header.ns_per_tick; }

void set_clock_rate(ArenaHeader& header, double speed) {
  const std::uint32_t count = header.clock_segments.load(std::memory_order_relaxed);
  if (count >= kMaxClockSegments) return;
  const std::uint64_t now = platform::ticks();
  header.segments[count] = {now, at(header.segments[count - 1], now), speed * header.ns_per_tick};
  header.clock_segments.store(count + 1, std::memory_order_release);
  bump_epoch(header);
}

void bump_epoch(ArenaHeader& header) {
  header.epoch.fetch_add(1, std::memory_order_release);
  platform::futex_wake(header.epoch);
  // Waits with a time-out compute it from the clock: let them look again.
  for (std::uint32_t id = 0; id < header.workers.load(std::memory_order_acquire); ++id) {
    header.worker_slots[id].wake.store(1, std::memory_order_release);
    platform::futex_wake(header.worker_slots[id].wake);
  }
}

}  // namespace lockstep
