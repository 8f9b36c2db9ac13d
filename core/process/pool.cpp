#include "core/process/pool.hpp"

#include <algorithm>

namespace lockstep::api {
namespace {

bool is_done(ObjectId future, const Where& at) { return ask_future(future, FutureQuestion::done, at); }

constexpr Refusal kNotRunning{"ValueError", "Pool not running"};

/// The rest of a time-out that began at `since`.
Timeout rest_of(Timeout timeout, RunTime since) {
  if (timeout.is_forever()) return kForever;
  return std::chrono::nanoseconds(std::max<RunTime>(timeout.ns() - (runtime().now() - since), 0));
}

/// What the tasks of one map came to, told once by the pool's thread.
struct MapGroup {
  std::size_t left = 0;
  std::map<ObjectId, Item> results;  ///< futures are numbered in the order of the items
  std::optional<Item> error;
  ListCallback callback;
  ErrorCallback error_callback;

  void take(ObjectId future, const TaskOutcome& outcome) {
    if (outcome.raised && !error) error = error_item(outcome);
    if (!outcome.raised) results.insert_or_assign(future, Item(outcome.value));
    if (--left > 0) return;
    if (error && error_callback) {
      tell_callback(future);
      error_callback(*error);
    } else if (!error && callback) {
      tell_callback(future);
      std::vector<Item> list;
      for (const auto& [each, result] : results)
        list.push_back(result);
      callback(list);
    }
  }
};

}  // namespace

// --- results

Item AsyncResult::get(Timeout timeout, Where at) const {
  const auto outcome = await_future(future_, timeout, at);
  if (!outcome) raise("TimeoutError", "", site_of(at));
  if (outcome->raised) raise_outcome(*outcome, at);
  return Item(outcome->value);
}

void AsyncResult::wait(Timeout timeout, Where at) const { await_future(future_, timeout, at); }

bool AsyncResult::ready(Where at) const { return is_done(future_, at); }

bool AsyncResult::successful(Where at) const {
  const auto outcome = await_future(future_, kNoWait, at);
  if (!outcome) raise("ValueError", "the result is not ready", site_of(at));
  return !outcome->raised;
}

std::vector<Item> MapResult::get(Timeout timeout, Where at) const {
  const RunTime since = runtime().now();
  std::vector<Item> results;
  std::optional<TaskOutcome> error;
  std::uint32_t first = 0;
  for (const ObjectId future : futures_) {
    const auto outcome = await_future(future, rest_of(timeout, since), at);
    if (!outcome) raise("TimeoutError", "", site_of(at));
    results.emplace_back(outcome->value);
    if (outcome->raised && (!error || order_of_future(future) < first)) {
      error = outcome;
      first = order_of_future(future);
    }
  }
  if (error) raise_outcome(*error, at);
  return results;
}

void MapResult::wait(Timeout timeout, Where at) const {
  const RunTime since = runtime().now();
  for (const ObjectId future : futures_) {
    if (!await_future(future, rest_of(timeout, since), at)) return;
  }
}

bool MapResult::ready(Where at) const {
  return std::ranges::all_of(futures_, [&](ObjectId future) { return is_done(future, at); });
}

bool MapResult::successful(Where at) const {
  bool all = true;
  for (const ObjectId future : futures_)
    all = AsyncResult(future).successful(at) && all;
  return all;
}

// --- the pool

Pool::Pool(std::string_view name, int processes, Where at) {
  if (processes < 1) raise("ValueError", "Number of processes must be at least 1", site_of(at));
  WorkerPool::Options options{.name = std::string(name), .size = processes};
  options.daemons = true;
  options.replaces_dead = true;
  options.worker_name = [](int) { return next_process_name("ForkPoolWorker-"); };
  pool_ = std::make_shared<WorkerPool>(std::move(options), at);
  pool_->start_all(at);
}

ObjectId Pool::submit(const Task& task, ResultCallback callback, ErrorCallback error_callback,
                      Where at) const {
  Callback both;
  if (callback || error_callback) {
    both = [callback = std::move(callback), error_callback = std::move(error_callback)](
               ObjectId future, const TaskOutcome& outcome) {
      if (outcome.raised ? !error_callback : !callback) return;
      tell_callback(future);
      outcome.raised ? error_callback(error_item(outcome)) : callback(Item(outcome.value));
    };
  }
  return pool_->submit(task, std::move(both), kNotRunning, at);
}

MapResult Pool::submit_all(const std::vector<Task>& tasks, ListCallback callback,
                           ErrorCallback error_callback, Where at) const {
  const auto group = std::make_shared<MapGroup>();
  group->left = tasks.size();
  group->callback = std::move(callback);
  group->error_callback = std::move(error_callback);
  const bool is_told = group->callback || group->error_callback;
  std::vector<ObjectId> futures;
  for (const Task& task : tasks) {
    Callback one;
    if (is_told) {
      one = [group](ObjectId future, const TaskOutcome& outcome) { group->take(future, outcome); };
    }
    futures.push_back(pool_->submit(task, std::move(one), kNotRunning, at));
  }
  return MapResult(std::move(futures));
}

void Pool::close(Where at) const {
  if (stage_of_pool(id()) == PoolStage::open) end_tasks(id(), PoolStage::closed, at);
}

void Pool::terminate(Where at) const {
  if (stage_of_pool(id()) == PoolStage::terminated) return;
  end_tasks(id(), PoolStage::terminated, at);
  pool_->terminate_workers(at);
  pool_->join(at);
}

void Pool::join(Where at) const {
  if (stage_of_pool(id()) == PoolStage::open) raise("ValueError", "Pool is still running", site_of(at));
  pool_->join(at);
}

}  // namespace lockstep::api
