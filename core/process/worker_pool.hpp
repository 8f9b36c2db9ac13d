// Workers that take tasks from a queue: what Pool and the executors have in common.
//
// Process workers send what their tasks came to through one channel, whose write end only they hold. A thread
// of the parent (CPython's result handler, or executor manager) receives it, sets the futures and runs the
// callbacks, which therefore run in the parent. When a worker's copy of the write end goes, the thread waits
// for the worker and looks how it ended.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/process/channel.hpp"
#include "core/process/future.hpp"
#include "core/process/task_queue.hpp"
#include "core/process/worker.hpp"

namespace lockstep {

/// What is to be done in the parent once a future is set.
using Callback = std::function<void(ObjectId future, const TaskOutcome& outcome)>;

class WorkerPool : public std::enable_shared_from_this<WorkerPool> {
 public:
  struct Options {
    std::string name;
    int size = 1;
    WorkerKind kind = WorkerKind::process;
    bool daemons = false;        ///< workers and the handler
    bool replaces_dead = false;  ///< a worker that died is replaced; otherwise the pool is broken then
    AtExit at_exit = AtExit::leave;
    std::function<std::string(int)> worker_name{};  ///< of the n-th, from 0; unset: a default name
  };
  explicit WorkerPool(Options options, api::Where at);

  /// Starts all workers, and the handler of process workers. Nothing if they are started.
  void start_all(api::Where at);
  /// Starts one more if there are not `size` yet.
  void start_one(api::Where at);
  /// Makes a future for the task and puts it into the queue. `callback` may be empty. Raises as
  /// lockstep::submit.
  ObjectId submit(const Task& task, Callback callback, const Refusal& closed, api::Where at);
  /// To be called once the future is set, or at once if it is: one visible step. Callbacks run in the order
  /// in which they were given.
  void when_done(ObjectId future, const Callback& callback);
  /// To be called once the future is cancelled.
  void run_callbacks(ObjectId future, const TaskOutcome& outcome);

  /// The futures that are not set yet, in the order in which they were made.
  std::vector<ObjectId> unsettled();
  /// SIGTERM to all workers.
  void terminate_workers(api::Where at);
  /// Blocks until all workers and the handler have ended.
  void join(api::Where at);
  ObjectId queue() const { return queue_; }

 private:
  struct Pending {
    bool set = false;
    std::vector<Callback> callbacks;
  };
  void add_worker(api::Where at);
  void settle(ObjectId future, const TaskOutcome& outcome);
  void handle_results();
  /// Waits for the workers that are gone; false if the pool is broken by it.
  bool take_leave(const WorkerSet& writers);
  void break_down();
  static void serve_by_process(ObjectId queue, ObjectId results);
  void serve_by_thread();

  Options options_;
  ObjectId queue_;
  ObjectId results_ = kNoObject;
  std::mutex mutex_;                     ///< never held across a visible operation
  std::vector<api::Process> processes_;  ///< all that were hired
  std::vector<api::Thread> threads_;
  std::vector<api::Thread> handler_;
  std::map<ObjectId, Pending> pending_;
  std::uint32_t settled_ = 0;
  int hired_ = 0;
};

}  // namespace lockstep
