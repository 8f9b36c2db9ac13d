#include "core/analysis/atomicity.hpp"

namespace lockstep::analysis {

void AtomicityViolations::consume(const Event& event, EventIndex index, std::vector<Finding>& out) {
  const auto access = [&] { return Access{signals_.now(event.worker), index, event.site}; };
  const auto variable = [&]() -> Variable& {
    if (event.object >= variables_.size()) variables_.resize(event.object + 1U);
    return variables_[event.object];
  };
  switch (event.kind) {
    case EventKind::load:
    case EventKind::file_read: {
      auto& reads = variable().reads;
      if (event.worker >= reads.size()) reads.resize(event.worker + 1U);
      reads[event.worker] = access();
      break;
    }
    case EventKind::store:
    case EventKind::file_write:
    case EventKind::file_truncate: write(variable(), event, access(), out); break;
    case EventKind::add:
    case EventKind::file_append: variable().write = access(); break;  // needs no earlier read
    default: break;
  }
}

bool AtomicityViolations::is_stale(const Variable& variable, WorkerId worker) const {
  if (worker >= variable.reads.size()) return false;
  const Access& read = variable.reads[worker];
  const Access& other = variable.write;
  if (read.event == kNoEvent || other.event == kNoEvent || other.event < read.event) return false;
  return other.epoch.worker != worker && !signals_.before(other.epoch, worker);
}

Finding AtomicityViolations::finding(const Variable& variable, WorkerId worker, ObjectId object) {
  const Access& read = variable.reads[worker];
  const Access& other = variable.write;
  return {.kind = FindingKind::atomicity_violation,
          .workers = {worker, other.epoch.worker},
          .objects = {object},
          .events = {read.event, other.event},
          .at = other.event + 1};
}

std::optional<Finding> AtomicityViolations::impending(WorkerId worker, ObjectId object) const {
  if (object >= variables_.size() || !is_stale(variables_[object], worker)) return std::nullopt;
  return finding(variables_[object], worker, object);
}

void AtomicityViolations::write(Variable& variable, const Event& event, const Access& access,
                                std::vector<Finding>& out) {
  if (is_stale(variable, event.worker)) {
    const std::uint64_t key = std::uint64_t{event.object} << 48U |
                              std::uint64_t{variable.reads[event.worker].site} << 32U |
                              std::uint64_t{variable.write.site} << 16U | std::uint64_t{access.site};
    if (reported_.insert(key).second) {
      Finding& lost = out.emplace_back(finding(variable, event.worker, event.object));
      lost.events.push_back(access.event);
      lost.at = access.event + 1;
    }
  }
  variable.write = access;
  if (event.worker < variable.reads.size()) variable.reads[event.worker] = {};
}

}  // namespace lockstep::analysis
