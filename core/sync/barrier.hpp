// threading.Barrier: a fixed number of workers wait for each other, again and again.
#pragma once

#include "core/sync/object.hpp"

namespace lockstep::api {

class Barrier {
 public:
  /// `parties` below 1 raises ValueError.
  Barrier(std::string_view name, int parties, Where at = Where::current());
  /// Blocks until all parties have called it; returns 0 … parties-1, each once. BrokenBarrierError if the
  /// barrier is broken, reset or aborted meanwhile; a time-out breaks it.
  int wait(Timeout timeout = kForever, Where at = Where::current()) const;
  /// Back to empty; those who wait get BrokenBarrierError.
  void reset(Where at = Where::current()) const;
  /// Broken until reset.
  void abort(Where at = Where::current()) const;
  ObjectId id() const { return id_; }

 private:
  ObjectId id_;
};

}  // namespace lockstep::api
