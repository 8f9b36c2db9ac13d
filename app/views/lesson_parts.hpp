// Parts of a lesson that the card under the library and the reading pane share.
#pragma once

#include "app/model/lesson_state.hpp"
#include "app/shell/ui.hpp"
#include "app/views/rich_text.hpp"

namespace lockstep {

/// Draws at the cursor over the width of the window and moves the cursor below.
void draw_rich(Ui& ui, const RichText& text);

/// The question with its choices; once the run has answered, what was right, in kind words. `id` is the
/// prefix of the names in the registry.
void draw_prediction(AppModel& model, Ui& ui, const LessonState& state, const char* id, ImFont* font);

/// "Show a hint (0 of 3)"; nothing if there are no hints.
void draw_hint_link(AppModel& model, Ui& ui, const LessonState& state, const char* id);

}  // namespace lockstep
