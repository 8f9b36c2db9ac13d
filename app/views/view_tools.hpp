// Small things that several views draw with.
#pragma once

#include <string>
#include <string_view>

#include "app/shell/ui.hpp"
#include "app/views/signs.hpp"
#include "core/trace/store.hpp"

namespace lockstep {

/// The text in the middle of the rest of the pane: what is missing here and what to do about it.
void empty_state(Ui& ui, const char* title, const char* text);

/// Text that acts when it is clicked. `id` names it in the registry.
bool link(Ui& ui, std::string_view id, std::string_view label, bool enabled = true);

/// A small switch, filled while it is on.
bool toggle(Ui& ui, std::string_view id, const char* label, bool on, const char* tip = nullptr);

/// A badge at a place that can be clicked (by its user if true is returned) and tells the worker's name.
bool badge_button(Ui& ui, ImVec2 top_left, WorkerId worker);

/// A box with a label in the middle; fill 0: a free place, dashed.
void value_box(Ui& ui, ImVec2 min, ImVec2 size, std::string_view label, Color fill);

/// A rounded rectangle of dashes.
void dashed_rect(Ui& ui, ImDrawList* draw, ImVec2 min, ImVec2 max, Color color);

/// Tooltip for a place that is no item of ImGui, if the mouse is over it.
void tip_over(Ui& ui, ImVec2 min, ImVec2 max, std::string_view text);

/// One line of text in the height of a row, cut with an ellipsis and then told in full by a tooltip.
void cell(Ui& ui, ImVec2 min, ImVec2 max, std::string_view text, Color color = 0, ImFont* font = nullptr,
          bool right = false);

/// The value in the mono font of a variable as the program would write it, at most `most` bytes long.
std::string shortened(std::string_view text, std::size_t most);

/// "3 of 5 permits left"; "permits left: 2, at first 1" where there are more than there were.
std::string permits_words(const Ui& ui, const ObjectInfo& semaphore, const ObjectView& view);

}  // namespace lockstep
