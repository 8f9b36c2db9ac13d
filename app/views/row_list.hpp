// A list of very many rows of one height. Counts in rows, not in pixels, so that ten million rows lie as
// exactly as ten, and visits only the rows in sight. Dear ImGui's own clipper keeps positions as float
// pixels, which are 2 px apart at a million rows.
#pragma once

#include <cstdint>

#include "app/shell/ui.hpp"

namespace lockstep {

/// What a list keeps from frame to frame.
struct RowScroll {
  double top = 0;           ///< the row at the upper edge, with its hidden part
  bool follow = true;       ///< keeps the focus row in sight; a turn of the wheel ends it
  std::int64_t focus = -1;  ///< that was last brought into sight
  bool dragging = false;
  float grabbed_at = 0;
};

/// Pure part: where `top` must be for the list to be inside its ends.
double clamp_top(double top, std::int64_t count, double visible_rows);
/// Where `top` must be to have `row` in sight with one row of air where there is one; unchanged if it is.
double reveal_row(double top, std::int64_t row, std::int64_t count, double visible_rows);

class RowList {
 public:
  /// Opens a child window over what is left of the pane. `focus` is the row to keep in sight while following;
  /// -1: none.
  RowList(Ui& ui, const char* id, std::int64_t count, float row_height, RowScroll& scroll,
          std::int64_t focus);
  ~RowList();
  RowList(const RowList&) = delete;
  RowList& operator=(const RowList&) = delete;

  std::int64_t first() const { return first_; }
  std::int64_t end() const { return end_; }
  float x0() const { return min_.x; }
  float x1() const { return max_.x; }  ///< without the scroll bar
  float y0() const { return min_.y; }
  float y1() const { return max_.y; }
  float y_of(std::int64_t row) const;
  std::int64_t hovered() const { return hovered_; }  ///< -1: none
  std::int64_t clicked() const { return clicked_; }

 private:
  void handle_wheel();
  void draw_bar();

  Ui& ui_;
  RowScroll& scroll_;
  std::int64_t count_;
  float row_height_;
  ImVec2 min_, max_;
  double visible_ = 0;
  std::int64_t first_ = 0, end_ = 0, hovered_ = -1, clicked_ = -1;
};

}  // namespace lockstep
