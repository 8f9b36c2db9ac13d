// threading.Lock and threading.RLock (docs.python.org/3/library/threading.html#lock-objects), and those of
// multiprocessing.
#pragma once

#include "core/sync/object.hpp"

namespace lockstep::api {

/// What Lock and RLock have in common.
class AnyLock {
 public:
  /// Blocks until the lock is free, at most `timeout`. True if it was taken. A negative time-out raises
  /// ValueError; among processes it does not wait.
  bool acquire(Timeout timeout = kForever, Where at = Where::current()) const;
  /// acquire(blocking=False): takes it if that is possible now.
  bool try_acquire(Where at = Where::current()) const;
  /// Lock: by anyone; RuntimeError if it is not locked (among processes ValueError). RLock: one level;
  /// RuntimeError if the caller does not own it (among processes AssertionError).
  void release(Where at = Where::current()) const;

  ObjectId id() const { return id_; }
  Among among() const { return among_; }
  /// True if the caller owns it, or anyone does a Lock among threads; what Condition asks before wait and
  /// notify.
  bool is_owned() const;
  /// For Condition: gives up all levels and returns how many there were; takes them again.
  int release_all(Where at) const;
  void acquire_again(int levels, Where at) const;

 protected:
  AnyLock(ObjectKind kind, std::string_view name, Among among);
  ObjectId id_;
  bool reentrant_;
  Among among_;
};

class Lock : public AnyLock {
 public:
  explicit Lock(std::string_view name, Among among = Among::threads)
      : AnyLock(ObjectKind::lock, name, among) {}
  bool locked(Where at = Where::current()) const;
};

/// The owner may acquire it again; as many releases free it.
class RLock : public AnyLock {
 public:
  explicit RLock(std::string_view name, Among among = Among::threads)
      : AnyLock(ObjectKind::rlock, name, among) {}
};

/// Python's `with`: acquires here, releases on every way out of the scope.
template <class Acquirable>
class With {
 public:
  explicit With(const Acquirable& acquirable, Where at = Where::current())
      : acquirable_(acquirable), at_(at) {
    acquirable_.acquire(kForever, at_);
  }
  ~With() noexcept(false) { acquirable_.release(at_); }
  With(const With&) = delete;
  With& operator=(const With&) = delete;

 private:
  Acquirable acquirable_;
  Where at_;
};

}  // namespace lockstep::api
