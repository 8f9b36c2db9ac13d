// concurrent.futures (docs.python.org/3/library/concurrent.futures.html): Future, ThreadPoolExecutor and
// ProcessPoolExecutor.
//
//   const ThreadPoolExecutor executor("executor", 3);
//   const With scope(executor);
//   auto future = executor.submit(square, args(3));
//   print("{}", future.result());
//
// A thread pool starts a thread with each task until it has max_workers (CPython starts none while one is
// idle); a process pool starts all its processes with the first task. Whoever forgets shutdown() has it at
// the end of the program.
#pragma once

#include <exception>

#include "core/process/pool.hpp"

namespace lockstep::api {

class Future {
 public:
  /// Blocks until the task is done, at most `timeout`; then TimeoutError. Raises what the task raised, or
  /// CancelledError.
  Item result(Timeout timeout = kForever, Where at = Where::current()) const;
  /// As result, but returns the error, "ValueError: …"; None if there is none.
  Item exception(Timeout timeout = kForever, Where at = Where::current()) const;
  /// Finished or cancelled.
  bool done(Where at = Where::current()) const;
  bool running(Where at = Where::current()) const;
  bool cancelled(Where at = Where::current()) const;
  /// True if the task will not run: it had not begun.
  bool cancel(Where at = Where::current()) const;
  /// Runs callback(future) once it is done: in the worker thread, or in the parent's own thread of a process
  /// pool; in the caller if it is done already or cancelled. Its errors are dropped.
  void add_done_callback(std::function<void(Future)> callback) const;
  ObjectId id() const { return future_; }

 private:
  friend class Executor;
  Future(std::shared_ptr<WorkerPool> pool, ObjectId future) : pool_(std::move(pool)), future_(future) {}

  std::shared_ptr<WorkerPool> pool_;
  ObjectId future_;
};

/// What both executors do.
class Executor {
 public:
  /// RuntimeError after shutdown; BrokenProcessPool once a process has died.
  template <class Callable, class... Types>
  Future submit(const Callable& function, const Arguments<Types...>& arguments = {},
                Where at = Where::current()) const {
    return submit_task(
        std::apply([&](const auto&... values) { return make_task(function, values...); }, arguments.values),
        at);
  }
  /// list(executor.map(function, items)): a task for each item, and their results in order; raises what the
  /// first of them in this order raised.
  template <class Callable, class Type>
  std::vector<Item> map(const Callable& function, const std::vector<Type>& items,
                        Where at = Where::current()) const {
    std::vector<Future> futures;
    for (const Type& item : items)
      futures.push_back(submit_task(make_task(function, item), at));
    std::vector<Item> results;
    for (const Future& future : futures)
      results.push_back(future.result(kForever, at));
    return results;
  }
  template <class Callable, class Type>
  std::vector<Item> map(const Callable& function, std::initializer_list<Type> items,
                        Where at = Where::current()) const {
    return map(function, std::vector<Type>(items), at);
  }
  /// No more tasks. `wait`: blocks until the workers have ended. `cancel_futures`: tasks that have not begun
  /// are cancelled.
  void shutdown(bool wait = true, bool cancel_futures = false, Where at = Where::current()) const;
  ObjectId id() const { return pool_->queue(); }

 protected:
  Executor(WorkerPool::Options options, Where at)
      : kind_(options.kind), pool_(std::make_shared<WorkerPool>(std::move(options), at)) {}

 private:
  Future submit_task(const Task& task, Where at) const;

  WorkerKind kind_;
  std::shared_ptr<WorkerPool> pool_;
};

class ThreadPoolExecutor : public Executor {
 public:
  /// ValueError if there is to be no worker. The threads' names are those of CPython:
  /// ThreadPoolExecutor-0_0 …
  ThreadPoolExecutor(std::string_view name, int max_workers, Where at = Where::current());
};

class ProcessPoolExecutor : public Executor {
 public:
  ProcessPoolExecutor(std::string_view name, int max_workers, Where at = Where::current());
};

/// Python's `with ThreadPoolExecutor(...) as executor:` shuts it down at its end and waits.
template <class Kind>
class ExecutorScope {
 public:
  explicit ExecutorScope(const Kind& executor, Where at = Where::current()) : executor_(executor), at_(at) {}
  ~ExecutorScope() noexcept(false) {
    try {
      executor_.shutdown(true, false, at_);
    } catch (const Error&) {
      if (std::uncaught_exceptions() == 0) throw;  // else another error is on its way already
    }
  }
  ExecutorScope(const ExecutorScope&) = delete;
  ExecutorScope& operator=(const ExecutorScope&) = delete;

 private:
  Kind executor_;
  Where at_;
};
template <>
class With<ThreadPoolExecutor> : public ExecutorScope<ThreadPoolExecutor> {
 public:
  explicit With(const ThreadPoolExecutor& executor, Where at = Where::current())
      : ExecutorScope(executor, at) {}
};
template <>
class With<ProcessPoolExecutor> : public ExecutorScope<ProcessPoolExecutor> {
 public:
  explicit With(const ProcessPoolExecutor& executor, Where at = Where::current())
      : ExecutorScope(executor, at) {}
};

}  // namespace lockstep::api
