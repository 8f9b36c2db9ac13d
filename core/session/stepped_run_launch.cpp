// Starting and ending the runs of a SteppedRun.
#include <algorithm>
#include <chrono>
#include <system_error>

#include "core/session/stepped_run_impl.hpp"

namespace lockstep {

/// The first `steps` of the branch, of which those from `from` on have not been taken.
void SteppedRun::Impl::write_plan(StepControl& step, std::uint32_t from, std::uint32_t steps) const {
  std::copy(branch.begin() + from, branch.begin() + steps, step.choices.begin() + from);
  const std::size_t known = std::min<std::size_t>(marks.size(), steps);
  std::copy(marks.begin(), marks.begin() + static_cast<std::ptrdiff_t>(known), step.expected.begin());
  step.plan.planned = steps;
  step.plan.expected = static_cast<std::uint32_t>(known);
  step.plan.stop_at = steps;
  step.plan.synchronize = kNoWorker;
  step.stop_asked = 0;
}

std::unique_ptr<RunCore> SteppedRun::Impl::launch(std::uint32_t steps) const {
  auto core = std::make_unique<RunCore>(checked, RunMode::step);
  ArenaHeader& header = core->arena.header();
  header.segments[0] = {0, 0, 1.0};  // an event's raw time is its time
  header.step.stepped = 1;
  header.step.rule = SleepRule::any_order;
  write_plan(header.step, 0, steps);
  core->launch([] {}, on_data);
  return core;
}

/// Ends a run, without waiting for it if there is a thread for that.
void SteppedRun::Impl::retire(std::unique_ptr<RunCore> core) {
  std::erase_if(ending, [](std::future<void>& one) {
    return one.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  });
  if (core == nullptr) return;
  try {
    ending.push_back(std::async(std::launch::async, [old = std::move(core)]() mutable { old.reset(); }));
  } catch (const std::system_error&) {  // the system has no thread left: the run was ended here
  }
}

void SteppedRun::Impl::fail(const std::string& sentence) {
  phase = RunPhase::ended;
  end = {Outcome::killed, true, sentence};
  ready = true;
}

void SteppedRun::Impl::begin_command(std::uint32_t where) {
  ready = false;
  halted = Halt::none;
  aim = where;
  seeks_finding = false;
  divergence = {};
  divergence_sentence.clear();
}

void SteppedRun::Impl::relaunch(std::uint32_t steps) {
  begin_command(steps);
  try {
    retire(std::exchange(coming, nullptr));
    coming = launch(steps);
  } catch (const std::exception& failure) {
    fail(failure.what());
  }
}

}  // namespace lockstep
