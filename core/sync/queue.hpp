// queue.Queue, and multiprocessing's Queue and JoinableQueue: first in, first out, with back-pressure. Each
// operation is one visible step (CPython holds a lock of the queue for as long).
#pragma once

#include "core/sync/item.hpp"
#include "core/sync/object.hpp"

namespace lockstep::api {

class Queue {
 public:
  /// `maxsize` 0 = unbounded (the sandbox allows 65536 items; more raise OverflowError).
  explicit Queue(std::string_view name, int maxsize = 0, Among among = Among::threads)
      : Queue(ObjectKind::queue, name, maxsize, among) {}

  /// Blocks while the queue is full, at most `timeout`; then raises Full. ValueError if that is negative;
  /// among processes it does not wait.
  void put(const Item& item, Timeout timeout = kForever, Where at = Where::current()) const;
  /// Raises Full at once if the queue is full.
  void put_nowait(const Item& item, Where at = Where::current()) const { put(item, kNoWait, at); }
  /// Blocks while the queue is empty, at most `timeout`; then raises Empty. ValueError if that is negative;
  /// among processes it does not wait.
  Item get(Timeout timeout = kForever, Where at = Where::current()) const;
  Item get_nowait(Where at = Where::current()) const { return get(kNoWait, at); }
  /// True only for this moment.
  int qsize(Where at = Where::current()) const;
  bool empty(Where at = Where::current()) const { return qsize(at) == 0; }
  bool full(Where at = Where::current()) const;
  ObjectId id() const { return id_; }

 protected:
  Queue(ObjectKind kind, std::string_view name, int maxsize, Among among);
  void check_time(Timeout timeout, const Where& at) const;
  ObjectId id_;
  int maxsize_;
  Among among_;
};

/// Counts the tasks that were put and not yet done.
class JoinableQueue : public Queue {
 public:
  explicit JoinableQueue(std::string_view name, int maxsize = 0, Among among = Among::threads)
      : Queue(ObjectKind::joinable_queue, name, maxsize, among) {}
  /// ValueError if called more often than items were put.
  void task_done(Where at = Where::current()) const;
  /// Blocks until every item that was put is done.
  void join(Where at = Where::current()) const;
};

}  // namespace lockstep::api
