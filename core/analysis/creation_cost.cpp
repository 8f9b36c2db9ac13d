#include "core/analysis/creation_cost.hpp"

#include <algorithm>

namespace lockstep {
namespace {

/// What a worker did since it last measured.
struct Since {
  std::uint32_t threads = 0, processes = 0, tasks = 0;
};

MeasuredCost cost_of(const Event& event, const Since& since) {
  using Unit = MeasuredCost::Unit;
  MeasuredCost cost{.what = event.extra, .by = event.worker, .took = event.arg};
  if (since.tasks > 0) {
    cost.unit = Unit::task;
    cost.count = since.tasks;
  } else if (since.processes > 0) {
    cost.unit = Unit::process;
    cost.count = since.processes;
  } else if (since.threads > 0) {
    cost.unit = Unit::thread;
    cost.count = since.threads;
  }
  return cost;
}

StartupCost summary_of(WorkerKind kind, std::vector<RunTime>& times) {
  std::ranges::sort(times);
  return {.kind = kind,
          .count = static_cast<std::uint32_t>(times.size()),
          .least = times.front(),
          .median = times[times.size() / 2],
          .most = times.back()};
}

}  // namespace

CreationCost creation_cost(const TraceStore& store, EventIndex n) {
  CreationCost result;
  std::vector<Since> since(kMaxWorkers);
  std::vector<RunTime> started(kMaxWorkers, -1), threads, processes;
  const auto is_process = [&](WorkerId id) {
    return id < store.workers().size() && store.workers()[id].kind == WorkerKind::process;
  };
  for (EventIndex i = 0; i < std::min(n, store.size()); ++i) {
    const Event& event = store[i];
    if (event.worker >= kMaxWorkers) continue;
    Since& mine = since[event.worker];
    switch (event.kind) {
      case EventKind::worker_start: {
        const auto child = static_cast<WorkerId>(event.arg);
        ++(is_process(child) ? mine.processes : mine.threads);
        if (child < kMaxWorkers) started[child] = static_cast<RunTime>(event.time);
        break;
      }
      case EventKind::worker_begin:
        if (started[event.worker] < 0) break;  // main
        (is_process(event.worker) ? processes : threads)
            .push_back(static_cast<RunTime>(event.time) - started[event.worker]);
        break;
      case EventKind::pool_submit: ++mine.tasks; break;
      case EventKind::measured:
        result.measured.push_back(cost_of(event, mine));
        mine = {};
        break;
      default: break;
    }
  }
  if (!threads.empty()) result.startups.push_back(summary_of(WorkerKind::thread, threads));
  if (!processes.empty()) result.startups.push_back(summary_of(WorkerKind::process, processes));
  return result;
}

}  // namespace lockstep
