// Which process a worker lives in.
#pragma once

#include "core/trace/store.hpp"

namespace lockstep::analysis {

/// The process of a worker, as the id of its first worker; of an id that no worker has, that id. O(depth).
inline WorkerId process_of(const TraceStore& store, WorkerId worker) {
  const auto workers = store.workers();
  // A parent has a lower id; whoever made the trace may have meant otherwise.
  while (worker < workers.size() && workers[worker].kind == WorkerKind::thread &&
         workers[worker].parent < worker) {
    worker = workers[worker].parent;
  }
  return worker;
}

}  // namespace lockstep::analysis
