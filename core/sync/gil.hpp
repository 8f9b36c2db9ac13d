// A global interpreter lock: who computes holds it, who waits for something outside gives it up. As CPython's
// since 3.2 (Beazley 2010, "Understanding the Python GIL"): after each switch interval the holder gives it
// up, and if others wait it does not get it back before one of them has had it (the forced hand-over).
//
//   const Gil gil("GIL", 100ms);
//   ... in each thread:
//   const With held(gil);
//   gil.compute(2s);  // CPU-bound: holds it, but for the hand-overs
//   gil.sleep(2s);    // I/O-bound: gives it up meanwhile
#pragma once

#include "core/sync/lock.hpp"

namespace lockstep::api {

class Gil {
 public:
  /// `interval`: CPython's sys.setswitchinterval, 5 ms there. ValueError unless positive.
  explicit Gil(std::string_view name, std::chrono::nanoseconds interval = 5ms);
  /// Blocks until it is free and it is not another's turn. (The time-out is there for With; it waits for
  /// ever.)
  void acquire(Timeout timeout = kForever, Where at = Where::current()) const;
  void release(Where at = Where::current()) const;
  /// Computes for so long, handing over after each interval. The caller holds it.
  void compute(std::chrono::nanoseconds duration, std::string_view activity = {},
               Where at = Where::current()) const;
  /// Sleeps without it. The caller holds it before and after.
  void sleep(std::chrono::nanoseconds duration, std::string_view activity = {},
             Where at = Where::current()) const;
  ObjectId id() const { return id_; }

 private:
  ObjectId id_;
  std::chrono::nanoseconds interval_;
};

}  // namespace lockstep::api
