// Where each widget is on the screen: for tests, the tour and the help overlay. Filled anew in every frame.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace lockstep {

struct WidgetBox {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;  ///< in pixels of the window
  std::string label;                     ///< what it says
  bool enabled = true;
  bool clipped = false;  ///< not wholly inside the pane it stands in
  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
};

class WidgetRegistry {
 public:
  void begin_frame() { boxes_.clear(); }
  void add(std::string_view id, WidgetBox box) { boxes_.insert_or_assign(std::string(id), std::move(box)); }
  /// nullptr if it was not drawn in the last frame.
  const WidgetBox* find(std::string_view id) const {
    const auto it = boxes_.find(id);
    return it == boxes_.end() ? nullptr : &it->second;
  }
  const std::map<std::string, WidgetBox, std::less<>>& all() const { return boxes_; }

 private:
  std::map<std::string, WidgetBox, std::less<>> boxes_;
};

}  // namespace lockstep
