// Keys between two frames. Dear ImGui 1.86 looks once a frame at which keys are down, so a key that goes down
// and up between two frames would be lost, and a key that opens a text field would let the next ones act as
// commands. Here they wait in order for the frame that can take them.
#pragma once

#include <deque>
#include <vector>

namespace lockstep {

struct KeyEvent {
  enum class Kind { down, up, repeat, character };
  Kind kind = Kind::down;
  int key = 0;  ///< GLFW's number; 0 for a character
  int scancode = 0;
  int mods = 0;
  unsigned codepoint = 0;  ///< of a character
  bool ctrl = false;       ///< it is held
};

/// What an event has done.
enum class KeyEffect {
  none,
  opens_field,  ///< a text field takes the keyboard: in this frame it is asked to, in the next one it has it
};

class KeyQueue {
 public:
  void push(const KeyEvent& event) { waiting_.push_back(event); }
  bool empty() const { return waiting_.empty() && frames_to_wait_ == 0; }

  /// Before each frame: deliver(const KeyEvent&) -> KeyEffect for the events that belong to it.
  template <class Deliver>
  void feed(Deliver&& deliver) {
    if (frames_to_wait_ > 0 && --frames_to_wait_ > 0) return;
    pressed_.clear();
    while (!waiting_.empty() && frames_to_wait_ == 0 && !ends_press(waiting_.front())) {
      const KeyEvent event = waiting_.front();
      waiting_.pop_front();
      if (event.kind == KeyEvent::Kind::down) pressed_.push_back(event.key);
      if (deliver(event) == KeyEffect::opens_field) frames_to_wait_ = kFramesToField;
    }
  }

 private:
  static constexpr int kFramesToField = 3;
  /// It lets a key go that has gone down for this frame.
  bool ends_press(const KeyEvent& event) const;

  std::deque<KeyEvent> waiting_;
  std::vector<int> pressed_;
  int frames_to_wait_ = 0;
};

}  // namespace lockstep
