#include "core/event/worker_state.hpp"

#include <array>

namespace lockstep {
namespace {

constexpr std::uint8_t bit(WorkerState state) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(state)); }

using enum WorkerState;

// Row: from. Any state of a live worker may end by a signal or by the program's end.
constexpr std::array<std::uint8_t, kWorkerStateCount> kLegal{
    /* created  */ bit(ready),
    /* ready    */ static_cast<std::uint8_t>(bit(running) | bit(killed)),
    /* running  */ static_cast<std::uint8_t>(bit(waiting) | bit(sleeping) | bit(finished) | bit(zombie) | bit(killed)),
    /* waiting  */ static_cast<std::uint8_t>(bit(running) | bit(waiting) | bit(killed) | bit(zombie)),
    /* sleeping */ static_cast<std::uint8_t>(bit(running) | bit(killed) | bit(zombie)),
    /* finished */ 0,
    /* zombie   */ static_cast<std::uint8_t>(bit(finished) | bit(killed)),
    /* killed   */ 0,
};

}  // namespace

bool is_legal(WorkerState from, WorkerState to) noexcept {
  return from == to || (kLegal[static_cast<std::size_t>(from)] & bit(to)) != 0;
}

WorkerState state_after(WorkerState now, const Event& event) noexcept {
  switch (event.kind) {
    case EventKind::worker_begin: return running;
    case EventKind::worker_end: return finished;
    case EventKind::worker_killed:
    case EventKind::worker_cut_off: return killed;
    case EventKind::block: return waiting;
    case EventKind::sleep_begin: return sleeping;
    case EventKind::stall:
    case EventKind::paused:
    case EventKind::resumed:
    case EventKind::speed: return now;
    default: return running;
  }
}

}  // namespace lockstep
