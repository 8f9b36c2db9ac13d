#include "core/analysis/stuck.hpp"

#include <algorithm>

namespace lockstep::analysis {
namespace {

/// An object whose waiters are woken by a signal that can come too early.
bool is_signal(ObjectKind kind) { return kind == ObjectKind::condition || kind == ObjectKind::event; }

}  // namespace

void StuckDetector::consume(const Event& event, EventIndex index, std::vector<Finding>& out) {
  switch (event.kind) {
    case EventKind::block:
      if (replay_.anyone_moves()) consider(event.worker, index, out);
      break;
    case EventKind::worker_end:
    case EventKind::worker_killed:
    case EventKind::worker_cut_off: consider_locks_of(event.worker, index, out); break;
    default: break;
  }
  if (replay_.anyone_moves()) {
    all_stuck_ = false;
  } else if (!befalls(event.kind)) {
    consider_all(index, out);
  }
}

Root StuckDetector::root_of(WorkerId worker) const {
  return lockstep::root_of(worker, replay_.worker_limit(), replay_.anyone_moves(),
                           [this](WorkerId id) { return replay_.dependence(id); });
}

void StuckDetector::consider(WorkerId worker, EventIndex index, std::vector<Finding>& out) {
  const Root root = root_of(worker);
  if (root.kind == Root::Kind::cycle && !in_cycle_[root.worker]) report_cycle(root.worker, index, out);
  if (root.kind == Root::Kind::waits) report_group(root.worker, index, out);
}

void StuckDetector::consider_all(EventIndex index, std::vector<Finding>& out) {
  all_stuck_ = false;
  for (WorkerId id = 0; id < replay_.worker_limit(); ++id) {
    if (!is_waiting(id)) continue;
    all_stuck_ = all_stuck_ || replay_.holds_program_open(id);
    consider(id, index, out);
  }
}

void StuckDetector::consider_locks_of(WorkerId dead, EventIndex index, std::vector<Finding>& out) {
  const auto& held = replay_.worker(dead).held;
  if (held.empty()) return;
  for (WorkerId id = 0; id < replay_.worker_limit(); ++id) {
    if (!is_waiting(id) || replay_.worker(id).timed) continue;
    if (std::find(held.begin(), held.end(), replay_.worker(id).object) != held.end())
      consider(id, index, out);
  }
}

void StuckDetector::report_cycle(WorkerId member, EventIndex index, std::vector<Finding>& out) {
  Finding finding{.kind = FindingKind::deadlock_cycle, .at = index + 1};
  WorkerId at = member;
  do {
    in_cycle_[at] = true;
    finding.workers.push_back(at);
    at = replay_.dependence(at).worker;
  } while (at != member);
  std::rotate(finding.workers.begin(), std::min_element(finding.workers.begin(), finding.workers.end()),
              finding.workers.end());
  for (const WorkerId id : finding.workers) {
    const WorkerReplay& worker = replay_.worker(id);
    finding.objects.push_back(worker.object);
    finding.events.push_back(worker.blocked_at);
    const EventIndex acquired = replay_.object(worker.object).acquired_at;
    if (acquired != kNoEvent) finding.events.push_back(acquired);
  }
  std::sort(finding.events.begin(), finding.events.end());
  out.push_back(std::move(finding));
}

void StuckDetector::report_group(WorkerId root, EventIndex index, std::vector<Finding>& out) {
  const Group group{replay_.worker(root).object, replay_.worker(root).wants};
  if (std::find(reported_.begin(), reported_.end(), group) != reported_.end()) return;
  Finding finding{.kind = FindingKind::stuck, .objects = {group.object}, .at = index + 1};
  bool matters = false;
  for (WorkerId id = 0; id < replay_.worker_limit(); ++id) {
    if (!is_waiting(id)) continue;
    const Root other = root_of(id);
    if (other.kind != Root::Kind::waits) continue;
    const WorkerReplay& last = replay_.worker(other.worker);
    if (Group{last.object, last.wants} != group) continue;
    matters = matters || replay_.holds_program_open(id);
    finding.events.push_back(replay_.worker(id).blocked_at);
    if (other.worker != id) continue;  // merely behind
    finding.workers.push_back(id);
    if (!is_signal(replay_.object(group.object).kind)) continue;
    for (const EventIndex missed : lost_.missed_by(id)) {
      finding.kind = FindingKind::lost_wakeup;
      finding.events.push_back(missed);
    }
  }
  if (!matters) return;
  const ObjectReplay& object = replay_.object(group.object);
  if (object.owner != kNoWorker) finding.events.push_back(object.acquired_at);
  std::sort(finding.events.begin(), finding.events.end());
  finding.events.erase(std::unique(finding.events.begin(), finding.events.end()), finding.events.end());
  reported_.push_back(group);
  out.push_back(std::move(finding));
}

}  // namespace lockstep::analysis
