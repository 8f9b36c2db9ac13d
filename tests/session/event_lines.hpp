// A run's events as lines that are the same on fibers and on real threads and processes: all but process ids.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "core/explore/fiber_run.hpp"
#include "core/trace/store.hpp"

namespace lockstep::test {

inline bool has_text(const Event& event) {
  return argument_of(event.kind) == ArgumentType::text ||
         (argument_of(event.kind) == ArgumentType::value && event.value().type == ValueType::text);
}

/// A text with the number of the worker in place of its process id.
inline std::string without_pids(std::string text, const std::vector<int>& pids) {
  for (std::size_t worker = 0; worker < pids.size(); ++worker) {
    const std::string pid = std::to_string(pids[worker]);
    for (auto at = text.find(pid); pids[worker] > 0 && at != std::string::npos; at = text.find(pid))
      text.replace(at, pid.size(), "<process>");
  }
  return text;
}

inline std::string event_line(const Event& event, const std::string& text, int source_line) {
  const std::int64_t argument = has_text(event) || event.kind == EventKind::parent_pid ? 0 : event.arg;
  return fmt::format("t{} w{} {} o{}#{} flags {} arg {} '{}' line {}", event.time, event.worker,
                     name_of(event.kind), event.object, event.seq, event.flags, argument, text, source_line);
}

inline std::vector<std::string> event_lines(FiberRun& run, const std::vector<Event>& events) {
  std::vector<int> pids;
  for (std::uint32_t id = 0; id < run.arena().worker_count(); ++id) {
    const WorkerSlot& slot = run.arena().worker(static_cast<WorkerId>(id));
    pids.push_back(slot.kind == WorkerKind::thread ? 0 : static_cast<int>(slot.pid.load()));
  }
  std::vector<std::string> lines;
  for (const Event& event : events) {
    const std::string text =
        has_text(event) ? std::string(run.arena().text(static_cast<TextId>(event.arg))) : "";
    lines.push_back(event_line(event, without_pids(text, pids),
                               event.site == 0 ? 0 : run.arena().header().site_slots[event.site].line));
  }
  return lines;
}

inline std::vector<std::string> event_lines(const TraceStore& store) {
  std::vector<int> pids;
  for (const WorkerInfo& info : store.workers())
    pids.push_back(info.kind == WorkerKind::thread ? 0 : info.pid);
  std::vector<std::string> lines;
  for (EventIndex i = 0; i < store.size(); ++i) {
    const Event& event = store[i];
    const std::string text = has_text(event) ? std::string(store.text(static_cast<TextId>(event.arg))) : "";
    lines.push_back(
        event_line(event, without_pids(text, pids), event.site == 0 ? 0 : store.sites()[event.site].line));
  }
  return lines;
}

}  // namespace lockstep::test
