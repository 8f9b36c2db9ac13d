#include "core/runtime/core_watch.hpp"

#include <algorithm>

#include "core/platform/clock.hpp"
#include "core/platform/core_number.hpp"
#include "core/runtime/live_clock.hpp"

namespace lockstep {
namespace {

/// Real time without a core that is worth an event. An interrupt takes less, a scheduler's slice more.
constexpr double kNoticed = 1e6;

Event mark(int core, RunTime waited) {
  return {.arg = waited, .extra = static_cast<std::uint32_t>(core), .kind = EventKind::core};
}

}  // namespace

CoreWatch::CoreWatch(const ArenaHeader& header)
    : header_(header),
      core_(platform::core_number()),
      cpu_ns_(platform::thread_cpu_ns()),
      now_(run_now(header)) {}

std::optional<Event> CoreWatch::first() const {
  if (core_ < 0) return std::nullopt;
  return mark(core_, 0);
}

CoreWatch::Look CoreWatch::look() {
  const std::int64_t cpu = platform::thread_cpu_ns();
  const RunTime now = run_now(header_);
  const int core = platform::core_number();
  const double speed = run_speed(header_);
  Look result{.used = static_cast<RunTime>(static_cast<double>(cpu - cpu_ns_) * speed), .moved = {}};
  // The run's clock stands still while it is paused: that is no waiting.
  const RunTime waited = std::max<RunTime>(now - now_ - result.used, 0);
  const bool has_waited = speed > 0 && static_cast<double>(waited) >= kNoticed * speed;
  if (core >= 0 && (has_waited || core != core_)) result.moved = mark(core, waited);
  core_ = core;
  cpu_ns_ = cpu;
  now_ = now;
  return result;
}

}  // namespace lockstep
