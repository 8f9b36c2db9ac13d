#include "app/model/code_marks.hpp"

#include <algorithm>
#include <tuple>

namespace lockstep {
namespace {

constexpr std::size_t kLookBack = 256;

int line_in(const TraceStore& store, SiteId site, std::string_view file) {
  const auto sites = store.sites();
  return site != 0 && site < sites.size() && sites[site].file == file ? sites[site].line : 0;
}

bool shown_in_code(const TraceStore& store, const ObjectInfo& object, EventIndex n) {
  if (object.kind == ObjectKind::shared || object.kind == ObjectKind::global) return true;
  return object.kind == ObjectKind::local && lives(store.worker_after(object.owner, n).state);
}

void find_last_line(const TraceStore& store, EventIndex n, std::string_view file, CodeMarks& marks) {
  const EventIndex stop = n > kLookBack ? n - static_cast<EventIndex>(kLookBack) : 0;
  for (EventIndex i = n; i > stop && marks.last_line == 0; --i) {
    marks.last_line = line_in(store, store[i - 1].site, file);
    marks.last_worker = store[i - 1].worker;
  }
  if (marks.last_line == 0) marks.last_worker = kNoWorker;
}

}  // namespace

bool lives(WorkerState state) {
  return state == WorkerState::running || state == WorkerState::waiting || state == WorkerState::sleeping;
}

bool is_write(EventKind kind) {
  switch (kind) {
    case EventKind::store:
    case EventKind::add:
    case EventKind::local_set:
    case EventKind::global_store:
    case EventKind::file_write:
    case EventKind::file_truncate:
    case EventKind::file_append:
    case EventKind::future_set:
    case EventKind::managed_call:
    case EventKind::check: return true;
    default: return false;
  }
}

EventIndex last_write(const TraceStore& store, ObjectId object, EventIndex n) {
  const auto events = store.events_of_object(object);
  const auto end = std::lower_bound(events.begin(), events.end(), n);
  auto left = std::min<std::ptrdiff_t>(end - events.begin(), kLookBack);
  for (auto it = end; left > 0; --left) {
    --it;
    if (is_write(store[*it].kind)) return *it;
  }
  return kNoEvent;
}

CodeMarks code_marks(const TraceStore& store, EventIndex n, std::string_view file) {
  CodeMarks marks;
  for (WorkerId id = 0; id < store.workers().size(); ++id) {
    const WorkerView worker = store.worker_after(id, n);
    const int line = line_in(store, worker.site, file);
    if (line > 0 && lives(worker.state)) marks.workers.push_back({line, id, worker.state});
  }
  for (ObjectId id = 1; id < store.objects().size(); ++id) {
    if (!shown_in_code(store, store.objects()[id], n)) continue;
    const EventIndex event = last_write(store, id, n);
    if (event == kNoEvent) continue;
    const int line = line_in(store, store[event].site, file);
    if (line > 0) marks.values.push_back({line, id, store[event].worker, store[event].value(), event});
  }
  std::ranges::sort(marks.workers, {}, [](const LineWorker& w) { return std::tuple(w.line, w.worker); });
  std::ranges::sort(marks.values, {}, [](const LineValue& v) { return std::tuple(v.line, ~v.event); });
  find_last_line(store, n, file, marks);
  return marks;
}

}  // namespace lockstep
