#include "app/shell/key_queue.hpp"

#include <algorithm>

namespace lockstep {

bool KeyQueue::ends_press(const KeyEvent& event) const {
  return event.kind == KeyEvent::Kind::up && std::ranges::find(pressed_, event.key) != pressed_.end();
}

}  // namespace lockstep
