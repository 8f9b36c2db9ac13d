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

void AtomicityViolations::write(Variable& variable, const Event& event, const Access& access,
                                std::vector<Finding>& out) {
  const Access other = variable.write;
  variable.write = access;
  if (event.worker >= variable.reads.size()) return;
  const Access read = variable.reads[event.worker];
  variable.reads[event.worker] = {};
  if (read.event == kNoEvent || other.event == kNoEvent || other.event < read.event) return;
  if (other.epoch.worker == event.worker || signals_.before(other.epoch, event.worker)) return;
  const std::uint64_t key = std::uint64_t{event.object} << 48U | std::uint64_t{read.site} << 32U |
                            std::uint64_t{other.site} << 16U | std::uint64_t{access.site};
  if (!reported_.insert(key).second) return;
  out.push_back({.kind = FindingKind::atomicity_violation,
                 .workers = {event.worker, other.epoch.worker},
                 .objects = {event.object},
                 .events = {read.event, other.event, access.event},
                 .at = access.event + 1});
}

}  // namespace lockstep::analysis
