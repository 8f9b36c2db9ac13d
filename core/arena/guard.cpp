#include <thread>

#include "core/arena/arena.hpp"
#include "core/platform/futex.hpp"
#include "core/platform/process.hpp"

namespace lockstep {

// The three-state mutex of U. Drepper, "Futexes Are Tricky" (2011), with the owner's number in place of
// the 1.
void Guard::lock_slowly(std::uint32_t mine) {
  constexpr int kSpins = 40;
  for (int i = 0; i < kSpins; ++i) {
    std::uint32_t free = 0;
    if (word_.word.load(std::memory_order_relaxed) == 0 &&
        word_.word.compare_exchange_strong(free, mine, std::memory_order_acquire)) {
      return;
    }
  }
  for (;;) {
    std::uint32_t seen = word_.word.load(std::memory_order_relaxed);
    if (seen == 0) {
      // Others may wait: whoever takes it after sleeping must keep the bit.
      if (word_.word.compare_exchange_strong(seen, mine | kContended, std::memory_order_acquire)) return;
      continue;
    }
    if ((seen & kContended) == 0 &&
        !word_.word.compare_exchange_strong(seen, seen | kContended, std::memory_order_relaxed)) {
      continue;
    }
    platform::futex_wait(word_.word, seen | kContended, platform::kForeverNs);
  }
}

Guard::Guard(Arena& arena, ObjectId id) : word_(arena.object(id).guard) {
  for (;;) {
    std::uint32_t seen = 0;
    if (word_.word.compare_exchange_strong(seen, kSandbox + 1U, std::memory_order_acquire)) return;
    const auto holder = static_cast<WorkerId>((seen & ~kContended) - 1);
    if (platform::has_ended(arena.worker(holder).pid.load(std::memory_order_acquire))) {
      recover_object(arena, id, holder);
    } else {
      std::this_thread::yield();
    }
  }
}

void Guard::wake() { platform::futex_wake(word_.word, 1); }

void recover_object(Arena& arena, ObjectId id, WorkerId dead) {
  ObjectSlot& slot = arena.object(id);
  const std::uint32_t word = slot.guard.word.load(std::memory_order_acquire);
  if ((word & ~Guard::kContended) != dead + 1U) {
    // It may have been the one that was woken for the guard and never came: let the others look.
    platform::futex_wake(slot.guard.word);
    return;
  }
  const RingCursor& ring = arena.worker(dead).ring;
  const std::uint64_t head = ring.head.load(std::memory_order_acquire);
  if (head > 0) {
    const Event& last = arena.ring(dead)[(head - 1) % kRingCapacity];
    const std::uint32_t next = slot.seq.load(std::memory_order_relaxed) + 1;
    if (last.object == id && last.seq == next) slot.seq.store(next, std::memory_order_release);
  }
  slot.waiters.erase(dead);
  slot.guard.word.store(0, std::memory_order_release);
  platform::futex_wake(slot.guard.word);
}

}  // namespace lockstep
