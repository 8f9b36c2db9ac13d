#include "core/analysis/endings.hpp"

#include <algorithm>

namespace lockstep::analysis {

Endings::Worker& Endings::worker(WorkerId id) {
  if (id >= workers_.size()) workers_.resize(id + 1U);
  return workers_[id];
}

void Endings::consume(const Event& event, EventIndex index, std::vector<Finding>& out) {
  switch (event.kind) {
    case EventKind::check: check(event, index, out); break;
    case EventKind::raise:
      worker(event.worker).raised = index;
      worker(event.worker).text = static_cast<TextId>(event.arg);
      break;
    case EventKind::terminate:
    case EventKind::kill:
      if (event.arg >= 0 && event.arg < kMaxWorkers && event.arg != event.worker) {
        worker(static_cast<WorkerId>(event.arg)).asked_to_end = true;
      }
      break;
    case EventKind::worker_end: end(event, index, out); break;
    case EventKind::worker_killed: killed(event, index, out); break;
    case EventKind::worker_cut_off: cut_off(event, index, out); break;
    default: break;
  }
  const bool part_of_end = event.kind == EventKind::pipe_close && event.extra == 1;
  if (!befalls(event.kind) && !part_of_end) worker(event.worker).last = index;
}

void Endings::check(const Event& event, EventIndex index, std::vector<Finding>& out) {
  if (event.arg != 0) return;
  if (event.object >= broken_.size()) broken_.resize(event.object + 1U);
  if (broken_[event.object]) return;
  broken_[event.object] = true;
  out.push_back({.kind = FindingKind::broken_check,
                 .workers = {event.worker},
                 .objects = {event.object},
                 .events = {index},
                 .at = index + 1});
}

void Endings::end(const Event& event, EventIndex index, std::vector<Finding>& out) {
  if (!event.has(event_flag::kRaised)) return;
  const Worker& me = worker(event.worker);
  Finding finding{
      .kind = FindingKind::error_raised, .workers = {event.worker}, .at = index + 1, .text = me.text};
  if (me.raised != kNoEvent) finding.events.push_back(me.raised);
  finding.events.push_back(index);
  out.push_back(std::move(finding));
}

void Endings::killed(const Event& event, EventIndex index, std::vector<Finding>& out) {
  if (worker(event.worker).asked_to_end) return;
  Finding finding{.kind = FindingKind::killed, .workers = {event.worker}, .at = index + 1};
  for (const ObjectId lock : replay_.worker(event.worker).held) {
    finding.objects.push_back(lock);
    finding.events.push_back(replay_.object(lock).acquired_at);
  }
  if (const EventIndex last = worker(event.worker).last; last != kNoEvent) finding.events.push_back(last);
  finding.events.push_back(index);
  std::sort(finding.events.begin(), finding.events.end());
  finding.events.erase(std::unique(finding.events.begin(), finding.events.end()), finding.events.end());
  out.push_back(std::move(finding));
}

void Endings::cut_off(const Event& event, EventIndex index, std::vector<Finding>& out) {
  Finding finding{.kind = FindingKind::unfinished_worker, .workers = {event.worker}, .at = index + 1};
  if (const EventIndex last = worker(event.worker).last; last != kNoEvent) finding.events.push_back(last);
  finding.events.push_back(index);
  out.push_back(std::move(finding));
}

}  // namespace lockstep::analysis
