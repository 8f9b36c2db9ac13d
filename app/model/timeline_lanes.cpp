#include "app/model/timeline_lanes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "core/schedule/situation.hpp"

namespace lockstep {
namespace {

constexpr float kMarkWidth = 7;  // unscaled, where there is room
constexpr float kNarrowMark = 3;
constexpr float kMergePixels = 3;       // what is narrower is merged with its neighbours
constexpr float kStrip = 6;             // unscaled height of a waiter's strip
constexpr std::size_t kStrips = 3;      // waiters shown under a lock at one time
constexpr std::size_t kLookedAt = 24;   // events of a short stretch that are looked at
constexpr std::size_t kContents = 300;  // changes of a text that are looked at

bool writes_content(EventKind kind) {
  return kind == EventKind::file_write || kind == EventKind::file_truncate ||
         kind == EventKind::file_append || kind == EventKind::store || kind == EventKind::add ||
         kind == EventKind::managed_call;
}

class LaneBuilder {
 public:
  LaneBuilder(const TimelineInput& input, TimelineLayout& layout)
      : input_(input), layout_(layout), store_(*input.store), index_(store_), axis_(layout.axis) {
    resolution_ = static_cast<RunTime>(static_cast<double>(axis_.per_pixel()) * kMergePixels);
  }

  void build() {
    for (std::uint32_t i = 0; i < layout_.rows.size(); ++i) {
      const LaneRow& row = layout_.rows[i];
      if (row.bottom() < 0 || row.y > input_.height) continue;
      row_ = i;
      bands_ = bands_of(row, input_.scale);
      switch (row.kind) {
        case LaneKind::worker: worker_lane(row); break;
        case LaneKind::lock: lock_lane(row); break;
        case LaneKind::plot: plot_lane(row); break;
        case LaneKind::text: text_lane(row); break;
      }
    }
  }

 private:
  float px(float unscaled) const { return unscaled * input_.scale; }

  LaneBox& add(BoxLook look, RunTime begin, RunTime end, float y0, float y1) {
    LaneBox& box = layout_.boxes.emplace_back();
    box.look = look;
    box.begin = begin;
    box.end = end;
    box.x0 = axis_.clamped_x(begin);
    box.x1 = std::max(axis_.clamped_x(end), box.x0 + 1);
    box.y0 = y0;
    box.y1 = y1;
    box.row = row_;
    return box;
  }

  void fill(LaneBox& box, const Span& span, WorkerId worker) {
    box.worker = worker;
    box.object = span.object;
    box.event = span.first_event;
    box.merged = span.merged;
    box.open = span.open;
  }

  // --- workers ---

  void worker_lane(const LaneRow& row) {
    spans_.clear();
    index_.worker_spans(row.worker, axis_.range.from, axis_.range.to, resolution_, input_.now, spans_);
    const bool steps = shows_steps(input_, axis_);
    for (const Span& span : spans_) {
      // In steps a worker runs only within its steps, which have boxes of their own.
      if (!steps || span.cls != SpanClass::running) worker_span(span, row.worker);
    }
    if (steps) return lay_out_step_boxes(input_, layout_, row_);
    const std::size_t first_mark = layout_.boxes.size();
    for (const Span& span : spans_)
      short_run(span, row.worker);
    notches(row.worker);
    std::ranges::sort(layout_.boxes.begin() + static_cast<std::ptrdiff_t>(first_mark), layout_.boxes.end(),
                      {}, &LaneBox::x0);
    separate(first_mark);
  }

  bool is_short(const Span& span) const {
    return span.cls == SpanClass::running && axis_.x_of(span.end) - axis_.x_of(span.begin) < px(kMarkWidth);
  }

  void worker_span(const Span& span, WorkerId worker) {
    switch (span.cls) {
      case SpanClass::running:
        if (!is_short(span)) {
          fill(add(BoxLook::running, span.begin, span.end, bands_.top, bands_.bottom), span, worker);
        }
        break;
      case SpanClass::sleeping:
        rest(BoxLook::sleeping, span, worker, bands_.bar_top, bands_.bar_bottom);
        break;
      case SpanClass::waiting: rest(BoxLook::waiting, span, worker, bands_.top, bands_.bottom); break;
      case SpanClass::ended: end_mark(span, worker); break;
      case SpanClass::none:
      case SpanClass::idle:
      case SpanClass::held: break;
    }
  }

  /// Sleeping or waiting. In steps it lies between the boxes of the steps that it begins and ends with.
  void rest(BoxLook look, const Span& span, WorkerId worker, float top, float bottom) {
    RunTime begin = span.begin, end = span.end;
    if (shows_steps(input_, axis_)) {
      begin = (begin / kStepTime + 1) * kStepTime;
      if (end < input_.now) end = end / kStepTime * kStepTime;
      if (begin >= end) return;
    }
    fill(add(look, begin, end, top, bottom), span, worker);
  }

