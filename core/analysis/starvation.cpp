#include "core/analysis/starvation.hpp"

namespace lockstep::analysis {
namespace {

/// The operation gives its worker something that others may be waiting for.
bool is_grant(EventKind kind) { return kind == EventKind::acquire || kind == EventKind::sem_acquire; }

}  // namespace

std::uint32_t& Starvation::grants(ObjectId id) {
  if (id >= grants_.size()) grants_.resize(id + 1U, 0);
  return grants_[id];
}

void Starvation::consume(const Event& event, EventIndex index, std::vector<Finding>& out) {
  if (befalls(event.kind)) return;
  if (event.worker >= waits_.size()) waits_.resize(event.worker + 1U);
  Wait& wait = waits_[event.worker];
  if (wait.object != kNoObject) {
    end_wait(wait, event, index, out);
    wait.object = kNoObject;
  }
  if (is_grant(event.kind)) {
    ++grants(event.object);
  } else if (event.kind == EventKind::block && is_grant(static_cast<EventKind>(event.arg))) {
    wait = {event.object, index, static_cast<RunTime>(event.time), grants(event.object)};
  }
}

void Starvation::end_wait(const Wait& wait, const Event& event, EventIndex index, std::vector<Finding>& out) {
  if (static_cast<RunTime>(event.time) - wait.since < kWaited) return;
  if (grants(wait.object) - wait.grants < kPassedOver) return;
  if (!reported_.insert(std::uint32_t{event.worker} << 16U | std::uint32_t{wait.object}).second) return;
  out.push_back({.kind = FindingKind::starvation,
                 .workers = {event.worker},
                 .objects = {wait.object},
                 .events = {wait.event, index},
                 .at = index + 1});
}

}  // namespace lockstep::analysis
