// Windows that float over the panes and stay while the rest of the window goes on.
#pragma once

#include <functional>
#include <string>

#include "app/shell/ui.hpp"

namespace lockstep {

struct FloatingLook {
  std::string id;              ///< of the ImGui window
  ImVec2 at;                   ///< where `pivot` of the window lies
  ImVec2 pivot{1, 0};          ///< {0, 0} its upper left corner, {1, 1} its lower right
  float width = 0;             ///< 0: as wide as its content
  ImVec2 padding{10, 10};      ///< unscaled
  float rounding = 6;          ///< unscaled
  Color border = 0;            ///< 0: the usual
  ImGuiWindowFlags flags = 0;  ///< besides those that all have
};

/// Draws it as high as what `content` draws at the cursor, and marks it as `mark_id`.
void floating_window(Ui& ui, const FloatingLook& look, std::string_view mark_id, std::string_view mark_label,
                     const std::function<void()>& content);

/// The panel under the right end of the bar. `id` with ".panel" behind it is its mark. `width` is unscaled.
void corner_panel(Ui& ui, const char* id, const char* title, float width, bool takes_keyboard,
                  const std::function<void()>& content);

}  // namespace lockstep