  void end_mark(const Span& span, WorkerId worker) {
    const bool known = span.first_event != kNoEvent;
    const EventKind kind = known ? store_[span.first_event].kind : EventKind::worker_end;
    if (kind == EventKind::worker_end && shows_steps(input_, axis_)) return;  // a step of its own
    LaneBox& box = add(kind == EventKind::worker_end ? BoxLook::end_mark : BoxLook::cut_mark, span.begin,
                       span.begin, bands_.top, bands_.bottom);
    fill(box, span, worker);
    const float half = px(4);
    box.x1 = box.x0 + half;
    box.x0 -= half;
  }

  LaneBox& add_mark(BoxLook look, EventIndex event, WorkerId worker, float width) {
    const auto time = static_cast<RunTime>(store_[event].time);
    LaneBox& box = add(look, time, time, bands_.top, bands_.bottom);
    box.worker = worker;
    box.event = event;
    box.x1 = box.x0 + width;
    return box;
  }

  /// A stretch of running that is too short to be seen shows as a mark: what the worker did in it.
  void short_run(const Span& span, WorkerId worker) {
    if (!is_short(span)) return;
    const EventIndex event = main_operation(span, worker);
    if (event != kNoEvent) add_mark(BoxLook::mark, event, worker, px(kMarkWidth));
  }

  /// The first of the most telling events of a short stretch, or kNoEvent if it has no operation.
  EventIndex main_operation(const Span& span, WorkerId worker) const {
    const EventIndices events = store_.events_of_worker(worker);
    EventIndex best = kNoEvent;
    int best_rank = 0;
    auto it =
        span.first_event == kNoEvent ? events.begin() : std::ranges::lower_bound(events, span.first_event);
    for (std::size_t n = 0; it != events.end() && n < kLookedAt; ++it, ++n) {
      if (static_cast<RunTime>(store_[*it].time) > span.end) break;
      const int rank = telling(store_[*it].kind);
      if (rank > best_rank) {
        best_rank = rank;
        best = *it;
      }
    }
    return best;
  }

  /// Operations inside a stretch of running that can be seen, and inside stretches merged from many.
  void notches(WorkerId worker) {
    const float wide = px(kMarkWidth);
    const auto cell =
        static_cast<RunTime>(static_cast<double>(axis_.per_pixel()) * static_cast<double>(wide));
    events_.clear();
    index_.marks(worker, axis_.range.from, axis_.range.to, cell, events_);
    auto span = spans_.begin();
    for (const EventIndex event : events_) {
      const auto time = static_cast<RunTime>(store_[event].time);
      while (span != spans_.end() && span->end <= time)
        ++span;
      if (span == spans_.end()) break;
      if (span->begin > time || telling(store_[event].kind) == 0) continue;
      if (span->cls == SpanClass::running && !is_short(*span)) {
        add_mark(BoxLook::notch, event, worker, std::max(1.0F, px(1.5F)));
      } else if (span->merged > 1 && span->cls == SpanClass::sleeping) {
        add_mark(BoxLook::mark, event, worker, px(kNarrowMark));
      }
    }
  }

  /// Marks that would run into the next one become narrower.
  void separate(std::size_t first) {
    for (std::size_t i = first; i + 1 < layout_.boxes.size(); ++i) {
      LaneBox& box = layout_.boxes[i];
      const float room = layout_.boxes[i + 1].x0 - box.x0 - 1;
      if (box.look == BoxLook::mark) box.x1 = std::min(box.x1, box.x0 + std::max(room, px(kNarrowMark)));
    }
  }

  // --- locks ---

  void lock_lane(const LaneRow& row) {
    spans_.clear();
    index_.hold_spans(row.object, axis_.range.from, axis_.range.to, resolution_, input_.now, spans_);
    const float strips = row.low ? 0 : px(kStrip) * static_cast<float>(kStrips);
    const float bottom = bands_.bottom - strips / 2;
    for (const Span& span : spans_) {
      LaneBox& box = add(BoxLook::held, span.begin, span.end, bands_.top, bottom);
      fill(box, span, span.worker);
      box.x1 = std::max(box.x1, box.x0 + px(2));
    }
    if (!row.low) waiters(row.object, bottom + px(2));
  }

  /// One strip for each worker that waits for the object; a strip keeps its height while it lasts.
  void waiters(ObjectId object, float top) {
    std::vector<Span> waits;
    for (const WorkerInfo& worker : store_.workers()) {
      spans_.clear();
      index_.worker_spans(worker.id, axis_.range.from, axis_.range.to, resolution_, input_.now, spans_);
      std::ranges::copy_if(spans_, std::back_inserter(waits), [&](const Span& span) {
        return span.cls == SpanClass::waiting && span.object == object && span.merged == 1;
      });
    }
    std::ranges::sort(waits, {}, &Span::begin);
    std::array<RunTime, kStrips> busy_until{};
    busy_until.fill(-1);
    for (const Span& span : waits) {
      const auto slot = std::ranges::find_if(busy_until, [&](RunTime until) { return until <= span.begin; });
      if (slot == busy_until.end()) continue;  // more than can be shown; the name says how many
      *slot = span.end;
      const float y = top + px(kStrip) * static_cast<float>(slot - busy_until.begin());
      fill(add(BoxLook::waiter, span.begin, span.end, y, y + px(kStrip) - 1), span, span.worker);
    }
  }

