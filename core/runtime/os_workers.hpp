// Workers as the operating system has them: what the live and the gated runtime share.
#pragma once

#include <atomic>
#include <functional>

#include "core/arena/arena.hpp"

namespace lockstep {

/// What the host adds to a runtime. Tests without a supervisor leave out what they do not need.
struct HostHooks {
  /// Tells the supervisor that a process was started.
  std::function<void()> process_started{};
  /// Gated: tells the supervisor that it has the turn.
  std::function<void()> turn_returned{};
};

/// See Runtime::private_word.
std::atomic<std::int64_t>& private_word_of(ObjectId object);

/// Runs `life` on a new thread as worker `child`. Throws Error if the system cannot start it.
void start_os_thread(Arena& arena, WorkerId child, std::function<void()> life);
/// The same in a process forked from this one; it ends with the exit code that `life` returns.
void start_os_process(Arena& arena, WorkerId child, const HostHooks& hooks, const std::function<int()>& life);
/// See Runtime::reap.
int reap_os_process(Arena& arena, WorkerId child);

}  // namespace lockstep
