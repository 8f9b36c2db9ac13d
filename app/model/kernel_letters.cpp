#include "app/model/kernel_letters.hpp"

namespace lockstep {
namespace {

constexpr double kInterval = 0.25;

/// The processes of the run exist, and the screen shows the present.
bool shows_present(const AppModel& model) {
  if (!model.at_newest() || model.run.phase().value_or(RunPhase::ended) == RunPhase::ended) return false;
  const SteppedRun* stepped = model.run.stepped();
  return !stepped || stepped->ready();
}

}  // namespace

void KernelLetters::update(const AppModel& model, const std::vector<ProcessNode>& nodes, double seconds) {
  if (!shows_present(model)) {
    now_.clear();
    supervisor_ = adopter_pid(model.run.store(), model.moment());
    read_at_ = -1;
    return;
  }
  const bool other = generation_ != model.run.generation() ||
                     (moment_ != model.moment() && !model.run.is_going());  // there it moves with each frame
  if (!other && read_at_ >= 0 && seconds - read_at_ < kInterval) return;
  generation_ = model.run.generation();
  moment_ = model.moment();
  read_at_ = seconds;
  now_.clear();
  for (const ProcessNode& node : nodes) {
    const int pid = model.run.store().workers()[node.process].pid;
    if (pid == 0 || node.stage == ProcessStage::gone) continue;
    const KernelSight sight = look_at_kernel(pid);
    if (sight.letter != 0) now_.emplace(node.process, sight);
    if (node.parent == kSandbox && sight.parent != 0) supervisor_ = sight.parent;
  }
}

KernelLetter KernelLetters::of(const ProcessNode& node, const TraceStore& store) const {
  const auto now = now_.find(node.process);
  if (now != now_.end() && node.stage != ProcessStage::gone) return {now->second.letter, kNoEvent};
  if (node.asked == kNoEvent) return {};
  return {static_cast<char>(store[node.asked].arg), node.asked};
}

}  // namespace lockstep
