// threading.Condition and multiprocessing's, as its lock: a lock and a queue of sleepers. wait releases the
// lock, sleeps until notified and takes the lock again; notify wakes those who came first, as CPython does.
#pragma once

#include <functional>

#include "core/sync/lock.hpp"

namespace lockstep::api {

class Condition {
 public:
  /// `lock` is a Lock or an RLock.
  Condition(std::string_view name, const AnyLock& lock);

  bool acquire(Timeout timeout = kForever, Where at = Where::current()) const {
    return lock_.acquire(timeout, at);
  }
  void release(Where at = Where::current()) const { lock_.release(at); }

  /// Blocks until notified, at most `timeout`. False if the time ran out. RuntimeError without the lock
  /// (among processes AssertionError).
  bool wait(Timeout timeout = kForever, Where at = Where::current()) const;
  /// Waits until the predicate holds; returns its last value. The predicate runs with the lock held.
  bool wait_for(const std::function<bool()>& predicate, Timeout timeout = kForever,
                Where at = Where::current()) const;
  /// Wakes at most n of those who wait now. RuntimeError without the lock (among processes AssertionError).
  void notify(std::int64_t n = 1, Where at = Where::current()) const;
  void notify_all(Where at = Where::current()) const;
  ObjectId id() const { return id_; }

 private:
  void check_owned(const char* among_threads, const char* among_processes, const Where& at) const;

  AnyLock lock_;
  ObjectId id_;
};

}  // namespace lockstep::api
