// The life of a worker: what happens around the work that the program gave it. An error that the work does
// not catch is recorded. Both return the exit code: 0, or 1 after such an error.
#pragma once

#include <functional>

namespace lockstep {

/// Of the first worker of a process: begin, work, waiting for the non-daemons that it started, cutting the
/// daemons off, end.
int run_process_body(const std::function<void()>& work);

/// Of any other thread: begin, work, end.
int run_thread_body(const std::function<void()>& work);

}  // namespace lockstep
