// threading.Thread and multiprocessing.Process: real OS threads and real OS processes, with Python's rules
// for daemons, exit codes and joining. A Thread or Process is a handle; copies mean the same worker.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/process/worker_life.hpp"
#include "core/process/worker_slot.hpp"
#include "core/sync/object.hpp"

namespace lockstep::api {

class Worker {
 public:
  /// Begins to run the body. A second start raises RuntimeError (Thread) or AssertionError (Process).
  void start(Where at = Where::current()) const;
  /// Blocks until the worker has ended, at most `timeout`; true if it has. RuntimeError or AssertionError if
  /// it was never started or is the caller itself.
  bool join(Timeout timeout = kForever, Where at = Where::current()) const;
  bool is_alive(Where at = Where::current()) const;
  std::string name() const;
  bool daemon() const;
  WorkerId id() const { return id_; }

 protected:
  Worker(WorkerKind kind, const WorkerOptions& options, std::function<void()> body);

  template <class Function, class... Arguments>
  static std::function<void()> work_of(Function function, Arguments... arguments) {
    if constexpr (sizeof...(Arguments) == 0) {
      return function;
    } else {
      return [function = std::move(function), ... arguments = std::move(arguments)] {
        std::invoke(function, arguments...);
      };
    }
  }

  WorkerId id_;
  ObjectId object_;
  WorkerKind kind_;
  std::shared_ptr<std::function<void()>> body_;
};

class Thread : public Worker {
 public:
  /// Thread({.name = "Shop A"}, make_hotdogs, queue, 3): calls make_hotdogs(queue, 3) on the new thread.
  template <class Function, class... Arguments>
  explicit Thread(const WorkerOptions& options, Function function, Arguments... arguments)
      : Worker(WorkerKind::thread, options, work_of(std::move(function), std::move(arguments)...)) {}
};

class Process : public Worker {
 public:
  /// As Thread. The new process has a copy of the memory of the one that starts it.
  template <class Function, class... Arguments>
  explicit Process(const WorkerOptions& options, Function function, Arguments... arguments)
      : Worker(WorkerKind::process, options, work_of(std::move(function), std::move(arguments)...)) {}

  /// Asks the process to end (SIGTERM): it may still be alive just after.
  void terminate(Where at = Where::current()) const;
  /// SIGKILL. As terminate, AttributeError before the start: CPython has no object to ask then.
  void kill(Where at = Where::current()) const;
  /// Nothing while it runs; 0 after a normal end, 1 after an error, minus the signal that killed it.
  std::optional<int> exitcode() const;
  /// 0 before it was started.
  int pid() const;
};

/// Name of the worker that calls.
std::string current_name();
int current_pid();

}  // namespace lockstep::api

namespace lockstep {

/// Whether it was started and has not ended. One visible step.
bool is_alive(WorkerId worker, const std::source_location& at);

}  // namespace lockstep
