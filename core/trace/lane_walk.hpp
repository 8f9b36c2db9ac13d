// How a lane is cut into stretches at a resolution: the merging that lanes.hpp describes, and a memory of its
// results.
#pragma once

#include <bit>
#include <limits>

#include "core/trace/bit_column.hpp"
#include "core/trace/event_track.hpp"

namespace lockstep {

/// What is asked for: a stretch of the axis, and cells of width mask + 1.
struct Window {
  RunTime from;
  RunTime to;
  RunTime mask;
  RunTime now;

  Window(RunTime begin, RunTime end, RunTime resolution, RunTime present)
      : from(std::max<RunTime>(0, begin)),
        to(end),
        mask(static_cast<RunTime>(std::bit_floor(width(resolution))) - 1),
        now(present) {}
  RunTime cell_begin(RunTime at) const { return at & ~mask; }
  RunTime cell_end(RunTime at) const { return after(at | mask); }
  bool touches(RunTime begin, RunTime end) const {
    return from <= to && begin <= to && (end > from || begin >= from);
  }
  static RunTime after(RunTime at) { return at == std::numeric_limits<RunTime>::max() ? at : at + 1; }

 private:
  static std::uint64_t width(RunTime resolution) {
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
  bool open;  ///< goes on
};

/// Goes through a track in which a new stretch begins at each row in `begins`, one cell a step.
template <Axis axis>
class LaneWalk {
 public:
  /// From `row` on, which is in `begins` or its end.
  LaneWalk(const EventTrack& rows, const BitColumn& begins, const Window& window, std::size_t row)
      : rows_(rows), begins_(begins), window_(window), seen_(begins.rank(row)) {
    enter(row);
  }

  /// The first row of the cell in which the stretch begins that goes on at `at` (or of the first cell that is
  /// not empty); begins.size() if nothing ever begins.
  static std::size_t first_row(const EventTrack& rows, const BitColumn& begins, const Window& window,
                               RunTime at) {
    std::size_t row = begins.previous(rows.first_at(kOn, Window::after(at), 0));
    if (row >= begins.size()) return begins.next(0);
    row = rows.first_at(kOn, window.cell_begin(rows.position(kOn, row)), 0);
    return begins.next(row);
  }

  std::size_t row() const { return row_; }
  /// No cell is left that begins in the window.
  bool at_end() const { return row_ >= begins_.size() || begin_ > window_.to; }
  /// Whether more events can still change the stretches of this cell: nothing has begun after it.
  bool is_open() const { return next_ >= begins_.size(); }

  /// Gives the stretches that begin in this cell, at most two, to `emit` and goes to the next cell.
  template <class Emit>
  void step(Emit&& emit) {
    const std::size_t last = begins_.previous(high_);
    const RunTime last_begin = last == row_ ? begin_ : rows_.position(kOn, last);
    const RunTime end = is_open() ? std::max(window_.now, last_begin) : rows_.position(kOn, next_);
    const std::uint32_t seen = last == row_ ? seen_ + 1 : begins_.rank(high_);
    if (end - last_begin <= window_.mask) {
      emit(Stretch{row_, high_, begin_, end, seen - seen_, is_open()});
    } else {
      if (last != row_) emit(Stretch{row_, last, begin_, last_begin, seen - seen_ - 1, false});
      emit(Stretch{last, high_, last_begin, end, 1, is_open()});
    }
    seen_ = seen;
    enter(next_);
  }

 private:
  static constexpr AxisTag<axis> kOn{};

  void enter(std::size_t row) {
    row_ = row;
    if (row_ >= begins_.size()) return;
    begin_ = rows_.position(kOn, row_);
    high_ = rows_.first_at(kOn, window_.cell_end(begin_), row_);
    next_ = begins_.next(high_);
  }

  const EventTrack& rows_;
  const BitColumn& begins_;
  const Window& window_;
  std::uint32_t seen_;    ///< stretches before row_
  std::size_t row_ = 0;   ///< the cell's first row in begins_
  std::size_t high_ = 0;  ///< the first row after the cell
  std::size_t next_ = 0;  ///< the first row of the next cell that is not empty
  RunTime begin_ = 0;     ///< of row_
};

/// What has been worked out of a lane and cannot change any more, at the resolutions that were asked for
/// last: a frame differs little from the one before. Item is what the lane is made of (Span, PlotPoint): has
/// begin and end.
template <class Item>
class LaneMemory {
 public:
  /// Appends to `out` the items that touch the window. `make(Stretch, Item&)` makes one, or says false if
  /// there is none.
  template <Axis axis, class Make>
  void answer(const EventTrack& rows, const BitColumn& begins, const Window& window, Make&& make,
              std::vector<Item>& out) {
    const std::size_t start = LaneWalk<axis>::first_row(rows, begins, window, window.from);
    if (start >= begins.size() || window.to < window.from) return;
    Level& level = level_for(axis, window.mask);
    if (start < level.first || start > level.next) {
      // With a part of what lies before: whoever goes back a little goes back more.
      const RunTime before = std::max<RunTime>(0, window.from - (window.to - window.from) / 2);
      level.first = level.next = LaneWalk<axis>::first_row(rows, begins, window, before);
      level.items.clear();
    } else if (level.items.size() > kMostItems) {
      level.forget_before(start, rows.position(AxisTag<axis>{}, start));
    }
    LaneWalk<axis> walk(rows, begins, window, level.next);
    Item item;
    while (!walk.at_end() && !walk.is_open()) {
      walk.step([&](const Stretch& stretch) {
        if (make(stretch, item)) level.items.push_back(item);
      });
    }
    level.next = walk.row();
    level.copy(window, out);
    if (walk.at_end()) return;
    walk.step([&](const Stretch& stretch) {
      if (make(stretch, item) && window.touches(item.begin, item.end)) out.push_back(item);
    });
  }

 private:
  static constexpr std::size_t kLevels = 3;  ///< the timeline, an overview, and the last zoom
  static constexpr std::size_t kMostItems = 8192;

  struct Level {
    Axis axis = Axis::time;
    RunTime mask = -1;
    std::uint64_t used = 0;
    std::size_t first = 0;  ///< the items are those of rows [first, next)
    std::size_t next = 0;
    std::vector<Item> items{};

    void forget_before(std::size_t row, RunTime position) {
      items.erase(items.begin(), std::lower_bound(items.begin(), items.end(), position, begins_before));
      first = row;
    }
    void copy(const Window& window, std::vector<Item>& out) const {
      auto low = std::lower_bound(items.begin(), items.end(), window.from, begins_before);
      const auto high = std::lower_bound(low, items.end(), Window::after(window.to), begins_before);
      if (low != items.begin() && std::prev(low)->end > window.from) --low;
      out.insert(out.end(), low, high);
    }
    static bool begins_before(const Item& item, RunTime position) { return item.begin < position; }
  };

  Level& level_for(Axis axis, RunTime mask) {
    auto found = std::find_if(levels_.begin(), levels_.end(),
                              [&](const Level& level) { return level.axis == axis && level.mask == mask; });
    if (found == levels_.end()) {
      if (levels_.size() == kLevels) {
        levels_.erase(std::min_element(levels_.begin(), levels_.end(),
                                       [](const Level& a, const Level& b) { return a.used < b.used; }));
      }
      levels_.push_back({.axis = axis, .mask = mask});
      found = std::prev(levels_.end());
    }
    found->used = ++clock_;
    return *found;
  }

  std::vector<Level> levels_;
  std::uint64_t clock_ = 0;
};

}  // namespace lockstep
