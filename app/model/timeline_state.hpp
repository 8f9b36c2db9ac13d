// Where the learner is on the timeline: the visible range, the playhead, what is measured, and the way back.
#pragma once

#include <optional>
#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

struct TimeRange {
  RunTime from = 0;
  RunTime to = 0;
  RunTime length() const { return to - from; }
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// A moment that the learner chose. `events` tells apart events with equal times: the first `events` have
/// happened.
struct Playhead {
  RunTime time = 0;
  EventIndex events = 0;
  friend bool operator==(const Playhead&, const Playhead&) = default;
};

/// In steps, step n (from 1) lies between (n - 1) and n times kStepTime.
enum class AxisMode : std::uint8_t { seconds, steps };

class TimelineState {
 public:
  static constexpr RunTime kShortest = 1'000;                     ///< 1 µs across the screen
  static constexpr RunTime kLongest = 100'000LL * 1'000'000'000;  ///< about a day
  static constexpr RunTime kFirstRange = 5'000'000'000;           ///< what an empty timeline shows

  AxisMode axis = AxisMode::seconds;
  std::optional<TimeRange> measure;  ///< the stretch being measured
  bool measuring = false;            ///< the next drag measures
  float scroll = 0;                  ///< of the lanes, in pixels
  bool compact = false;              ///< low lanes
  /// In steps: what the screen has room for with boxes wide enough for their labels. Set by the view.
  RunTime room = 10'500'000'000;

  /// What is on the screen. While following newest the range is moved by advance().
  TimeRange visible() const { return visible_; }
  bool follows() const { return follow_; }
  bool fitted() const { return fit_; }
  const std::optional<Playhead>& playhead() const { return playhead_; }

  /// What goes on for ever after the end of a stuck run is drawn as if it lasted that much longer.
  static RunTime for_ever(RunTime now) { return now + now / 3; }

  /// Once a frame: keeps the newest moment in sight while following, all of the run while fitted. While the
  /// run is `going` the fitted range grows in steps, so that the picture is not rescaled in every frame.
  void advance(RunTime now, bool going);
  /// A new run: everything forgotten, fitted and following.
  void reset();

  void set_playhead(Playhead playhead);  ///< stops following
  void follow_newest();                  ///< drops the playhead
  void fit(RunTime now);                 ///< the whole run

  // Moving the range by hand ends following it; the moment stays the newest if it was.
  /// `factor` < 1 zooms in; `anchor` stays where it is on the screen. Around the newest one can keep
  /// following.
  void zoom(double factor, RunTime anchor, bool keep_following = false);
  void pan(RunTime by);
  void show(TimeRange range);
  /// Pans as little as needed to have `t` well inside the range.
  void reveal(RunTime t);

  /// Remembers the present range as a place to come back to. Consecutive small moves count as one.
  void remember();
  bool can_go_back() const { return !history_.empty(); }
  void go_back();

 private:
  struct Place {
    TimeRange visible;
    std::optional<Playhead> playhead;
    bool follow = true, fit = true;
  };
  TimeRange visible_{0, kFirstRange};
  std::optional<Playhead> playhead_;
  bool follow_ = true;
  bool fit_ = true;
  bool whole_ = false;  // in steps: fit() was asked for; else the newest steps that there is room for
  std::vector<Place> history_;

  void advance_steps(RunTime now);
};

}  // namespace lockstep
