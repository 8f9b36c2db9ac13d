#include "core/runtime/gated.hpp"

#include <algorithm>

#include "core/platform/futex.hpp"
#include "core/platform/process.hpp"
#include "core/runtime/apply.hpp"
#include "core/runtime/death.hpp"
#include "core/runtime/holders.hpp"
#include "core/runtime/plan_scheduler.hpp"

namespace lockstep {

GatedRuntime::GatedRuntime(Arena& arena, WorkerId self, WorkerId starter, const HostHooks& hooks)
    : SteppedRuntime(arena, self), hooks_(hooks), files_(arena), starter_(starter) {
  set_runtime(this);
  if (starter == kSandbox) enter(self);
}

GatedRuntime::GatedRuntime(Arena& arena, const HostHooks& hooks)
    : SteppedRuntime(arena, kSandbox), hooks_(hooks), files_(arena), starter_(kNoWorker) {}

GatedRuntime::~GatedRuntime() {
  if (self_ != kSandbox) set_runtime(nullptr);
}

// --- the turn ---

void GatedRuntime::give_turn(std::uint32_t next) {
  control_.holder.store(next, std::memory_order_seq_cst);
  // Whoever dies while it is being chosen: either the supervisor sees that it has the turn, or this sees the
  // death.
  const bool somebody_died = control_.deaths.load(std::memory_order_seq_cst) != 0;
  if (next == kSandbox || somebody_died) {
    if (hooks_.turn_returned) hooks_.turn_returned();
  }
  if (next == kSandbox) return;
  if (next != self_) {
    std::atomic<std::uint32_t>& word = arena_.worker(static_cast<WorkerId>(next)).step.turn;
    word.fetch_add(1, std::memory_order_release);
    platform::futex_wake(word, 1);
  }
}

void GatedRuntime::wait_for_turn() {
  const std::atomic<std::uint32_t>& word = arena_.worker(self_).step.turn;
  for (;;) {
    const std::uint32_t seen = word.load(std::memory_order_acquire);
    const std::uint32_t holder = control_.holder.load(std::memory_order_acquire);
    if (holder == self_) return;
    if (holder == kReleased) throw Released{};
    platform::futex_wait(word, seen, platform::kForeverNs);
  }
}

void GatedRuntime::pass_turn() {
  bury_the_dead();
  PlanScheduler scheduler(arena_);
  const WorkerId next = decide(scheduler);
  if (next == kNoWorker) control_.reason.store(scheduler.reason(), std::memory_order_relaxed);
  give_turn(next == kNoWorker ? std::uint32_t{kSandbox} : next);
}

void GatedRuntime::yield() {
  if (starter_ != kNoWorker) {
    give_turn(std::exchange(starter_, kNoWorker));
  } else {
    pass_turn();
  }
  wait_for_turn();
}

void GatedRuntime::finish() {
  if (live_) return;
  leave(self_);
  pass_turn();
}

// --- events ---

void GatedRuntime::record(const Event& event) {
  RingCursor& ring = arena_.worker(event.worker).ring;
  const std::uint64_t head = ring.head.load(std::memory_order_relaxed);
  while (head - ring.tail_seen >= kRingCapacity) {
    const std::uint32_t word = ring.tail_word.load(std::memory_order_acquire);
    ring.tail_seen = ring.tail.load(std::memory_order_acquire);
    if (head - ring.tail_seen < kRingCapacity) break;
    ring_doorbell(arena_.header());
    platform::futex_wait(ring.tail_word, word, platform::kForeverNs);
  }
  arena_.ring(event.worker)[head & (kRingCapacity - 1)] = event;
  ring.head.store(head + 1, std::memory_order_release);
  if (((head + 1) & (kRingCapacity / 4 - 1)) == 0) ring_doorbell(arena_.header());
}

// --- starting and ending ---

/// The child has the turn until it has announced its first operation.
void GatedRuntime::start(WorkerId child, const std::function<void()>& launch) {
  enter(child);
  control_.holder.store(child, std::memory_order_release);
  try {
    launch();
  } catch (const Error&) {
    control_.holder.store(self_, std::memory_order_release);
    record_end(child, EventKind::worker_cut_off, 0);
    throw;
  }
  wait_for_turn();
}

void GatedRuntime::start_thread(WorkerId child, Body body) {
  start(child, [&] {
    start_os_thread(arena_, child,
                    [&arena = arena_, &hooks = hooks_, child, parent = self_, body = std::move(body)] {
                      GatedRuntime runtime(arena, child, parent, hooks);
                      body();
                      runtime.finish();
                    });
  });
}

void GatedRuntime::start_process(WorkerId child, Body body) {
  start(child, [&] {
    start_os_process(arena_, child, hooks_, [&] {
      GatedRuntime runtime(arena_, child, self_, hooks_);
      const int code = body();
      runtime.finish();
      return code;
    });
  });
}

std::atomic<std::int64_t>& GatedRuntime::private_word(ObjectId object) { return private_word_of(object); }

int GatedRuntime::reap(WorkerId child) { return reap_os_process(arena_, child); }

void GatedRuntime::deliver(WorkerId worker, int signal) {
  platform::kill_and_wait(arena_.worker(worker).pid.load(std::memory_order_acquire), signal);
}

void GatedRuntime::bury_the_dead() {
  if (control_.deaths.load(std::memory_order_relaxed) == 0) return;
  control_.deaths.store(0, std::memory_order_seq_cst);
  bool somebody_was_ended = false;
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const auto worker = static_cast<WorkerId>(id);
    WorkerSlot& slot = arena_.worker(worker);
    const std::uint32_t gone = slot.step.gone.load(std::memory_order_acquire);
    if (gone == 0 || slot.step.stand == Stand::absent || slot.step.stand == Stand::ended) continue;
    const bool has_recorded_end = current_state(arena_.object(slot.object)).value == stage_ended;
    if (has_recorded_end) {
      slot.step.stand = Stand::ended;
      continue;
    }
    somebody_was_ended = true;
    if (gone == 1) {
      record_end(worker, EventKind::worker_cut_off, 0);
    } else {
      record_end(worker, EventKind::worker_killed, static_cast<int>(gone) - 2);
    }
  }
  // A process that came to its own end is noticed at any time and changes no mark.
  if (somebody_was_ended) mark_step();
}

