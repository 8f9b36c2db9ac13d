#include "core/runtime/fiber.hpp"

#include <cassert>

#include "core/runtime/apply.hpp"
#include "core/runtime/hopeless.hpp"

namespace lockstep {
namespace {

/// Process ids that look like some; no process of this machine is meant.
constexpr std::int32_t kFirstPid = 4001;

}  // namespace

FiberRuntime::Stage::Stage(FiberRuntime& owner) : runtime(owner), fiber(&FiberRuntime::run_stage, this) {}

FiberRuntime::FiberRuntime(Arena& arena) : SteppedRuntime(arena, kNoWorker) { arena.use_alone(); }

FiberRuntime::~FiberRuntime() = default;

FiberRuntime::Stage& FiberRuntime::stage(WorkerId worker) {
  while (stages_.size() <= worker)
    stages_.push_back(std::make_unique<Stage>(*this));
  return *stages_[worker];
}

FiberRuntime::Words& FiberRuntime::words(WorkerId process) {
  if (words_.size() <= process) words_.resize(process + 1U);
  if (words_[process] == nullptr) words_[process] = std::make_unique<Words>();
  return *words_[process];
}

void FiberRuntime::clear_words() {
  if (!has_words_) return;
  for (const std::unique_ptr<Words>& of_process : words_) {
    for (std::uint32_t id = 1; of_process != nullptr && id < arena_.object_count(); ++id)
      of_process->values[id].store(0, std::memory_order_relaxed);
  }
  has_words_ = false;
}

FiberEnd FiberRuntime::execute(const Plan& plan, Scheduler& scheduler) {
  assert(self_ == kNoWorker && "a run cannot run another one");
  Runtime* const outer = has_runtime() ? &runtime() : nullptr;
  clear_words();
  forget_moves();
  arena_.reset();
  arena_.header().seed = plan.seed;
  control_.stepped.store(1, std::memory_order_relaxed);
  memory_files_.clear();
  scheduler_ = &scheduler;
  trace_ = plan.trace;
  is_recorded_ = plan.trace != nullptr;
  has_histories_ = plan.has_histories;
  end_ = {};
  asked_to_end_.clear();
  plan.set_up(arena_);
  set_runtime(this);
  WorkerSlot& slot = arena_.worker(kMainWorker);
  slot.pid.store(kFirstPid, std::memory_order_relaxed);
  enter(kMainWorker);
  Stage& main = stage(kMainWorker);
  main.body = *plan.main;
  main.occupied = true;
  switch_to(kMainWorker);
  unwind_all();
  set_runtime(outer);
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  return end_of();
}

FiberEnd FiberRuntime::end_of() const {
  FiberEnd end = end_;
  end.steps = control_.steps.load(std::memory_order_relaxed);
  end.all_ended = true;
  for (std::uint32_t id = 0; id < arena_.worker_count(); ++id) {
    const Stand stand = arena_.worker(static_cast<WorkerId>(id)).step.stand;
    end.all_ended = end.all_ended && (stand == Stand::ended || stand == Stand::absent);
  }
  return end;
}

// --- the turn ---

WorkerId FiberRuntime::choose_next() {
  if (starter_ != kNoWorker) [[unlikely]]
    return std::exchange(starter_, kNoWorker);
  if (unwinding_ || end_.halted) [[unlikely]]
    return kNoWorker;
  try {
    const WorkerId next = decide(*scheduler_);
    if (next == kNoWorker) [[unlikely]]
      end_.halted = !moves_.situation().moves.empty();
    return next;
  } catch (...) {
    failure_ = std::current_exception();
    return kNoWorker;
  }
}

void FiberRuntime::switch_to(WorkerId next) {
  Fiber& from = fiber_of(self_);
  self_ = next;
  Fiber::switch_between(from, fiber_of(next));
}

void FiberRuntime::yield() {
  const WorkerId me = self_;
  const WorkerId next = choose_next();
  if (next == me) return;
  switch_to(next);
  if (unwinding_) give_up();
}

void FiberRuntime::run_stage(void* argument) {
  Stage& stage = *static_cast<Stage*>(argument);
  for (;;) {
    stage.runtime.run_body(stage);
    stage.runtime.switch_to(stage.runtime.choose_next());
  }
}

void FiberRuntime::run_body(Stage& stage) {
  try {
    stage.body();
    if (!unwinding_) leave(self_);
  } catch (const Abandoned&) {
  } catch (const std::exception&) {
    // A limit of the sandbox that could not even be told of: nothing can be said about what would follow.
    end_.halted = true;
  }
  stage.body = {};
  stage.occupied = false;
}

void FiberRuntime::unwind_all() {
  unwinding_ = true;
  starter_ = kNoWorker;
  for (std::size_t id = 0; id < stages_.size(); ++id) {
    if (stages_[id]->occupied) switch_to(static_cast<WorkerId>(id));
  }
  unwinding_ = false;
}

// --- operations ---

// A worker that is being unwound does nothing more: its destructors get empty replies, anything else goes on
// unwinding.

void FiberRuntime::give_up() {
  if (std::uncaught_exceptions() > 0) throw AbandonedInDestructor{};
  throw Abandoned{};
}

// A step from end to end in one function; each goes through all of it.
[[gnu::flatten]] Reply FiberRuntime::perform(const PendingCall& call, void* context) {
  try {
    if (unwinding_) give_up();
    return SteppedRuntime::perform(call, context);
  } catch (const AbandonedInDestructor&) {
    return {};
  }
}

void FiberRuntime::sleep(RunTime duration, TextId activity, SiteId site) {
  try {
    if (unwinding_) give_up();
    SteppedRuntime::sleep(duration, activity, site);
  } catch (const AbandonedInDestructor&) {
  }
}

void FiberRuntime::compute(RunTime duration, TextId activity, SiteId site) {
  try {
    if (unwinding_) give_up();
    SteppedRuntime::compute(duration, activity, site);
  } catch (const AbandonedInDestructor&) {
  }
}

void FiberRuntime::note(Event event) {
  if (!unwinding_) SteppedRuntime::note(event);
}

void FiberRuntime::record(const Event& event) {
  switch (event.kind) {
    case EventKind::check: end_.check_failed = end_.check_failed || event.arg == 0; break;
    case EventKind::worker_end:
      end_.error_raised = end_.error_raised || event.has(event_flag::kRaised);
      break;
    case EventKind::terminate:
    case EventKind::kill:
      if (event.arg != event.worker) asked_to_end_.insert(static_cast<WorkerId>(event.arg));
      break;
    case EventKind::worker_killed: end_.killed = end_.killed || !asked_to_end_.contains(event.worker); break;
    default: break;
  }
  if (trace_ != nullptr) trace_->push_back(event);
}

void FiberRuntime::hopeless_ended(WorkerId worker, Root::Kind why) {
  if (why == Root::Kind::cycle) {
    end_.deadlock = true;
  } else if (holds_program_open(arena_, worker)) {
    end_.stuck = true;
  }
}

std::atomic<std::int64_t>& FiberRuntime::private_word(ObjectId object) {
  has_words_ = true;
  return words(arena_.worker(self_).process).values[object];
}

// --- workers ---

void FiberRuntime::start(WorkerId child, Body body) {
  Stage& its = stage(child);
  its.body = std::move(body);
  its.occupied = true;
  enter(child);
  // It computes until its first operation, which it announces; then the turn is back here.
  starter_ = self_;
  switch_to(child);
}

void FiberRuntime::start_thread(WorkerId child, Body body) {
  if (unwinding_) return;
  WorkerSlot& slot = arena_.worker(child);
  slot.pid.store(arena_.worker(slot.process).pid.load(std::memory_order_relaxed), std::memory_order_relaxed);
  start(child, std::move(body));
}

void FiberRuntime::start_process(WorkerId child, Body body) {
  if (unwinding_) return;
  WorkerSlot& slot = arena_.worker(child);
  slot.pid.store(kFirstPid + child, std::memory_order_relaxed);
  slot.wait_status.store(-1, std::memory_order_relaxed);
  if (has_words_) {
    const Words& mine = words(arena_.worker(self_).process);
    Words& copy = words(child);
    for (std::uint32_t id = 1; id < arena_.object_count(); ++id)
      copy.values[id].store(mine.values[id].load(std::memory_order_relaxed), std::memory_order_relaxed);
  }
  start(child, std::move(body));
}

int FiberRuntime::reap(WorkerId child) {
  WorkerSlot& slot = arena_.worker(child);
  const auto code = static_cast<int>(current_state(arena_.object(slot.object)).limit);
  slot.wait_status.store(code < 0 ? -code : code << 8, std::memory_order_release);  // as waitpid gives it
  return code;
}

}  // namespace lockstep
