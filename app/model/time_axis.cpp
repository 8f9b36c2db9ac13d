#include "app/model/time_axis.hpp"

#include <algorithm>
#include <cmath>

#include "core/schedule/situation.hpp"

namespace lockstep {
namespace {

/// The smallest of 1, 2, 5, 10, 20 … that is at least `value`.
RunTime nice_step(double value) {
  RunTime decade = 1;
  while (static_cast<double>(decade) * 5 < value && decade < TimelineState::kLongest)
    decade *= 10;
  for (const RunTime factor : {1, 2, 5}) {
    if (static_cast<double>(decade * factor) >= value) return decade * factor;
  }
  return decade * 10;
}

RunTime floor_to(RunTime value, RunTime step) {
  const RunTime rest = value % step;
  return rest < 0 ? value - rest - step : value - rest;
}

}  // namespace

float TimeAxis::x_of(RunTime t) const {
  const double share =
      static_cast<double>(t - range.from) / static_cast<double>(std::max<RunTime>(range.length(), 1));
  return static_cast<float>(x0 + share * static_cast<double>(x1 - x0));
}

float TimeAxis::clamped_x(RunTime t) const {
  constexpr float kBeyond = 64;
  return std::clamp(x_of(t), x0 - kBeyond, x1 + kBeyond);
}

RunTime TimeAxis::time_of(float x) const {
  const double share = static_cast<double>(x - x0) / static_cast<double>(std::max(x1 - x0, 1.0F));
  return range.from + std::llround(share * static_cast<double>(range.length()));
}

RunTime TimeAxis::per_pixel() const {
  return std::max<RunTime>(1, static_cast<RunTime>(static_cast<double>(range.length()) /
                                                   static_cast<double>(std::max(x1 - x0, 1.0F))));
}

namespace {

Ticks ticks_every(const TimeAxis& axis, RunTime step) {
  Ticks result;
  result.step = step;
  const RunTime first = floor_to(axis.range.from + step - 1, step);
  for (RunTime t = first; t <= axis.range.to; t += step)
    result.ticks.push_back({t, axis.x_of(t)});
  return result;
}

double least_step(const TimeAxis& axis, float spacing) {
  const double pixels = static_cast<double>(std::max(axis.x1 - axis.x0, 1.0F));
  return static_cast<double>(axis.range.length()) * static_cast<double>(spacing) / pixels;
}

}  // namespace

Ticks nice_ticks(const TimeAxis& axis, float spacing) {
  return ticks_every(axis, nice_step(least_step(axis, spacing)));
}

Ticks step_ticks(const TimeAxis& axis, float spacing) {
  const double steps = least_step(axis, spacing) / static_cast<double>(kStepTime);
  return ticks_every(axis, nice_step(steps) * kStepTime);
}

std::vector<std::int64_t> nice_levels(std::int64_t low, std::int64_t high, int most) {
  if (low >= high || most < 2) return {low};
  const RunTime step = nice_step(static_cast<double>(high - low) / (most - 1));
  std::vector<std::int64_t> levels;
  for (std::int64_t level = floor_to(low + step - 1, step); level <= high; level += step)
    levels.push_back(level);
  if (levels.size() < 2) return {low, high};
  return levels;
}

}  // namespace lockstep
