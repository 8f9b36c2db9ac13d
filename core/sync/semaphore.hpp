// threading.Semaphore and threading.BoundedSemaphore, and those of multiprocessing: permits and a queue of
// those who wait for one.
#pragma once

#include "core/sync/object.hpp"

namespace lockstep::api {

class Semaphore {
 public:
  /// A negative number of permits raises ValueError; among processes OSError.
  explicit Semaphore(std::string_view name, std::int64_t permits = 1, Among among = Among::threads,
                     Where at = Where::current())
      : Semaphore(ObjectKind::semaphore, name, permits, among, at) {}
  /// Blocks until there is a permit, at most `timeout`. True if it got one.
  bool acquire(Timeout timeout = kForever, Where at = Where::current()) const;
  bool try_acquire(Where at = Where::current()) const;
  /// Gives one permit back; anyone may.
  void release(Where at = Where::current()) const { release_many(1, at); }
  /// release(n): n below 1 raises ValueError.
  void release_many(std::int64_t n, Where at = Where::current()) const;
  ObjectId id() const { return id_; }

 protected:
  Semaphore(ObjectKind kind, std::string_view name, std::int64_t permits, Among among, Where at);

 private:
  ObjectId id_;
  Among among_;
};

/// Releasing it more often than it was acquired raises ValueError.
class BoundedSemaphore : public Semaphore {
 public:
  explicit BoundedSemaphore(std::string_view name, std::int64_t permits = 1, Among among = Among::threads,
                            Where at = Where::current())
      : Semaphore(ObjectKind::bounded_semaphore, name, permits, among, at) {}
};

}  // namespace lockstep::api
