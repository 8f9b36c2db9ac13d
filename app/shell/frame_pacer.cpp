#include "app/shell/frame_pacer.hpp"

#include <algorithm>

namespace lockstep {

/// When the next frame is due; far away if none is wanted.
double FramePacer::due() const {
  if (last_ < 0) return 0;
  if (wanted_ > 0) return last_ + kInputInterval;
  if (data_ > 0 || moving_) return last_ + kMovingInterval;
  return last_ + 1e9;
}

bool FramePacer::should_draw(double now) const { return now >= due(); }

void FramePacer::drawn(double now) {
  last_ = now;
  data_ = std::max(data_ - 1, 0);
  wanted_ = std::max(wanted_ - 1, 0);
}

double FramePacer::timeout(double now) const { return std::clamp(due() - now, 0.0, kRest); }

}  // namespace lockstep
