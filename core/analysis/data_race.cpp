#include "core/analysis/data_race.hpp"

#include <algorithm>

namespace lockstep::analysis {

void DataRaces::consume(const Event& event, EventIndex index, const TraceStore& store,
                        std::vector<Finding>& out) {
  switch (event.kind) {
    case EventKind::load:
    case EventKind::file_read:
    case EventKind::store:
    case EventKind::file_truncate: break;
    default: return;
  }
  if (event.object >= variables_.size()) variables_.resize(event.object + 1U);
  Variable& variable = variables_[event.object];
  const Access access{order_.now(event.worker), index, event.site};
  const bool reads = event.kind == EventKind::load || event.kind == EventKind::file_read;
  reads ? read(variable, access, {store, out}) : write(variable, access, {store, out});
}

void DataRaces::read(Variable& variable, Access access, const Sink& sink) {
  const WorkerId me = access.epoch.worker;
  if (variable.reads.empty()) {
    if (variable.read.same_as(access)) return;
    report_unless_ordered(variable.write, access, sink);
    const Access last = variable.read;
    variable.read = access;
    if (last.epoch.clock == 0 || order_.before(last.epoch, me)) return;
    variable.reads.resize(std::max(last.epoch.worker, me) + 1U);
    variable.reads[last.epoch.worker] = last;
    variable.reads[me] = access;
    return;
  }
  if (me >= variable.reads.size()) variable.reads.resize(me + 1U);
  if (variable.reads[me].same_as(access)) return;
  report_unless_ordered(variable.write, access, sink);
  variable.reads[me] = access;
}

void DataRaces::write(Variable& variable, Access access, const Sink& sink) {
  if (variable.write.same_as(access)) return;
  report_unless_ordered(variable.write, access, sink);
  if (variable.reads.empty()) {
    report_unless_ordered(variable.read, access, sink);
  } else {
    for (const Access& read : variable.reads)
      report_unless_ordered(read, access, sink);
    variable.reads.clear();
    variable.read = {};
  }
  variable.write = access;
}

void DataRaces::report_unless_ordered(const Access& first, const Access& second, const Sink& sink) {
  if (first.epoch.clock == 0 || order_.before(first.epoch, second.epoch.worker)) return;
  const Event& a = sink.store[first.event];
  const Event& b = sink.store[second.event];
  const std::uint64_t key = std::uint64_t{a.object} << 32U | std::uint64_t{std::min(a.site, b.site)} << 16U |
                            std::uint64_t{std::max(a.site, b.site)};
  if (!reported_.insert(key).second) return;
  sink.out.push_back({.kind = FindingKind::data_race,
                      .workers = {a.worker, b.worker},
                      .objects = {a.object},
                      .events = {first.event, second.event},
                      .at = second.event + 1});
}

}  // namespace lockstep::analysis
