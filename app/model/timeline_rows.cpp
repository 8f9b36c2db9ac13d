#include "app/model/timeline_rows.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lockstep {
namespace {

// Unscaled heights. Below kReadable a lane has one line of text only.
constexpr float kWorker = 66, kLock = 62, kPlot = 104, kText = 62;
constexpr float kReadable = 46, kReadablePlot = 64;
constexpr float kLow = 28, kLowPlot = 40;

struct Heights {
  float usual, least, low;
};

Heights heights_of(LaneKind kind) {
  switch (kind) {
    case LaneKind::worker: return {kWorker, kReadable, kLow};
    case LaneKind::lock: return {kLock, kReadable, kLow};
    case LaneKind::plot: return {kPlot, kReadablePlot, kLowPlot};
    case LaneKind::text: return {kText, kReadable, kLow};
  }
  return {};
}

constexpr std::ptrdiff_t kManyPipes = 8;

bool is_pipe(const ObjectInfo& object) { return object.kind == ObjectKind::pipe; }

bool was_sent_through(const TraceStore& store, ObjectId pipe) {
  return std::ranges::any_of(store.events_of_object(pipe),
                             [&](EventIndex index) { return store[index].kind == EventKind::pipe_send; });
}

/// Of many pipes (each rank of a ring has one to each other), those that carry nothing have no lane.
std::vector<LaneRow> all_rows(const TraceStore& store) {
  std::vector<LaneRow> rows;
  for (const WorkerInfo& worker : store.workers())
    rows.push_back({.kind = LaneKind::worker, .worker = worker.id});
  const bool many = std::ranges::count_if(store.objects(), is_pipe) > kManyPipes;
  for (const ObjectInfo& object : store.objects()) {
    if (many && is_pipe(object) && !was_sent_through(store, object.id)) continue;
    const auto kind = lane_of(object);
    if (kind) rows.push_back({.kind = *kind, .object = object.id});
  }
  return rows;
}

float total(const std::vector<LaneRow>& rows, float Heights::*height) {
  float sum = 0;
  for (const LaneRow& row : rows)
    sum += heights_of(row.kind).*height;
  return sum;
}

}  // namespace

std::optional<LaneKind> lane_of(const ObjectInfo& object) {
  switch (object.kind) {
    case ObjectKind::lock:
    case ObjectKind::rlock: return LaneKind::lock;
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore:
    case ObjectKind::condition:
    case ObjectKind::event:
    case ObjectKind::barrier:
    case ObjectKind::queue:
    case ObjectKind::joinable_queue:
    case ObjectKind::pipe:
    case ObjectKind::socket:
    case ObjectKind::pool: return LaneKind::plot;
    case ObjectKind::shared:
      return object.initial_type == ValueType::text || object.initial_type == ValueType::none
                 ? LaneKind::text
                 : LaneKind::plot;
    case ObjectKind::file:
    case ObjectKind::managed: return LaneKind::text;
    case ObjectKind::none:
    case ObjectKind::thread:
    case ObjectKind::process:
    case ObjectKind::local:
    case ObjectKind::global:
    case ObjectKind::console:
    case ObjectKind::check:
    case ObjectKind::future: return std::nullopt;
  }
  return std::nullopt;
}

TimelineRows timeline_rows(const TraceStore& store, float available, float scale, bool compact) {
  TimelineRows result{all_rows(store), 0};
  const float usual = total(result.rows, &Heights::usual);
  const float least = total(result.rows, &Heights::least);
  // Between the usual height and the least one: as high as fits.
  const float room = available / scale;
  const float share = usual <= least ? 1 : std::clamp((room - least) / (usual - least), 0.0F, 1.0F);
  bool odd = true;
  for (LaneRow& row : result.rows) {
    const Heights heights = heights_of(row.kind);
    const float wanted = compact ? heights.low : heights.least + (heights.usual - heights.least) * share;
    row.y = result.height;
    row.height = std::floor(wanted * scale);
    row.low = compact;
    row.odd = odd;
    odd = !odd;
    result.height += row.height;
  }
  return result;
}

}  // namespace lockstep
