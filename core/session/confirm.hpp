// Whether what was found on fibers happens on real threads and processes, too.
#pragma once

#include <functional>

#include "core/explore/report.hpp"

namespace lockstep {

/// Replays the failure in steps on real threads and processes. True if every step can be taken, its mark is
/// the same and the run comes to the same outcome. Blocks for some 10 ms, or until `give_up` says so, which
/// is asked every few milliseconds.
bool happens_for_real(const LeastFailure& failure, const std::function<bool()>& give_up);

}  // namespace lockstep
