// From a stepped run to a live one.
#include <algorithm>

#include "core/host/host.hpp"
#include "core/platform/clock.hpp"
#include "core/session/session_impl.hpp"
#include "core/session/stepped_run_impl.hpp"

namespace lockstep {

std::unique_ptr<Session> SteppedRun::continue_live(double speed) {
  if (!impl_->ready) return nullptr;
  ArenaHeader& header = impl_->shown->arena.header();
  const std::uint32_t segments = header.clock_segments.load(std::memory_order_relaxed);
  speed = std::clamp(speed, kMinSpeed, kMaxSpeed);
  header.segments[segments] = {platform::ticks(), store().end_time(), speed * header.ns_per_tick};
  header.clock_segments.store(segments + 1, std::memory_order_release);
  header.first_segment.store(segments, std::memory_order_release);
  auto session = std::make_unique<Session::Impl>(std::move(impl_->shown));
  session->going = true;
  session->speed = speed;
  session->paused = false;
  session->phase = RunPhase::running;
  session->core->host->say(static_cast<char>(ControlByte::live));
  return std::unique_ptr<Session>(new Session(std::move(session)));
}

}  // namespace lockstep
