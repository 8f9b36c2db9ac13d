// What the views with a filter share: a search field, and combos that choose a worker or an object.
#pragma once

#include <array>
#include <string>

#include "app/model/app_model.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {

/// A field with a hint in it. `focus` puts the cursor into it. True if the text changed.
bool search_field(Ui& ui, std::string_view id, std::string& text, const char* hint, float width,
                  bool focus = false);

/// Opens a combo that shows the text, cut with an ellipsis; `width` in unscaled pixels. If true: items, then
/// ImGui::EndCombo().
bool begin_combo(Ui& ui, std::string_view id, const char* shown, float width = 150);
/// A combo of all workers; kNoWorker: all. True if another was chosen.
bool worker_combo(AppModel& model, Ui& ui, std::string_view id, WorkerId& worker);
/// A combo of all objects that have events; kNoObject: all.
bool object_combo(AppModel& model, Ui& ui, std::string_view id, ObjectId& object);

/// Goes on in the same line if `width` more pixels fit, else in the next.
void next_in_line(Ui& ui, float width);

}  // namespace lockstep
