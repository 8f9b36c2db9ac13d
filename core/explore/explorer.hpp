// Looks for schedules of a program that fail, and proves that there is none.
#pragma once

#include <functional>

#include "core/explore/program.hpp"
#include "core/explore/report.hpp"

namespace lockstep {

/// Runs the program on fibers under as many schedules as it takes. Blocks until every schedule is covered,
/// the goal is reached, a budget is used up, or `on_progress` returns false; the report then comes within 50
/// ms (but for a worker that computes for longer between two of its operations).
///
/// `on_progress` is called from the calling thread, at least every 30 ms; empty = never.
///
/// What covers every schedule is optimal DPOR (core/explore/dpor): one execution for each class of schedules
/// that differ only in the order of steps that commute. It starts at once; where there are two threads, the
/// other one meanwhile tries schedules at random and then looks for the least failing one (least_search.hpp);
/// with one thread they take turns. LeastFailure::confirmed is always false: this runs no real threads.
ExploreReport explore(const Program& program, const ExploreOptions& options,
                      const std::function<bool(const ExploreProgress&)>& on_progress = {});

}  // namespace lockstep
