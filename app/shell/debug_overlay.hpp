// What a frame costs, for those who work on the program (F12).
#pragma once

#include <array>

#include "app/shell/ui.hpp"

namespace lockstep {

/// How long the last frames took to build and to draw, in milliseconds.
class FrameTimes {
 public:
  static constexpr std::size_t kKept = 120;
  void add(float build_ms, float draw_ms);
  float average_build() const;
  float worst_build() const;
  float average_draw() const;
  std::uint64_t frames() const { return frames_; }

 private:
  std::array<float, kKept> build_{}, draw_{};
  std::uint64_t frames_ = 0;
};

void draw_debug_overlay(AppModel& model, Ui& ui);

}  // namespace lockstep
