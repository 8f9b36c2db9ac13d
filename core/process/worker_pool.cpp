#include "core/process/worker_pool.hpp"

#include <algorithm>
#include <iterator>

#include "core/process/joined.hpp"

namespace lockstep {
namespace {

constexpr const char* kBroken =
    "BrokenProcessPool: A process in the process pool was terminated abruptly while the future was "
    "running or pending.";

}  // namespace

WorkerPool::WorkerPool(Options options, api::Where at)
    : options_(std::move(options)),
      queue_(create_task_queue(options_.name, options_.size, options_.at_exit)) {
  if (options_.kind == WorkerKind::process)
    results_ = create_single_channel(options_.name + " results", at, Inheritance::on_offer);
}

// --- workers

void WorkerPool::add_worker(api::Where at) {
  const std::string name = options_.worker_name ? options_.worker_name(hired_) : std::string();
  ++hired_;
  const api::WorkerOptions options{.name = name, .daemon = options_.daemons};
  if (options_.kind == WorkerKind::thread) {
    const api::Thread thread(options, [self = shared_from_this()] { self->serve_by_thread(); });
    hire(queue_, thread.id());
    thread.start(at);
    // Kept only once it runs: one that never starts would keep its work, and its work keeps this pool.
    const std::lock_guard lock(mutex_);
    threads_.push_back(thread);
    return;
  }
  const api::Process process(options, serve_by_process, queue_, results_);
  hire(queue_, process.id());
  channel_offer(results_, process.id(), kWriteEnd);
  {
    const std::lock_guard lock(mutex_);
    processes_.push_back(process);
  }
  process.start(at);
}

void WorkerPool::start_one(api::Where at) {
  if (hired_ < options_.size) add_worker(at);
}

void WorkerPool::start_all(api::Where at) {
  if (hired_ > 0) return;
  for (int i = 0; i < options_.size; ++i)
    add_worker(at);
  if (options_.kind == WorkerKind::thread) return;
  const api::Thread handler({.name = options_.name + " results", .daemon = options_.daemons},
                            [self = shared_from_this()] { self->handle_results(); });
  handler.start(at);  // kept only then, as above
  handler_.push_back(handler);
}

void WorkerPool::serve_by_process(ObjectId queue, ObjectId results) {
  while (const auto future = take_task(queue)) {
    if (!begin_future(*future)) continue;
    const TaskOutcome outcome = run_task(*future);
    const auto tag = outcome.raised ? MessageTag::error : MessageTag::item;
    channel_send(results, {outcome.value, tag, *future}, api::kNowhere);
  }
}

void WorkerPool::serve_by_thread() {
  while (const auto future = take_task(queue_)) {
    if (!begin_future(*future)) continue;
    settle(*future, run_task(*future));
  }
}

void WorkerPool::terminate_workers(api::Where at) {
  std::vector<api::Process> workers;
  {
    const std::lock_guard lock(mutex_);
    workers = processes_;
  }
  for (const api::Process& worker : workers) {
    if (!has_joined(worker.id())) worker.terminate(at);
  }
}

void WorkerPool::join(api::Where at) {
  for (const api::Thread& thread : handler_)
    thread.join(api::kForever, at);
  std::vector<api::Thread> threads;
  {
    const std::lock_guard lock(mutex_);
    threads = threads_;
  }
  for (const api::Thread& thread : threads)
    thread.join(api::kForever, at);
}

// --- tasks

ObjectId WorkerPool::submit(const Task& task, Callback callback, const Refusal& closed, api::Where at) {
  const ObjectId future = create_future(queue_, task);
  {
    const std::lock_guard lock(mutex_);
    Pending& entry = pending_[future];
    if (callback) entry.callbacks.push_back(std::move(callback));
  }
  try {
    lockstep::submit(queue_, future, closed, at);
  } catch (const Error&) {
    const std::lock_guard lock(mutex_);
    pending_.erase(future);
    throw;
  }
  return future;
}

std::vector<ObjectId> WorkerPool::unsettled() {
  const std::lock_guard lock(mutex_);
  std::vector<ObjectId> result;
  for (const auto& [future, entry] : pending_) {
    if (!entry.set) result.push_back(future);
  }
  return result;
}

void WorkerPool::when_done(ObjectId future, const Callback& callback) {
  const auto outcome = outcome_or(future, [&] {
    const std::lock_guard lock(mutex_);
    pending_[future].callbacks.push_back(callback);
  });
  if (outcome) callback(future, *outcome);
}

void WorkerPool::run_callbacks(ObjectId future, const TaskOutcome& outcome) {
  std::vector<Callback> callbacks;
  {
    const std::lock_guard lock(mutex_);
    Pending& entry = pending_[future];
    entry.set = true;
    callbacks.swap(entry.callbacks);
  }
  for (const Callback& callback : callbacks)
    callback(future, outcome);
}

void WorkerPool::settle(ObjectId future, const TaskOutcome& outcome) {
  std::uint32_t order = 0;
  {
    const std::lock_guard lock(mutex_);
    order = settled_++;
  }
  set_future(future, outcome, order);
  run_callbacks(future, outcome);
}

// --- the handler of results

void WorkerPool::handle_results() {
  const std::uint32_t of_parent = 1;
  std::uint32_t writers = of_parent + static_cast<std::uint32_t>(options_.size);
  while (writers > of_parent) {
    const Arrival arrival = channel_await(results_, writers);
    if (arrival.message) {
      const Message& message = *arrival.message;
      settle(message.about, {message.value, message.tag == MessageTag::error});
      continue;
    }
    if (!take_leave(arrival.writers)) break_down();
    const std::lock_guard lock(mutex_);
    const auto stay = std::count_if(processes_.begin(), processes_.end(),
                                    [](const api::Process& worker) { return !has_joined(worker.id()); });
    writers = of_parent + static_cast<std::uint32_t>(stay);
  }
  channel_close(results_, kBothEnds, api::kNowhere);
}

bool WorkerPool::take_leave(const WorkerSet& writers) {
  std::vector<api::Process> gone;
  {
    const std::lock_guard lock(mutex_);
    std::copy_if(processes_.begin(), processes_.end(), std::back_inserter(gone),
                 [&](const api::Process& worker) {
                   return !writers.contains(worker.id()) && !has_joined(worker.id());
                 });
  }
  bool whole = true;
  for (const api::Process& worker : gone) {
    worker.join(api::kForever, api::kNowhere);
    const bool died = worker.exitcode() != 0;
    if (!died || !is_running(queue_)) continue;
    if (options_.replaces_dead) {
      add_worker(api::kNowhere);
    } else {
      whole = false;
    }
  }
  return whole;
}

/// What ProcessPoolExecutor does: whoever waits for a result is told, the other workers are ended.
void WorkerPool::break_down() {
  end_tasks(queue_, PoolStage::broken, api::kNowhere);
  terminate_workers(api::kNowhere);
  const TaskOutcome broken{Value::of_text(runtime().arena().intern(kBroken)), true};
  for (const ObjectId future : unsettled())
    settle(future, broken);
}

}  // namespace lockstep
