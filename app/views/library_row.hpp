// What a row of the library says of a scenario: its title, how hard it is, how far the learner has come.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/model/app_model.hpp"
#include "app/model/next_lesson.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {

std::string_view title_of(const Ui& ui, const Scenario& scenario);
const char* title_of(const Ui& ui, Chapter chapter);

/// "Next: read the explanation."; nullptr if nothing is left.
const char* next_tip(const Ui& ui, Station station);

/// "predict", as a heading of what to do.
const char* word_of(const Ui& ui, Task task);

/// One scenario, over the width of the window, at the cursor. As a step of a path, its minutes and what to do
/// next stand under the title.
class LibraryRowView {
 public:
  LibraryRowView(AppModel& model, Ui& ui, const Scenario& scenario, const PathStep* step = nullptr);

  /// Draws it. True if it was clicked.
  bool draw(bool has_cursor);

 private:
  float lay_out(float width);
  void draw_title();
  void draw_sign(float middle);
  void draw_difficulty(float middle);
  std::string progress_tip() const;
  std::string step_tip() const;

  AppModel& model_;
  Ui& ui_;
  const Scenario& scenario_;
  const PathStep* step_;
  bool chosen_, running_;
  std::string_view title_;
  std::vector<std::string_view> lines_;  ///< of the title
  const char* word_ = "";                ///< beside the sign, where there is room
  ImVec2 min_, max_;
  float sign_x_ = 0, dots_x_ = 0;  ///< their left edges
};

}  // namespace lockstep