  // --- numbers and contents ---

  /// A limit that the program did not choose (a kernel's buffer) would flatten the line: it appears near it.
  static std::int64_t shown_limit(const ObjectInfo& info, std::int64_t most) {
    const bool chosen = info.kind != ObjectKind::pipe && info.kind != ObjectKind::socket;
    return chosen || most >= info.limit / 4 ? info.limit : 0;
  }

  void plot_lane(const LaneRow& row) {
    const ObjectInfo& info = store_.objects()[row.object];
    const PlotPoint extremes = index_.plot_range(row.object);
    LanePlot& plot = layout_.plots.emplace_back();
    plot.row = row_;
    plot.limit = shown_limit(info, extremes.max);
    plot.low = std::min({extremes.min, std::int64_t{0}});
    plot.high = std::max({extremes.max, plot.limit, plot.low + 1});
    plot.y_low = row.bottom() - px(row.low ? 5 : 14);
    plot.y_high = row.y + px(row.low ? 5 : 14);
    plot.levels = nice_levels(plot.low, plot.high,
                              std::max(2, static_cast<int>((plot.y_low - plot.y_high) / px(13)) + 1));
    points_.clear();
    index_.plot(row.object, axis_.range.from, axis_.range.to, axis_.per_pixel(), input_.now, points_);
    for (const PlotPoint& point : points_) {
      const float x0 = axis_.clamped_x(point.begin);
      plot.steps.push_back({x0, std::max(axis_.clamped_x(point.end), x0), plot.y_of(point.min),
                            plot.y_of(point.max), plot.y_of(point.last)});
    }
  }

  void text_lane(const LaneRow& row) {
    const EventIndices events = store_.events_of_object(row.object);
    const auto time_of = [&](EventIndex event) { return static_cast<RunTime>(store_[event].time); };
    const auto begin = std::ranges::lower_bound(events, axis_.range.from, {}, time_of);
    const auto end = std::ranges::upper_bound(events, axis_.range.to, {}, time_of);
    // Back to the change before the left edge, whose content is still there.
    auto it = begin;
    for (std::size_t back = 0; it != events.begin() && back < kContents; ++back) {
      --it;
      if (writes_content(store_[*it].kind)) break;
    }
    std::vector<EventIndex> changes;
    for (; it != end && changes.size() < kContents; ++it) {
      if (writes_content(store_[*it].kind)) changes.push_back(*it);
    }
    content_boxes(row, changes);
  }

  void content_boxes(const LaneRow& row, const std::vector<EventIndex>& changes) {
    const float height = row.low ? row.height * 0.6F : px(24);
    const float top = row.y + (row.height - height) / 2;
    for (std::size_t i = 0; i <= changes.size(); ++i) {
      // What was there before the first change has no event.
      const RunTime from = i == 0 ? 0 : static_cast<RunTime>(store_[changes[i - 1]].time);
      const RunTime to = i < changes.size() ? static_cast<RunTime>(store_[changes[i]].time) : input_.now;
      if (to <= from) continue;
      LaneBox& box = add(BoxLook::content, from, to, top, top + height);
      box.object = row.object;
      box.event = i == 0 ? kNoEvent : changes[i - 1];
      box.worker = i == 0 ? kNoWorker : store_[box.event].worker;
      box.open = i == changes.size();
    }
  }

  const TimelineInput& input_;
  TimelineLayout& layout_;
  const TraceStore& store_;
  LaneIndex index_;
  const TimeAxis& axis_;
  RunTime resolution_ = 1;
  std::uint32_t row_ = 0;
  LaneBands bands_;
  std::vector<Span> spans_;
  std::vector<PlotPoint> points_;
  std::vector<EventIndex> events_;
};

}  // namespace

int telling(EventKind kind) {
  switch (kind) {
    case EventKind::worker_begin:
    case EventKind::worker_end:
    case EventKind::worker_killed:
    case EventKind::worker_cut_off:
    case EventKind::block:
    case EventKind::sleep_begin:
    case EventKind::sleep_end:
    case EventKind::core:
    case EventKind::stall: return 0;
    case EventKind::load:
    case EventKind::local_set:
    case EventKind::global_load:
    case EventKind::choice:
    case EventKind::print: return 1;
    case EventKind::raise:
    case EventKind::timed_out:
    case EventKind::check: return 3;
    default: return 2;
  }
}

LaneBands bands_of(const LaneRow& row, float scale) {
  const float block = std::floor(row.low ? row.height * 0.62F : row.height * 0.53F);
  const float bar = std::max(std::floor(row.low ? row.height * 0.24F : 10 * scale), 3.0F);
  LaneBands bands;
  bands.top = std::floor(row.y + (row.height - block) / 2);
  bands.bottom = bands.top + block;
  bands.bar_top = std::floor(row.y + (row.height - bar) / 2);
  bands.bar_bottom = bands.bar_top + bar;
  return bands;
}

void lay_out_lanes(const TimelineInput& input, TimelineLayout& layout) { LaneBuilder(input, layout).build(); }

}  // namespace lockstep
