// Our primitives against CPython's, call by call, on sequences of operations that are drawn from seeds.
//
// One to three workers make the calls of a sequence in its order: the next one begins when everybody has
// either returned or waits for something that is not possible now. What each call returned, which error it
// raised (type and text) and who waits must be the same. Where several waiters can go on, each may be the
// first: the transcripts of all orders are compared as sets, and CPython may do nothing that we cannot.
//
// Both sides know exactly who waits: we run on fibers, and CPython's driver takes turns, too
// (cpython/turns.py). Time passes only by an entry of the sequence, so that time-outs end in one order.
//
// What has processes and threads of its own that cannot take turns (a manager, pools) runs as it is:
// cpython/real.py.
//
// Tests with it are tagged [notsan]: fibers of one thread leave ThreadSanitizer nothing to see.
//
//   LOCKSTEP_PARITY_SEQUENCES=n   so many sequences of each subject (default 100)
//   LOCKSTEP_PARITY_SEED=n        the first one's seed (default 1); a failure names the seed of its sequence
#pragma once

#include "tests/parity/subject.hpp"

namespace lockstep::parity {

/// How sure it is who of several waiters goes on first.
enum class Waiters {
  any,       ///< the same on both sides
  in_order,  ///< CPython serves them in the order in which they came, which its manual does not promise; we
             ///< allow any
  ours_in_order  ///< the other way round: CPython allows any
};

/// Requires that both do the same.
void compare(const Subject& subject, Waiters waiters = Waiters::any);

}  // namespace lockstep::parity
