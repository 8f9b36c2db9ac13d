#include "core/trace/lanes.hpp"

#include "core/trace/store_impl.hpp"

namespace lockstep {
namespace {

/// The stretches of a track as items; see LaneMemory.
template <class Item, class Make>
void answer(LaneMemory<Item>& memory, Axis axis, const EventTrack& rows, const BitColumn& begins,
            const Window& window, Make&& make, std::vector<Item>& out) {
  if (axis == Axis::time) {
    memory.template answer<Axis::time>(rows, begins, window, make, out);
  } else {
    memory.template answer<Axis::events>(rows, begins, window, make, out);
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
  const auto make = [&](const Stretch& s, Span& span) {
    std::size_t row = s.low;
    std::uint8_t marks = track->marks()[row];
    if (s.merged > 1) {
      marks = track->marks().any(s.low, s.high);
      row = track->marks().find(s.low, s.high, class_mark(severest(marks)));
    }
    const SpanClass cls = severest(marks);
    const ObjectId object = cls == SpanClass::waiting ? track->waits_for(row) : kNoObject;
    span = {s.begin, s.end, cls, worker, object, track->rows().event(row), s.merged, s.open};
    return true;
  };
  answer(track->lane_memory(), axis_, track->rows(), track->begins(), {from, to, resolution, now}, make, out);
}

void LaneIndex::hold_spans(ObjectId object, RunTime from, RunTime to, RunTime resolution, RunTime now,
                           std::vector<Span>& out) const {
  const ObjectTrack* track = store_.impl_->object(object);
  if (track == nullptr || track->family() != ObjectFamily::lock) return;
  const EventTrack& rows = track->rows();
  const BitColumn& begins = track->owner_begins();
  const auto make = [&](const Stretch& s, Span& span) {
    const MinMax<WorkerId> owners = track->owners_between(s.low, s.merged == 1 ? s.low + 1 : s.high);
    if (owners.empty()) return false;
    span = {s.begin, s.end, SpanClass::held, owners.min, kNoObject, kNoEvent, 1, s.open};
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
    return true;
  };
  answer(track->holds_memory(), axis_, rows, begins, {from, to, resolution, now}, make, out);
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
  const auto make = [&](const Stretch& s, PlotPoint& point) {
    const std::int64_t last = track.number(s.high - 1);
    const MinMax<std::int64_t> extremes =
        s.merged == 1 ? MinMax<std::int64_t>{last, last} : track.numbers(s.low, s.high);
    point = {s.begin, s.end, extremes.min, extremes.max, last};
    return true;
  };
  answer(track.plot_memory(), axis_, track.rows(), track.number_begins(), window, make, out);
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
    const auto significance =
        static_cast<std::uint8_t>(track.marks().any(row, high) & ~unsigned{mark::classes});
    // No bit at all: only the worker's start, which is somebody else's event.
    if (significance != 0)
      out.push_back(rows.event(track.marks().find(row, high, std::bit_floor(significance))));
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
