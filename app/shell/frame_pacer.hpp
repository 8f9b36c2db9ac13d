// Decides when a frame is drawn: when something changed, and a few frames more for what follows from it. Time
// is given in seconds by the caller, so that a test can play it.
#pragma once

namespace lockstep {

class FramePacer {
 public:
  static constexpr int kAfterInput = 4;  ///< frames: hovering, opening and layout need some to settle
  static constexpr int kAfterData = 4;   ///< frames: a card that has become taller settles like any layout
  static constexpr double kInputInterval = 1.0 / 60;
  static constexpr double kMovingInterval = 1.0 / 30;  ///< while a run goes or something is animated
  static constexpr double kRest = 0.5;  ///< the longest wait: notices go away, settings are saved

  void note_input() { wanted_ = kAfterInput; }
  /// New events, a phase that changed: a few frames at the pace of what moves.
  void note_data() { data_ = kAfterData; }
  /// Something moves by itself.
  void set_moving(bool moving) { moving_ = moving; }

  bool should_draw(double now) const;
  void drawn(double now);
  /// How long to wait for events before asking again.
  double timeout(double now) const;

 private:
  double due() const;

  int wanted_ = kAfterInput, data_ = 0;
  bool moving_ = false;
  double last_ = -1;
};

}  // namespace lockstep
