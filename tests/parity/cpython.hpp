// The same sequences made with CPython's primitives: tests/parity/cpython/driver.py.
#pragma once

#include <set>

#include "tests/parity/sequence.hpp"

namespace lockstep::parity {

/// For each sequence every transcript that is possible, at most Subject::most_orders. Throws
/// std::runtime_error with Python's words if the driver fails.
std::vector<std::set<Transcript>> run_in_cpython(const Subject& subject,
                                                 const std::vector<Sequence>& sequences);

}  // namespace lockstep::parity
