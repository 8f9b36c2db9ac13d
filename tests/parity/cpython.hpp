// The same sequences made with CPython's primitives: tests/parity/cpython/driver.py.
#pragma once

#include <set>

#include "tests/parity/sequence.hpp"

namespace lockstep::parity {

struct Theirs {
  /// For each sequence every transcript that is possible, at most Subject::most_orders.
  std::vector<std::set<Transcript>> transcripts;
  std::string skipped;  ///< why nothing was run; empty if it was
};

/// Throws std::runtime_error with Python's words if the driver fails.
Theirs run_in_cpython(const Subject& subject, const std::vector<Sequence>& sequences);

}  // namespace lockstep::parity
