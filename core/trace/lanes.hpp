// Lanes: a trace as spans and step plots that can be drawn at any zoom in time proportional to the pixels.
#pragma once

#include <span>
#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

/// What the positions of a question and its answer count: nanoseconds of run time, or events (event i lies at i, so that
/// steps have equal width; `now` is then the number of events).
enum class Axis : std::uint8_t { time, events };

/// What a stretch of a lane shows; in rising order of what must not vanish when stretches are merged.
enum class SpanClass : std::uint8_t { none, idle, running, sleeping, held, waiting, ended };

/// A stretch of a lane, or several merged because each was narrower than the resolution.
struct Span {
  RunTime begin = 0;
  RunTime end = 0;                    ///< for a stretch that still goes on: the `now` of the query
  SpanClass cls = SpanClass::none;    ///< of merged ones: the most severe
  WorkerId worker = kNoWorker;        ///< worker lane: itself; lock lane: the owner; merged owners: kNoWorker
  ObjectId object = kNoObject;        ///< what it waits for (worker lane)
  EventIndex first_event = kNoEvent;  ///< the event that began it
  std::uint32_t merged = 1;           ///< how many stretches this one stands for
  bool open = false;                  ///< still going on at the end of the trace
};

/// One pixel column (or wider) of a step plot.
struct PlotPoint {
  RunTime begin = 0;
  RunTime end = 0;
  std::int64_t min = 0;
  std::int64_t max = 0;
  std::int64_t last = 0;
};

/// Answers from the store's indices; keeps no state of its own but a reference. All calls O(result · log n).
class LaneIndex {
 public:
  explicit LaneIndex(const TraceStore& store) : store_(store) {}
  /// States of a worker that touch [from, to]; stretches shorter than `resolution` are merged with their neighbours.
  /// `now` closes stretches that still go on.
  void worker_spans(WorkerId worker, RunTime from, RunTime to, RunTime resolution, RunTime now,
                    std::vector<Span>& out) const;
  /// Stretches in which a Lock or RLock was held.
  void hold_spans(ObjectId object, RunTime from, RunTime to, RunTime resolution, RunTime now,
                  std::vector<Span>& out) const;
  /// Depth of a queue, permits of a semaphore, flag of an event, value of an integer variable: whatever
  /// ObjectView::count (or an integer ObjectView::value) says.
  void plot(ObjectId object, RunTime from, RunTime to, RunTime resolution, RunTime now,
            std::vector<PlotPoint>& out) const;
  /// The number of workers that wait for an object, as a step plot.
  void waiters_plot(ObjectId object, RunTime from, RunTime to, RunTime resolution, RunTime now,
                    std::vector<PlotPoint>& out) const;
  /// Events of a worker in [from, to], at most one per `resolution` (the most significant of each group).
  void marks(WorkerId worker, RunTime from, RunTime to, RunTime resolution, std::vector<EventIndex>& out) const;
  /// The extremes of plot() over the whole trace.
  PlotPoint plot_range(ObjectId object) const;
  /// Number of times a lock was taken up to the first `n` events.
  std::uint32_t times_held(ObjectId object, EventIndex n) const;

 private:
  const TraceStore& store_;
};

}  // namespace lockstep
