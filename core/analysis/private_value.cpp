#include "core/analysis/private_value.hpp"

#include <algorithm>

namespace lockstep::analysis {

Value private_value(const TraceStore& store, ObjectId global, WorkerId worker, EventIndex n) {
  const EventIndices events = store.events_of_object(global);
  for (;;) {
    const WorkerId process = process_of(store, worker);
    for (auto at = std::lower_bound(events.begin(), events.end(), n); at != events.begin();) {
      const Event& one = store[*--at];
      if (process_of(store, one.worker) == process) return one.value();
    }
    // Nobody there has touched it: it is as it was in the parent when the process was started.
    const bool has_parent = process < store.workers().size() && store.workers()[process].parent < process;
    const auto start = has_parent ? store.events_of_object(store.workers()[process].object) : EventIndices{};
    if (start.empty()) return {store.objects()[global].initial_type, store.objects()[global].initial};
    n = std::min(n, start.front());
    worker = store.workers()[process].parent;
  }
}

}  // namespace lockstep::analysis
