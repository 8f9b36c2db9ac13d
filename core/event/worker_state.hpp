// The legal transitions of a worker's state, as a table, and the state that an event leads to.
#pragma once

#include <array>

#include "core/event/event.hpp"

namespace lockstep {

namespace detail {

constexpr std::uint8_t state_set(auto... states) {
  return static_cast<std::uint8_t>((0U | ... | (1U << static_cast<unsigned>(states))));
}

/// Row: from. Any state of a live worker may end by a signal or by the program's end.
inline constexpr std::array<std::uint8_t, kWorkerStateCount> kLegalStates = [] {
  using enum WorkerState;
  return std::array<std::uint8_t, kWorkerStateCount>{
      /* created  */ state_set(ready),
      /* ready    */ state_set(running, killed),
      /* running  */ state_set(waiting, sleeping, finished, zombie, killed),
      /* waiting  */ state_set(running, waiting, killed, zombie),
      /* sleeping */ state_set(running, killed, zombie),
      /* finished */ state_set(),
      /* zombie   */ state_set(finished, killed),
      /* killed   */ state_set(),
  };
}();

}  // namespace detail

/// True if a worker in this state does nothing more.
constexpr bool has_ended(WorkerState state) noexcept {
  return state == WorkerState::finished || state == WorkerState::zombie || state == WorkerState::killed;
}

/// True if a worker may go from one state to the other by a single event.
constexpr bool is_legal(WorkerState from, WorkerState to) noexcept {
  return from == to || (detail::kLegalStates[static_cast<std::size_t>(from)] & detail::state_set(to)) != 0;
}

/// The state of the event's own worker after the event. Events that say nothing about it leave `now` as it
/// is. (worker_start moves the child, not the caller, to ready.)
constexpr WorkerState state_after(WorkerState now, const Event& event) noexcept {
  switch (event.kind) {
    case EventKind::worker_end: return WorkerState::finished;
    case EventKind::worker_killed:
    case EventKind::worker_cut_off: return WorkerState::killed;
    case EventKind::block: return WorkerState::waiting;
    case EventKind::sleep_begin: return WorkerState::sleeping;
    case EventKind::stall:
    case EventKind::core:
    case EventKind::paused:
    case EventKind::resumed:
    case EventKind::speed: return now;
    default: return WorkerState::running;
  }
}

}  // namespace lockstep
