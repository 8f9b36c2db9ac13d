// The geometry of the timeline: which rectangles, plots and arrows are where. Pure: the view only turns it
// into draw calls and words. Coordinates are pixels from the top left corner of the lanes, after scrolling.
#pragma once

#include <vector>

#include "app/model/app_model.hpp"
#include "app/model/time_axis.hpp"
#include "app/model/timeline_rows.hpp"
#include "core/analysis/finding.hpp"
#include "core/schedule/situation.hpp"
#include "core/trace/lanes.hpp"

namespace lockstep {

enum class BoxLook : std::uint8_t {
  running,   ///< full height, solid
  sleeping,  ///< a thin bar
  waiting,   ///< full height, hatched
  mark,      ///< one operation: full height, narrow, solid
  notch,     ///< one operation inside a running stretch: a thin line in the background's colour
  held,      ///< a lock, in its owner's hue
  waiter,    ///< a thin hatched strip under it
  content,   ///< what a file or a text holds
  end_mark,  ///< the worker ended by itself
  cut_mark,  ///< the worker was killed or cut off
  step,      ///< in steps: what the worker did in one step, with a label
  planned,   ///< in steps: the branch goes on so
  next,      ///< in steps: a move that is possible now
};

struct LaneBox {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  BoxLook look = BoxLook::running;
  std::uint32_t row = 0;        ///< index into TimelineLayout::rows
  WorkerId worker = kNoWorker;  ///< whose hue
  ObjectId object = kNoObject;  ///< what is waited for
  EventIndex event = kNoEvent;  ///< the event that began it
  RunTime begin = 0, end = 0;
  std::uint32_t merged = 1;
  bool open = false;
  float width() const { return x1 - x0; }
};

struct PlotStep {
  float x0 = 0, x1 = 0;
  float y_min = 0, y_max = 0, y_last = 0;  ///< y_max is the lower number of pixels: it lies higher
};

struct LanePlot {
  std::uint32_t row = 0;
  std::int64_t low = 0, high = 0;  ///< the numbers at y_low and y_high
  float y_low = 0, y_high = 0;
  std::int64_t limit = 0;            ///< capacity or bound; 0 = none
  std::vector<std::int64_t> levels;  ///< that get a grid line and a number
  std::vector<PlotStep> steps;
  float y_of(std::int64_t value) const;
};

struct WakeArrow {
  EventIndex from = kNoEvent, to = kNoEvent;  ///< waker, woken
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool emphasised = false;  ///< belongs to the selection
};

/// A message that was sent and received.
struct MessageArrow {
  EventIndex from = kNoEvent, to = kNoEvent;
  WorkerId sender = kNoWorker;  ///< whose hue
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool emphasised = false;  ///< belongs to the selection
};

/// Two accesses that a finding is about.
struct ConflictArrow {
  EventIndex from = kNoEvent, to = kNoEvent;
  std::uint32_t finding = 0;  ///< which of TimelineInput::findings, or of `impending`
  bool impending = false;
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

struct TimelineInput {
  const TraceStore* store = nullptr;
  TimeRange visible;
  RunTime now = 0;  ///< what still goes on is drawn up to here
  Selection selection;
  float width = 0, height = 0;  ///< of the lanes with their names
  float scale = 1;
  float scroll = 0;
  bool compact = false;
  // --- only in steps ---
  bool steps = false;
  std::uint32_t position = 0;      ///< steps taken
  std::span<const Choice> branch;  ///< all of it; from `position` on it has not happened
  std::vector<WorkerId> next;      ///< workers that have a move
  EventIndex moment = 0;           ///< findings of later events have no arrows yet
  std::span<const Finding> findings;
  std::span<const Finding> impending;  ///< accesses that a finding is going to be about
};

struct TimelineLayout {
  TimeAxis axis;
  float gutter = 0;           ///< width of the names
  std::vector<LaneRow> rows;  ///< all of them; y is after scrolling
  float content_height = 0;
  Ticks ticks;
  std::vector<LaneBox> boxes;  ///< of rows in sight, in drawing order
  std::vector<LanePlot> plots;
  std::vector<WakeArrow> arrows;         ///< all if they are few, else those of the selection
  std::vector<MessageArrow> messages;    ///< likewise
  std::vector<ConflictArrow> conflicts;  ///< in steps
};

TimelineLayout lay_out_timeline(const TimelineInput& input);

/// How far the lanes can be scrolled.
float most_scroll(const TimelineLayout& layout, float height);

struct TimelineHit {
  const LaneRow* row = nullptr;  ///< nullptr beside all lanes
  const LaneBox* box = nullptr;  ///< the one on top
  RunTime time = 0;
  bool on_name = false;
};
TimelineHit hit_test(const TimelineLayout& layout, float x, float y);

}  // namespace lockstep