// --- going on live ---

LiveRuntime& GatedRuntime::go_live() {
  if (is_cut_off(arena_, self_)) platform::stop_thread();
  platform::unbind_from_core();
  live_.emplace(arena_, self_, hooks_);
  live_->go_on_from(arena_.worker(self_).step.random, now());
  return *live_;
}

RunTime GatedRuntime::rest_of_wait() { return std::max<RunTime>(arena_.worker(self_).step.due - now(), 0); }

Reply GatedRuntime::perform(const PendingCall& call, void* context) {
  try {
    return SteppedRuntime::perform(call, context);
  } catch (const Released&) {
    const bool waits = arena_.worker(self_).step.stand == Stand::waiting;
    const RunTime rest = rest_of_wait();
    return waits ? go_live().go_on_waiting(context, rest) : go_live().perform(call, context);
  }
}

void GatedRuntime::sleep(RunTime duration, TextId activity, SiteId site) {
  try {
    SteppedRuntime::sleep(duration, activity, site);
  } catch (const Released&) {
    const RunTime rest = rest_of_wait();
    go_live().go_on_sleeping(rest, site);
  }
}

void GatedRuntime::compute(RunTime duration, TextId activity, SiteId site) {
  try {
    SteppedRuntime::compute(duration, activity, site);
  } catch (const Released&) {
    const RunTime rest = rest_of_wait();
    go_live().go_on_computing(rest, site);
  }
}

}  // namespace lockstep
