#include "core/trace/lanes.hpp"

#include <bit>

#include "core/trace/store_impl.hpp"

namespace lockstep {
namespace {

constexpr RunTime kForever = std::numeric_limits<RunTime>::max();

/// What is asked for: a stretch of the axis, and cells of width mask + 1.
struct Window {
  RunTime from;
  RunTime to;
  RunTime mask;
  RunTime now;

  Window(RunTime begin, RunTime end, RunTime resolution, RunTime present)
      : from(begin),
        to(end),
        mask(static_cast<RunTime>(std::bit_floor(cell(resolution))) - 1),
        now(present) {}
  RunTime cell_begin(RunTime at) const { return at & ~mask; }
  RunTime cell_end(RunTime at) const { return after(at | mask); }
  bool touches(RunTime begin, RunTime end) const { return begin <= to && (end > from || begin >= from); }
  static RunTime after(RunTime at) { return at == kForever ? at : at + 1; }

 private:
  static std::uint64_t cell(RunTime resolution) {
    return resolution < 1 ? 1 : static_cast<std::uint64_t>(resolution);
  }
};

/// Stretches that are drawn as one: those that begin in rows [low, high).
struct Stretch {
  std::size_t low;
  std::size_t high;
  RunTime begin;
  RunTime end;
  std::uint32_t merged;
  bool open;
};

/// Cuts a track into stretches, a new one at each row in `begins`, merges them as lanes.hpp tells, and gives
/// those that touch the window to `emit`. One step is one cell: a search for its end and a look at the
/// neighbouring rows.
template <Axis axis, class Emit>
void walk(const EventTrack& rows, const BitColumn& begins, const Window& window, Emit&& emit) {
  constexpr AxisTag<axis> on;
  const std::size_t size = begins.size();
  std::size_t row = begins.previous(rows.first_at(on, Window::after(window.from), 0));
  if (row < size) row = rows.first_at(on, window.cell_begin(rows.position(on, row)), 0);
  row = begins.next(row < size ? row : 0);
  std::uint32_t seen = begins.rank(row);
  while (row < size) {
    const RunTime begin = rows.position(on, row);
    if (begin > window.to) return;
    const std::size_t high = rows.first_at(on, window.cell_end(begin), row);
    const std::size_t last = begins.previous(high);
    const std::size_t next = begins.next(high);
    const std::uint32_t seen_next = last == row ? seen + 1 : begins.rank(high);
    const RunTime last_begin = last == row ? begin : rows.position(on, last);
    const RunTime end = next < size ? rows.position(on, next) : std::max(window.now, last_begin);
    const bool open = next >= size;
    if (end - last_begin > window.mask) {
      if (last != row && window.touches(begin, last_begin)) {
        emit(Stretch{row, last, begin, last_begin, seen_next - seen - 1, false});
      }
      if (window.touches(last_begin, end)) emit(Stretch{last, high, last_begin, end, 1, open});
    } else if (window.touches(begin, end)) {
      emit(Stretch{row, high, begin, end, seen_next - seen, open});
    }
    row = next;
    seen = seen_next;
  }
}

template <class Emit>
void walk(Axis axis, const EventTrack& rows, const BitColumn& begins, const Window& window, Emit&& emit) {
  if (axis == Axis::time) {
    walk<Axis::time>(rows, begins, window, emit);
  } else {
    walk<Axis::events>(rows, begins, window, emit);
  }
}

RunTime position(Axis axis, const EventTrack& rows, std::size_t row) {
  return axis == Axis::time ? rows.time(row) : RunTime{rows.event(row)};
}

/// The stretch before the first row in `begins`, which is never merged.
void plot_initial(Axis axis, const EventTrack& rows, const BitColumn& begins, const Window& window,
                  std::int64_t number, std::vector<PlotPoint>& out) {
  const std::size_t first = begins.next(0);
  const RunTime end = first < begins.size() ? position(axis, rows, first) : window.now;
  if (end > 0 && window.touches(0, end)) out.push_back({0, end, number, number, number});
}

}  // namespace

void LaneIndex::worker_spans(WorkerId worker, RunTime from, RunTime to, RunTime resolution, RunTime now,
                             std::vector<Span>& out) const {
  const TraceStore::Impl& impl = *store_.impl_;
  const WorkerTrack* track = impl.worker(worker);
  if (track == nullptr) return;
  walk(axis_, track->rows(), track->begins(), {from, to, resolution, now}, [&](const Stretch& s) {
    std::size_t row = s.low;
    const SpanClass cls = severest(track->marks(s.low, s.merged == 1 ? s.low + 1 : s.high));
    if (s.merged > 1) row = track->find(s.low, s.high, class_mark(cls));
    const EventIndex event = track->rows().event(row);
    const ObjectId object = cls == SpanClass::waiting ? impl.events[event].object : kNoObject;
    out.push_back({s.begin, s.end, cls, worker, object, event, s.merged, s.open});
  });
}

void LaneIndex::hold_spans(ObjectId object, RunTime from, RunTime to, RunTime resolution, RunTime now,
                           std::vector<Span>& out) const {
  const ObjectTrack* track = store_.impl_->object(object);
  if (track == nullptr || track->family() != ObjectFamily::lock) return;
  const EventTrack& rows = track->rows();
  const BitColumn& begins = track->owner_begins();
  walk(axis_, rows, begins, {from, to, resolution, now}, [&](const Stretch& s) {
    const MinMax<WorkerId> owners =
        s.merged == 1 ? track->owners_between(s.low, s.low + 1) : track->owners_between(s.low, s.high);
    if (owners.empty()) return;
    Span span{s.begin, s.end, SpanClass::held, owners.min, kNoObject, kNoEvent, 1, s.open};
    std::size_t first = s.low;
    if (s.merged > 1) {
      if (owners.max != owners.min) span.worker = kNoWorker;
      span.merged = track->times_held(s.high) - track->times_held(s.low);
      if (track->owner(first) == kNoWorker) first = begins.next(first + 1);
      span.begin = position(axis_, rows, first);
      const std::size_t last = begins.previous(s.high);
      if (track->owner(last) == kNoWorker) {
        span.end = position(axis_, rows, last);
        span.open = false;
      }
    }
    span.first_event = rows.event(first);
    out.push_back(span);
  });
}

void LaneIndex::plot(ObjectId object, RunTime from, RunTime to, RunTime resolution, RunTime now,
                     std::vector<PlotPoint>& out) const {
  const TraceStore::Impl& impl = *store_.impl_;
  if (object >= impl.objects.size()) return;
  const ObjectTrack unused(impl.objects[object]);
  const ObjectTrack& track = impl.object(object) != nullptr ? *impl.object(object) : unused;
  const Window window(from, to, resolution, now);
  if (track.has_initial_number()) {
    plot_initial(axis_, track.rows(), track.number_begins(), window, track.initial_number(), out);
  }
  walk(axis_, track.rows(), track.number_begins(), window, [&](const Stretch& s) {
    const std::int64_t last = track.number(s.high - 1);
    const MinMax<std::int64_t> extremes =
        s.merged == 1 ? MinMax<std::int64_t>{last, last} : track.numbers(s.low, s.high);
    out.push_back({s.begin, s.end, extremes.min, extremes.max, last});
  });
}

void LaneIndex::waiters_plot(ObjectId object, RunTime from, RunTime to, RunTime resolution, RunTime now,
                             std::vector<PlotPoint>& out) const {
  const TraceStore::Impl& impl = *store_.impl_;
  if (object >= impl.objects.size()) return;
  const ObjectTrack unused(impl.objects[object]);
  const ObjectTrack& track = impl.object(object) != nullptr ? *impl.object(object) : unused;
  const Window window(from, to, resolution, now);
  plot_initial(axis_, track.rows(), track.waiters_begin(), window, 0, out);
  walk(axis_, track.rows(), track.waiters_begin(), window, [&](const Stretch& s) {
    const std::uint16_t last = track.waiters(s.high - 1);
    const MinMax<std::uint16_t> extremes =
        s.merged == 1 ? MinMax<std::uint16_t>{last, last} : track.waiters_between(s.low, s.high);
    out.push_back({s.begin, s.end, extremes.min, extremes.max, last});
  });
}

namespace {

template <Axis axis>
void collect_marks(const WorkerTrack& track, const Window& window, std::vector<EventIndex>& out) {
  constexpr AxisTag<axis> on;
  const EventTrack& rows = track.rows();
  std::size_t row = rows.first_at(on, window.from, 0);
  while (row < rows.size() && rows.position(on, row) <= window.to) {
    const RunTime end = std::min(window.cell_end(rows.position(on, row)), Window::after(window.to));
    const std::size_t high = rows.first_at(on, end, row);
    const auto significance = static_cast<std::uint8_t>(track.marks(row, high) & ~unsigned{mark::classes});
    // No bit at all: only the worker's start, which is somebody else's event.
    if (significance != 0) out.push_back(rows.event(track.find(row, high, std::bit_floor(significance))));
    row = high;
  }
}

}  // namespace

void LaneIndex::marks(WorkerId worker, RunTime from, RunTime to, RunTime resolution,
                      std::vector<EventIndex>& out) const {
  const TraceStore::Impl& impl = *store_.impl_;
  const WorkerTrack* track = worker == kSandbox ? &impl.sandbox : impl.worker(worker);
  if (track == nullptr) return;
  const Window window(from, to, resolution, to);
  if (axis_ == Axis::time) {
    collect_marks<Axis::time>(*track, window, out);
  } else {
    collect_marks<Axis::events>(*track, window, out);
  }
}

PlotPoint LaneIndex::plot_range(ObjectId object) const {
  const TraceStore::Impl& impl = *store_.impl_;
  if (object >= impl.objects.size()) return {};
  const ObjectTrack unused(impl.objects[object]);
  const ObjectTrack& track = impl.object(object) != nullptr ? *impl.object(object) : unused;
  const std::size_t rows = track.number_begins().size();
  const std::size_t first = track.has_initial_number() ? 0 : track.number_begins().next(0);
  MinMax<std::int64_t> extremes = track.numbers(first, rows);
  if (track.has_initial_number()) extremes.add(track.initial_number());
  if (extremes.empty()) return {};
  const RunTime begin = track.has_initial_number() ? 0 : position(axis_, track.rows(), first);
  const RunTime end = axis_ == Axis::time ? store_.end_time() : RunTime{store_.size()};
  return {begin, end, extremes.min, extremes.max, rows > 0 ? track.number(rows - 1) : track.initial_number()};
}

std::uint32_t LaneIndex::times_held(ObjectId object, EventIndex n) const {
  const ObjectTrack* track = store_.impl_->object(object);
  return track == nullptr ? 0 : track->times_held(track->rows().rows_before(n));
}

}  // namespace lockstep
