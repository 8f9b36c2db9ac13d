// Lanes: a trace as spans and step plots that can be drawn at any zoom in time proportional to the pixels.
#pragma once

#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

/// What the positions of a question and its answer count: nanoseconds of run time, or events (event i lies at
/// i, so that steps have equal width; `now` is then the number of events).
enum class Axis : std::uint8_t { time, events };

/// What a stretch of a lane shows; in rising order of what must not vanish when stretches are merged.
enum class SpanClass : std::uint8_t { none, idle, running, sleeping, held, waiting, ended };

/// A stretch of a lane, or several merged because each was narrower than the resolution.
struct Span {
  RunTime begin = 0;
  RunTime end = 0;                  ///< for a stretch that still goes on: the `now` of the query
  SpanClass cls = SpanClass::none;  ///< of merged ones: the most severe
  WorkerId worker = kNoWorker;      ///< worker lane: itself; lock lane: the owner; merged owners: kNoWorker
  ObjectId object = kNoObject;      ///< what it waits for (worker lane, waiting)
  EventIndex first_event =
      kNoEvent;              ///< the event that began it; of merged ones: the first of the most severe
  std::uint32_t merged = 1;  ///< how many stretches this one stands for
  bool open = false;         ///< still going on at the end of the trace
  friend bool operator==(const Span&, const Span&) = default;
};

/// A stretch of a step plot, or several merged.
struct PlotPoint {
  RunTime begin = 0;
  RunTime end = 0;
  std::int64_t min = 0;
  std::int64_t max = 0;
  std::int64_t last = 0;
  friend bool operator==(const PlotPoint&, const PlotPoint&) = default;
};

/// Answers from the store's indices; keeps no state of its own but a reference, so it costs nothing to make
/// one. All calls O(result · log n); what a call shares with the last ones at its resolution (all but the
/// newest cell, while a frame follows the other) is remembered in the store and only copied.
///
/// How stretches are merged: `resolution` is rounded down to a power of two (below 1 it counts as 1), and the
/// axis is cut into cells of that width that start at 0. Stretches that begin in the same cell and are
/// shorter than a cell become one; one that is as long as a cell is always kept for itself. So the result
/// does not change while panning, a cell yields at most two spans, and whatever happens in it shows in the
/// class, extremes and number of the merged one. The answer is appended to `out`, ordered, without overlap.
/// Stretches that touch [from, to] are not cut to it.
class LaneIndex {
 public:
  explicit LaneIndex(const TraceStore& store, Axis axis = Axis::time) : store_(store), axis_(axis) {}
  /// States of a worker that touch [from, to]. `now` closes the one that still goes on. A worker's lane
  /// begins with its start (main: its first event).
  void worker_spans(WorkerId worker, RunTime from, RunTime to, RunTime resolution, RunTime now,
                    std::vector<Span>& out) const;
  /// Stretches in which a Lock or RLock was held. A merged one reaches from the first hold in it to the last.
  void hold_spans(ObjectId object, RunTime from, RunTime to, RunTime resolution, RunTime now,
                  std::vector<Span>& out) const;
  /// Depth of a queue, permits of a semaphore, flag of an event, value of a variable: ObjectView::count or
  /// ObjectView::value (reals rounded, texts and None as 0). Begins at 0, without an initial value at the
  /// first one.
  void plot(ObjectId object, RunTime from, RunTime to, RunTime resolution, RunTime now,
            std::vector<PlotPoint>& out) const;
  /// Events of a worker (or of kSandbox) in [from, to], at most one per cell: the first of the most
  /// significant, where errors, broken checks and ends come before operations, and those before reads and
  /// writes of values.
  void marks(WorkerId worker, RunTime from, RunTime to, RunTime resolution,
             std::vector<EventIndex>& out) const;
  /// The extremes of plot() over the whole trace; all 0 if there is nothing to plot.
  PlotPoint plot_range(ObjectId object) const;
  /// Number of times a lock was taken in the first `n` events.
  std::uint32_t times_held(ObjectId object, EventIndex n) const;

 private:
  const TraceStore& store_;
  Axis axis_;
};

}  // namespace lockstep
