#include "core/analysis/busy_wait.hpp"

namespace lockstep::analysis {
namespace {

enum class Role : std::uint8_t { poll, pause, other };

/// A poll is a question whose answer was "not yet", or a read that may be one.
Role role_of(const Event& event) {
  switch (event.kind) {
    case EventKind::load:
    case EventKind::file_read:
    case EventKind::queue_size:
    case EventKind::would_block: return Role::poll;
    case EventKind::event_is_set: return event.arg == 0 ? Role::poll : Role::other;
    case EventKind::locked:
    case EventKind::is_alive: return event.arg != 0 ? Role::poll : Role::other;
    case EventKind::sleep_begin:
    case EventKind::sleep_end:
    case EventKind::local_set:
    case EventKind::core:
    case EventKind::stall: return Role::pause;
    default: return Role::other;
  }
}

/// Whoever prints between two reads probably wants the value; between two failed tries it is the story of the
/// waiting.
bool allows_printing(EventKind poll) { return poll != EventKind::load && poll != EventKind::file_read; }

}  // namespace

void BusyWaits::consume(const Event& event, EventIndex index, std::vector<Finding>& out) {
  const Role role = role_of(event);
  if (role == Role::pause) return;
  if (event.worker >= polls_.size()) polls_.resize(event.worker + 1U);
  Poll& poll = polls_[event.worker];
  if (role == Role::other) {
    if (event.kind != EventKind::print || !allows_printing(poll.kind)) poll.tries = 0;
    return;
  }
  const bool same = poll.tries > 0 && poll.kind == event.kind && poll.object == event.object &&
                    poll.site == event.site && poll.flags == event.flags && poll.answer == event.arg;
  if (!same) {
    poll = {event.kind, event.object, event.site, event.flags, event.arg, 1, index};
    return;
  }
  if (++poll.tries != kTries) return;
  const std::uint32_t key = std::uint32_t{event.worker} << 16U | std::uint32_t{event.object};
  if (!reported_.insert(key).second) return;
  out.push_back({.kind = FindingKind::busy_wait,
                 .workers = {event.worker},
                 .objects = {event.object},
                 .events = {poll.first, index},
                 .at = index + 1});
}

}  // namespace lockstep::analysis
