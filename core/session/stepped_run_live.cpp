// From a live run to a stepped one, and back.
#include <algorithm>

#include "core/host/host.hpp"
#include "core/platform/clock.hpp"
#include "core/session/session_impl.hpp"
#include "core/session/stepped_run_impl.hpp"

namespace lockstep {

SteppedRun::Started SteppedRun::from_live(const Session& live, EventIndex count,
                                          std::function<void()> on_data) {
  LiveOrder order = order_of(live.store(), count);
  auto started = begin(live.request(), order.choices, {}, std::move(on_data));
  if (auto* run = std::get_if<std::unique_ptr<SteppedRun>>(&started))
    (*run)->impl_->follows = std::move(order);
  return started;
}

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
