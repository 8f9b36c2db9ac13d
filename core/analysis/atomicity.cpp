#include "core/analysis/atomicity.hpp"

#include "core/analysis/served_call.hpp"
#include "core/event/caption.hpp"

namespace lockstep::analysis {

void AtomicityViolations::consume(const Event& event, EventIndex index, const TraceStore& store,
                                  std::vector<Finding>& out) {
  const auto access = [&] { return Access{signals_.now(event.worker), index, event.site}; };
  const auto variable = [&]() -> Variable& {
    if (event.object >= variables_.size()) variables_.resize(event.object + 1U);
    return variables_[event.object];
  };
  switch (event.kind) {
    case EventKind::load:
    case EventKind::file_read: read(variable(), event.worker, access()); break;
    case EventKind::store:
    case EventKind::file_write:
    case EventKind::file_truncate: write(variable(), event, access(), out); break;
    case EventKind::add:
    case EventKind::file_append: variable().write = access(); break;  // needs no earlier read
    case EventKind::managed_call: consume_call(event, index, store, out); break;
    default: break;
  }
}

/// The accesses are those of the server's threads; the story is told of those who asked for them.
void AtomicityViolations::consume_call(const Event& call, EventIndex index, const TraceStore& store,
                                       std::vector<Finding>& out) {
  const ElementAccess done = element_access(caption_of(store.text(call.extra)));
  if (done.element.empty()) return;
  Variable& variable = elements_[{call.object, std::string(done.element)}];
  const Access access{signals_.now(call.worker), index, call.site};
  if (!done.writes) return read(variable, call.worker, access);
  const std::size_t before = out.size();
  write(variable, call, access, out);
  if (out.size() == before) return;
  Finding& lost = out.back();
  for (const std::size_t i : {0U, 1U}) {
    const EventIndex request = request_of(store, lost.events[2 - i]);
    if (request != kNoEvent) lost.workers[i] = store[request].worker;
  }
}

void AtomicityViolations::read(Variable& variable, WorkerId worker, const Access& access) {
  auto& reads = variable.reads;
  if (worker >= reads.size()) reads.resize(worker + 1U);
  reads[worker] = access;
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
