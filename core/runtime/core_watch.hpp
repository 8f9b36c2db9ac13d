// On which core a thread computes, and when it is ready but has none: looked at between short stretches of
// work, so that a move or a wait of a millisecond or more is seen when it is over.
#pragma once

#include <optional>

#include "core/arena/arena.hpp"

namespace lockstep {

/// One object per computation, used by the thread that computes.
class CoreWatch {
 public:
  explicit CoreWatch(const ArenaHeader& header);

  struct Look {
    RunTime used = 0;            ///< core time since the last look, in run time
    std::optional<Event> moved;  ///< EventKind::core, if the thread was without a core or has another one
  };
  /// What happened since the last look, or since the beginning. Costs a system call (the thread's own clock).
  Look look();
  /// The core that it began on, as an event; nothing if the kernel does not tell.
  std::optional<Event> first() const;

 private:
  const ArenaHeader& header_;
  int core_;
  std::int64_t cpu_ns_;
  RunTime now_;
};

}  // namespace lockstep
