// Letting a run that is halted go on.
#include <algorithm>

#include "core/host/host.hpp"
#include "core/session/stepped_run_impl.hpp"

namespace lockstep {

/// Lets the run, which is halted, do what its plan says.
void SteppedRun::Impl::let_go() {
  phase = RunPhase::running;
  control().halted.store(Halt::none, std::memory_order_relaxed);
  control().reason.store(Halt::none, std::memory_order_release);
  shown->host->say(static_cast<char>(ControlByte::go));
}

void SteppedRun::Impl::go_on(std::uint32_t steps) {
  begin_command(steps);
  write_plan(control(), position, steps);
  let_go();
}

void SteppedRun::Impl::go_to(std::uint32_t step) {
  step = std::min(step, static_cast<std::uint32_t>(branch.size()));
  if (ready && step == position) return;
  if (ready && step > position && phase != RunPhase::ended) {
    go_on(step);
  } else {
    relaunch(step);
  }
}

}  // namespace lockstep
