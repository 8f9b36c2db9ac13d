#include "app/model/timeline_state.hpp"

#include <algorithm>
#include <cmath>

#include "core/schedule/situation.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kHistory = 100;
constexpr RunTime kBesidePlayhead = kStepTime * 3 / 2;  // room for the next moves

/// A range of the same length that is allowed on the screen: not before 0 by more than a tenth of its length.
TimeRange tidy(TimeRange range) {
  RunTime length = std::clamp(range.length(), TimelineState::kShortest, TimelineState::kLongest);
  RunTime from = std::clamp(range.from, -length / 10, TimelineState::kLongest);
  return {from, from + length};
}

}  // namespace

void TimelineState::advance_steps(RunTime now) {
  const RunTime end = now + kBesidePlayhead;
  if (fit_) {
    const RunTime length = whole_ ? std::max(end, room) : room;
    visible_ = {std::max<RunTime>(end - length, 0), std::max(end, length)};
  } else if (follow_ && (end > visible_.to || now < visible_.from)) {
    visible_ = tidy({end - visible_.length(), end});
  }
}

void TimelineState::advance(RunTime now, bool going) {
  if (axis == AxisMode::steps) return advance_steps(now);
  if (fit_ && going) {
    if (now > visible_.to || visible_.from != 0) visible_ = {0, std::max(kFirstRange, now + now / 5)};
  } else if (fit_) {
    fit(now);
  } else if (follow_ && going) {
    const RunTime length = visible_.length();
    const RunTime from = now - length * 92 / 100;
    if (from > visible_.from || now < visible_.from) visible_ = tidy({from, from + length});
  }
}

void TimelineState::reset() {
  const AxisMode kept_axis = axis;
  const bool kept_compact = compact;
  const RunTime kept_room = room;
  *this = TimelineState{};
  axis = kept_axis;
  compact = kept_compact;
  room = kept_room;
}

void TimelineState::set_playhead(Playhead playhead) {
  playhead_ = playhead;
  follow_ = false;
}

void TimelineState::follow_newest() {
  playhead_.reset();
  follow_ = true;
  whole_ = false;
}

void TimelineState::fit(RunTime now) {
  fit_ = true;
  whole_ = true;
  follow_ = !playhead_;
  if (axis == AxisMode::steps) return advance_steps(now);
  visible_ = {0, now > 0 ? std::max(now + now / 40, kShortest) : kFirstRange};
}

void TimelineState::zoom(double factor, RunTime anchor, bool keep_following) {
  if (!(factor > 0) || !std::isfinite(factor)) return;
  const auto length = static_cast<double>(visible_.length());
  const double wanted =
      std::clamp(length * factor, static_cast<double>(kShortest), static_cast<double>(kLongest));
  const double share = static_cast<double>(anchor - visible_.from) / length;
  const double from = static_cast<double>(anchor) - share * wanted;
  fit_ = false;
  follow_ = follow_ && keep_following;
  visible_ = tidy({std::llround(from), std::llround(from) + std::llround(wanted)});
}

void TimelineState::pan(RunTime by) {
  fit_ = follow_ = false;
  visible_ = tidy({visible_.from + by, visible_.to + by});
}

void TimelineState::show(TimeRange range) {
  if (range.length() <= 0) return;
  fit_ = follow_ = false;
  visible_ = tidy(range);
}

void TimelineState::reveal(RunTime t) {
  const RunTime margin = visible_.length() / 10;
  if (t < visible_.from + std::min(margin, visible_.from)) {
    pan(t - margin - visible_.from);
  } else if (t > visible_.to - margin / 2) {
    pan(t + margin - visible_.to);
  }
}

void TimelineState::remember() {
  if (!history_.empty() && history_.back().visible == visible_ && history_.back().playhead == playhead_)
    return;
  if (history_.size() == kHistory) history_.erase(history_.begin());
  history_.push_back({visible_, playhead_, follow_, fit_});
}

void TimelineState::go_back() {
  if (history_.empty()) return;
  const Place place = history_.back();
  history_.pop_back();
  visible_ = place.visible;
  playhead_ = place.playhead;
  follow_ = place.follow;
  fit_ = place.fit;
}

}  // namespace lockstep
