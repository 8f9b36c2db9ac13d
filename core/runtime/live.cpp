#include "core/runtime/live.hpp"

#include <cassert>
#include <csignal>

#include "core/platform/clock.hpp"
#include "core/platform/futex.hpp"
#include "core/platform/process.hpp"
#include "core/runtime/apply.hpp"
#include "core/runtime/core_watch.hpp"
#include "core/runtime/holders.hpp"
#include "core/runtime/live_clock.hpp"

namespace lockstep {
namespace {

/// Events that one operation records at most, the stall of the ring left out.
constexpr std::uint32_t kEventsPerOperation = 4;

/// Between two looks at the processor's clock and at the core; some microseconds.
constexpr int kSpins = 10'000;

}  // namespace

LiveRuntime::LiveRuntime(Arena& arena, WorkerId self, const HostHooks& hooks)
    : Runtime(arena, self),
      slot_(arena.worker(self)),
      process_(arena.worker(slot_.process)),
      ring_(arena, self),
      hooks_(hooks),
      files_(arena),
      random_(first_random(arena.header().seed, self)) {
  set_runtime(this);
}

LiveRuntime::~LiveRuntime() { set_runtime(nullptr); }

RunTime LiveRuntime::now() const { return run_now(arena_.header()) + clock_ahead_; }

void LiveRuntime::go_on_from(std::uint64_t random, RunTime clock) {
  random_ = random;
  clock_ahead_ = clock - run_now(arena_.header());
}

std::uint64_t LiveRuntime::choose(std::uint64_t n) {
  assert(n >= 1);
  return next_random(random_) % n;
}

void LiveRuntime::checkpoint() {
  const ArenaHeader& header = arena_.header();
  if (header.operation_pause_ns.load(std::memory_order_relaxed) != 0) [[unlikely]]
    slow_down();
  if (header.paused.load(std::memory_order_acquire) != 0) [[unlikely]]
    hold_while_paused();
}

void LiveRuntime::hold_while_paused() {
  const ArenaHeader& header = arena_.header();
  for (;;) {
    const std::uint32_t epoch = header.epoch.load(std::memory_order_acquire);
    if (header.paused.load(std::memory_order_acquire) == 0) return;
    platform::futex_wait(header.epoch, epoch, platform::kForeverNs);
  }
}

void LiveRuntime::slow_down() {
  const ArenaHeader& header = arena_.header();
  const std::int64_t since = platform::monotonic_ns();
  for (;;) {
    const std::uint32_t epoch = header.epoch.load(std::memory_order_acquire);
    const std::int64_t rest =
        since + header.operation_pause_ns.load(std::memory_order_relaxed) - platform::monotonic_ns();
    if (rest <= 0) return;
    platform::futex_wait(header.epoch, epoch, rest);
  }
}

Reply LiveRuntime::perform(const PendingCall& call, void* context) {
  slot_.pending = call;
  checkpoint();
  if (ends_process(call, slot_, self_)) begin_to_end();
  ring_.reserve(kEventsPerOperation);
  ObjectSlot& object = arena_.object(call.object);
  Reply reply;
  bool must_wait = false;
  bool cut_off = false;
  {
    const Guard guard(object.guard, self_);
    cut_off = is_cut_off();
    if (!cut_off && !attempt(call, context, object, false, reply)) {
      if (call.timeout_ns == 0) {
        record_without(call, object, EventKind::would_block, call.operation->expire);
        reply.status = Reply::Status::would_block;
        if (call.operation->expire != nullptr) choose_waiters(object);
      } else {
        must_wait = true;
        slot_.ticket = object.next_ticket++;
        slot_.waker_seq = 0;
        slot_.wake.store(0, std::memory_order_relaxed);
        object.waiters.insert(self_);
        record_without(call, object, EventKind::block, call.operation->enter);
      }
    }
  }
  if (cut_off) platform::stop_thread();
  wake_chosen();
  return must_wait ? wait(call, context, object, call.timeout_ns) : reply;
}

Reply LiveRuntime::go_on_waiting(void* context, RunTime rest) {
  slot_.wake.store(1, std::memory_order_release);  // it may have become possible: look first
  const PendingCall call = slot_.pending;
  return wait(call, context, arena_.object(call.object), rest);
}

Reply LiveRuntime::wait(const PendingCall& call, void* context, ObjectSlot& object, RunTime time) {
  const RunTime deadline = call.timeout_ns > 0 ? run_now(arena_.header()) + time : 0;
  Reply reply;
  bool cut_off = false;
  for (bool over = false; !over;) {
    const std::int64_t rest = deadline != 0 ? real_ns_until(arena_.header(), deadline) : platform::kForeverNs;
    if (rest != 0) platform::futex_wait(slot_.wake, 0, rest);
    hold_while_paused();
    ring_.reserve(kEventsPerOperation);
    const Guard guard(object.guard, self_);
    slot_.wake.store(0, std::memory_order_seq_cst);
    cut_off = is_cut_off();
    if (cut_off) break;
    if (attempt(call, context, object, true, reply)) {
      over = true;
    } else if (deadline != 0 && run_now(arena_.header()) >= deadline) {
      record_without(call, object, EventKind::timed_out, call.operation->expire);
      reply.status = Reply::Status::timed_out;
      over = true;
    }
    if (over) {
      object.waiters.erase(self_);
      choose_waiters(object);
    }
  }
  if (cut_off) platform::stop_thread();
  wake_chosen();
  return reply;
}

void LiveRuntime::begin_to_end() {
  slot_.ending.store(true, std::memory_order_relaxed);
  const auto record = [this](ObjectSlot& pipe, const Event& event) {
    commit(pipe, event);
    choose_waiters(pipe);
  };
  ring_.reserve(kEventsPerOperation);
  while (lose_pipe(arena_, self_, self_, record)) {
    wake_chosen();
    checkpoint();
    ring_.reserve(kEventsPerOperation);
  }
}

bool LiveRuntime::attempt(const PendingCall& call, void* context, ObjectSlot& object, bool waited,
                          Reply& reply) {
  if (!is_ready(call, current_state(object), self_)) return false;
  commit(object, event_of(applied(arena_, object, self_, call, context, reply), waited));
  choose_waiters(object);
  return true;
}

void LiveRuntime::record_without(const PendingCall& call, ObjectSlot& object, EventKind kind,
                                 StateChange change) {
  commit(object, prepare_without(object, call, self_, kind, change));
}

void LiveRuntime::commit(ObjectSlot& object, Event event) {
  const std::uint32_t next = object.seq.load(std::memory_order_relaxed) + 1;
  event.seq = next;
  ring_.push(event);
  object.seq.store(next, std::memory_order_release);
}

void LiveRuntime::choose_waiters(ObjectSlot& object) {
  if (object.waiters.empty()) return;
  const ObjectState& state = current_state(object);
  WorkerId first = kNoWorker;
  const auto choose = [&](WorkerId id) {
    arena_.worker(id).waker_seq = object.seq.load(std::memory_order_relaxed);
    chosen_.insert(id);
  };
  object.waiters.each([&](WorkerId id) {
    const WorkerSlot& waiter = arena_.worker(id);
    if (id == self_ || waiter.wake.load(std::memory_order_relaxed) != 0) return;
    if (!is_ready(waiter.pending, state, id)) return;
    if (!waiter.pending.operation->exclusive) {
      choose(id);
    } else if (first == kNoWorker || waiter.ticket < arena_.worker(first).ticket) {
      first = id;
    }
  });
  if (first != kNoWorker) choose(first);
  chosen_.each([&](WorkerId id) { arena_.worker(id).wake.store(1, std::memory_order_release); });
}

void LiveRuntime::wake_chosen() {
  if (chosen_.empty()) return;
  chosen_.each([&](WorkerId id) { platform::futex_wake(arena_.worker(id).wake, 1); });
  chosen_.clear();
}

void LiveRuntime::note(Event event) {
  ring_.reserve(kEventsPerOperation);
  if (event.object == kNoObject) {
    ring_.push(event);
  } else {
    commit(arena_.object(event.object), event);
  }
}

void LiveRuntime::sleep(RunTime duration, TextId activity, SiteId site) {
  checkpoint();
  note(Event{.arg = duration, .extra = activity, .site = site, .kind = EventKind::sleep_begin});
  go_on_sleeping(duration, site);
}

void LiveRuntime::go_on_sleeping(RunTime rest, SiteId site) {
  const ArenaHeader& header = arena_.header();
  const RunTime deadline = run_now(header) + rest;
  for (;;) {
    const std::uint32_t epoch = header.epoch.load(std::memory_order_acquire);
    const std::int64_t left = real_ns_until(header, deadline);
    if (left == 0) break;
    platform::futex_wait(header.epoch, epoch, left);
  }
  note(Event{.site = site, .kind = EventKind::sleep_end});
}

void LiveRuntime::compute(RunTime duration, TextId activity, SiteId site) {
  checkpoint();
  note(Event{.arg = duration, .extra = activity, .site = site, .kind = EventKind::compute_begin});
  go_on_computing(duration, site);
}

void LiveRuntime::go_on_computing(RunTime rest, SiteId site) {
  CoreWatch watch(arena_.header());
  const auto tell = [&](std::optional<Event> event) {
    if (!event) return;
    event->site = site;
    note(*event);
  };
  tell(watch.first());
  while (rest > 0) {
    for (int i = 0; i < kSpins; ++i)
      asm volatile("");
    hold_while_paused();
    const CoreWatch::Look look = watch.look();
    rest -= look.used;
    tell(look.moved);
  }
  note(Event{.site = site, .kind = EventKind::compute_end});
}

std::atomic<std::int64_t>& LiveRuntime::private_word(ObjectId object) { return private_word_of(object); }

void LiveRuntime::start_thread(WorkerId child, Body body) {
  start_os_thread(arena_, child, [&arena = arena_, &hooks = hooks_, child, body = std::move(body)] {
    const LiveRuntime runtime(arena, child, hooks);
    body();
  });
}

void LiveRuntime::start_process(WorkerId child, Body body) {
  start_os_process(arena_, child, hooks_, [this, child, body = std::move(body)] {
    const LiveRuntime runtime(arena_, child, hooks_);
    return body();
  });
}

int LiveRuntime::reap(WorkerId child) { return reap_os_process(arena_, child); }

void LiveRuntime::signal(WorkerId child, int number) {
  const WorkerSlot& slot = arena_.worker(child);
  const int pid = slot.pid.load(std::memory_order_acquire);
  const bool reaped = slot.wait_status.load(std::memory_order_acquire) != -1;
  if (pid > 0 && !reaped) ::kill(pid, number);
}

void wake_all_waiters(Arena& arena) {
  for (std::uint32_t id = 0; id < arena.worker_count(); ++id) {
    WorkerSlot& worker = arena.worker(static_cast<WorkerId>(id));
    worker.wake.store(1, std::memory_order_release);
    platform::futex_wake(worker.wake);
  }
}

}  // namespace lockstep
