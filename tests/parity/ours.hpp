// A sequence made with our primitives, on fibers.
#pragma once

#include <set>

#include "core/explore/fiber_run.hpp"
#include "tests/parity/sequence.hpp"

namespace lockstep::parity {

/// Runs sequences of one subject.
class Ours {
 public:
  explicit Ours(const Subject& subject);
  /// Every transcript that is possible, in at most `most_orders` orders. A worker whose turn it is moves
  /// until its call is over or until it has no move; then all others that have one do so, in every order.
  /// `is_enough` ends the search earlier.
  std::set<Transcript> run(const Sequence& sequence, int most_orders,
                           const std::function<bool(const std::set<Transcript>&)>& is_enough);

 private:
  void drive();

  const Subject& subject_;
  const Sequence* sequence_ = nullptr;
  Transcript transcript_;
  FiberRun run_;
};

}  // namespace lockstep::parity
