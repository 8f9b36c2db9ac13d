// multiprocessing.Pool (docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.Pool): worker
// processes that are started once and take one task after the other.
//
//   const Function square("square", [](int n) { return n * n; });
//   Pool pool("pool", 2);
//   auto result = pool.apply_async(square, args(3));
//   print("{}", result.get());
//
// Callbacks run in the parent, on the pool's own thread. A task that a killed worker was at is lost, as in
// CPython: its result never comes. Each item of a map is a task of its own (CPython: of up to four items for
// each worker).
#pragma once

#include <exception>
#include <initializer_list>
#include <tuple>

#include "core/process/worker_pool.hpp"
#include "core/sync/lock.hpp"

namespace lockstep::api {

/// What a task is given: args(1, "two").
template <class... Types>
struct Arguments {
  std::tuple<Types...> values;
};
template <class... Types>
Arguments<Types...> args(Types... values) {
  return {{values...}};
}

using ResultCallback = std::function<void(const Item& result)>;
using ListCallback = std::function<void(const std::vector<Item>& results)>;
/// Is given the error as "ValueError: …".
using ErrorCallback = std::function<void(const Item& error)>;

class AsyncResult {
 public:
  explicit AsyncResult(ObjectId future) : future_(future) {}
  /// Blocks until the result is there, at most `timeout`; then TimeoutError. Raises what the task raised.
  Item get(Timeout timeout = kForever, Where at = Where::current()) const;
  /// Blocks until the result is there, at most `timeout`.
  void wait(Timeout timeout = kForever, Where at = Where::current()) const;
  bool ready(Where at = Where::current()) const;
  /// Whether it came without an error. ValueError if it has not come.
  bool successful(Where at = Where::current()) const;
  ObjectId id() const { return future_; }

 private:
  ObjectId future_;
};

/// The results of a map, in the order of its items.
class MapResult {
 public:
  explicit MapResult(std::vector<ObjectId> futures) : futures_(std::move(futures)) {}
  /// Blocks until all are there. Raises the error that came first, if any task raised one.
  std::vector<Item> get(Timeout timeout = kForever, Where at = Where::current()) const;
  void wait(Timeout timeout = kForever, Where at = Where::current()) const;
  bool ready(Where at = Where::current()) const;
  bool successful(Where at = Where::current()) const;

 private:
  std::vector<ObjectId> futures_;
};

class Pool {
 public:
  /// Starts the workers, daemons, at once. ValueError if there is to be none.
  Pool(std::string_view name, int processes, Where at = Where::current());

  /// apply_async(...).get()
  template <class Callable, class... Types>
  Item apply(const Callable& function, const Arguments<Types...>& arguments = {},
             Where at = Where::current()) const {
    return AsyncResult(submit(task_with(function, arguments), {}, {}, at)).get(kForever, at);
  }
  /// ValueError once the pool is closed or terminated.
  template <class Callable, class... Types>
  AsyncResult apply_async(const Callable& function, const Arguments<Types...>& arguments = {},
                          ResultCallback callback = {}, ErrorCallback error_callback = {},
                          Where at = Where::current()) const {
    return AsyncResult(
        submit(task_with(function, arguments), std::move(callback), std::move(error_callback), at));
  }
  /// A task for each item; blocks until all are done.
  template <class Callable, class Type>
  std::vector<Item> map(const Callable& function, const std::vector<Type>& items,
                        Where at = Where::current()) const {
    return map_async(function, items, {}, {}, at).get(kForever, at);
  }
  template <class Callable, class Type>
  std::vector<Item> map(const Callable& function, std::initializer_list<Type> items,
                        Where at = Where::current()) const {
    return map(function, std::vector<Type>(items), at);
  }
  /// `callback` is called once, with all results, or `error_callback` with the first error.
  template <class Callable, class Type>
  MapResult map_async(const Callable& function, const std::vector<Type>& items, ListCallback callback = {},
                      ErrorCallback error_callback = {}, Where at = Where::current()) const {
    std::vector<Task> tasks;
    for (const Type& item : items)
      tasks.push_back(make_task(function, item));
    return submit_all(tasks, std::move(callback), std::move(error_callback), at);
  }
  template <class Callable, class Type>
  MapResult map_async(const Callable& function, std::initializer_list<Type> items, ListCallback callback = {},
                      ErrorCallback error_callback = {}, Where at = Where::current()) const {
    return map_async(function, std::vector<Type>(items), std::move(callback), std::move(error_callback), at);
  }

  /// No more tasks; the workers end when those that wait are done.
  void close(Where at = Where::current()) const;
  /// Drops the tasks that wait, ends the workers (SIGTERM) and waits for them.
  void terminate(Where at = Where::current()) const;
  /// Blocks until the workers have ended. ValueError unless close() or terminate() came before.
  void join(Where at = Where::current()) const;
  ObjectId id() const { return pool_->queue(); }

 private:
  template <class Callable, class... Types>
  static Task task_with(const Callable& function, const Arguments<Types...>& arguments) {
    return std::apply([&](const auto&... values) { return make_task(function, values...); },
                      arguments.values);
  }
  ObjectId submit(const Task& task, ResultCallback callback, ErrorCallback error_callback, Where at) const;
  MapResult submit_all(const std::vector<Task>& tasks, ListCallback callback, ErrorCallback error_callback,
                       Where at) const;

  std::shared_ptr<WorkerPool> pool_;
};

/// Python's `with Pool(...) as pool:` terminates the pool at its end.
template <>
class With<Pool> {
 public:
  explicit With(const Pool& pool, Where at = Where::current()) : pool_(pool), at_(at) {}
  ~With() noexcept(false) {
    try {
      pool_.terminate(at_);
    } catch (const Error&) {
      if (std::uncaught_exceptions() == 0) throw;  // else another error is on its way already
    }
  }
  With(const With&) = delete;
  With& operator=(const With&) = delete;

 private:
  Pool pool_;
  Where at_;
};

}  // namespace lockstep::api
