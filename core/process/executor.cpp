#include "core/process/executor.hpp"

namespace lockstep::api {
namespace {

WorkerPool::Options options_for(std::string_view name, int max_workers, WorkerKind kind, const Where& at) {
  if (max_workers < 1) raise("ValueError", "max_workers must be greater than 0", site_of(at));
  WorkerPool::Options options{.name = std::string(name), .size = max_workers, .kind = kind};
  options.at_exit = AtExit::close;
  return options;
}

constexpr Refusal kShutDown{"RuntimeError", "cannot schedule new futures after shutdown"};

/// As CPython counts its thread pools: by process, from 0.
int pools_before(const Arena& arena) {
  int count = 0;
  for (std::uint32_t id = 1; id < arena.object_count(); ++id) {
    const ObjectSlot& slot = arena.object(static_cast<ObjectId>(id));
    if (slot.kind == ObjectKind::pool && slot.creator == runtime().self()) ++count;
  }
  return count;
}

WorkerPool::Options thread_options(std::string_view name, int max_workers, const Where& at) {
  WorkerPool::Options options = options_for(name, max_workers, WorkerKind::thread, at);
  const std::string prefix = "ThreadPoolExecutor-" + std::to_string(pools_before(runtime().arena())) + "_";
  options.worker_name = [prefix](int n) { return prefix + std::to_string(n); };
  return options;
}

}  // namespace

Item Future::result(Timeout timeout, Where at) const {
  const auto outcome = await_future(future_, timeout, at);
  if (!outcome) raise("TimeoutError", "", site_of(at));
  if (outcome->raised) raise_outcome(*outcome, at);
  return Item(outcome->value);
}

Item Future::exception(Timeout timeout, Where at) const {
  const auto outcome = await_future(future_, timeout, at);
  if (!outcome) raise("TimeoutError", "", site_of(at));
  return outcome->raised ? error_item(*outcome) : Item(None);
}

bool Future::done(Where at) const { return ask_future(future_, FutureQuestion::done, at); }
bool Future::running(Where at) const { return ask_future(future_, FutureQuestion::running, at); }
bool Future::cancelled(Where at) const { return ask_future(future_, FutureQuestion::cancelled, at); }

bool Future::cancel(Where at) const {
  const bool cancelled = cancel_future(future_, at);
  if (cancelled) pool_->run_callbacks(future_, {Value::nothing(), false});
  return cancelled;
}

void Future::add_done_callback(std::function<void(Future)> callback) const {
  // The pool keeps the callback, so the callback does not keep the pool; who runs it does.
  pool_->when_done(future_, [pool = std::weak_ptr(pool_), callback = std::move(callback)](
                                ObjectId future, const TaskOutcome&) {
    tell_callback(future);
    try {
      callback(Future(pool.lock(), future));
    } catch (const Error&) {  // NOLINT: as CPython, which writes it to its log
    }
  });
}

Future Executor::submit_task(const Task& task, Where at) const {
  if (kind_ == WorkerKind::process && stage_of_pool(id()) == PoolStage::open) pool_->start_all(at);
  const ObjectId future = pool_->submit(task, {}, kShutDown, at);
  if (kind_ == WorkerKind::thread) pool_->start_one(at);
  return {pool_, future};
}

void Executor::shutdown(bool wait, bool cancel_futures, Where at) const {
  end_tasks(id(), PoolStage::closed, at);  // changes nothing if it is closed or broken
  if (cancel_futures) {
    for (const ObjectId future : pool_->unsettled()) {
      const Future each(pool_, future);
      if (!each.done(at)) each.cancel(at);
    }
  }
  if (wait) pool_->join(at);
}

ThreadPoolExecutor::ThreadPoolExecutor(std::string_view name, int max_workers, Where at)
    : Executor(thread_options(name, max_workers, at), at) {}

ProcessPoolExecutor::ProcessPoolExecutor(std::string_view name, int max_workers, Where at)
    : Executor(options_for(name, max_workers, WorkerKind::process, at), at) {}

}  // namespace lockstep::api
