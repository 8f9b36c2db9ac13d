// What the parts of the bar at the top share: they place items from left to right, first only to measure
// them.
#pragma once

#include <cmath>
#include <string>

#include "app/model/key_table.hpp"
#include "app/shell/imgui_compat.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {

/// How much the bar says. What is false goes into the menu at its end or is an icon only.
struct BarDetail {
  float title = 0;            // most pixels for it, unscaled
  bool labels = true;         // on restart, stop, slow motion …
  bool step_labels = true;    // on back and step
  bool params_named = true;   // "shops 3 · eaters 2" instead of "numbers 3 · 2"
  bool params_valued = true;  // that instead of "numbers"
  bool speed_label = true;
  bool share_exact = true;     // the exact share beside the count of Run ×100
  bool explore_labels = true;  // on Find a bug and Prove it
  bool slow = true, theme = true, batch = true, speed = true, language = true;
  bool minor = true;      // restart, stop, from live into steps and back, share
  bool explore = true;    // Find a bug and Prove it
  bool run_label = true;  // on run and step
  float slider = 100;
  bool all() const { return slow && theme && batch && speed && language; }
};

class TransportBar {
 public:
  enum class Pass { measure, present, draw };

  TransportBar(AppModel& the_model, Ui& the_ui)
      : model(the_model), ui(the_ui), size(ImGui::GetContentRegionAvail()), gap(the_ui.px(8)) {}

  AppModel& model;
  Ui& ui;
  ImVec2 size;
  BarDetail detail;
  Pass pass = Pass::measure;  ///< measure: room for the longest texts; present: for those of now
  float x = 0;
  float gap;
  float spare = 0;  ///< what all items together leave free, for the numbers

  template <class Draw>
  void place(float width, float height, Draw&& draw_item) {
    if (pass == Pass::draw) {
      ImGui::SetCursorPos({std::floor(x), std::floor((size.y - height) / 2)});
      draw_item();
    }
    x += width + gap;
  }

  /// A button for an action: its name and key are the tooltip, or why it cannot be done now.
  void place_button(const char* id, Icon icon, const char* label, const char* name, ButtonLook look,
                    Action action, const char* why_not, float width = 0) {
    place(std::max(width, ui.button_width(label, icon != Icon::none)), ImGui::GetFrameHeight(),
          [&] { draw_button(id, icon, label, name, look, action, why_not, width); });
  }

  /// The same at the cursor, for a menu.
  void draw_button(const char* id, Icon icon, const char* label, const char* name, ButtonLook look,
                   Action action, const char* why_not, float width = 0) {
    const bool enabled = model.can(action);
    const std::string tip = enabled ? with_key(name, action) : std::string(why_not);
    if (ui.icon_button(id, icon, label, name, look, enabled, tip.c_str(), width)) model.send(action);
  }

  std::string with_key(const char* name, Action action) const {
    const std::string_view label = key_label(action);
    return label.empty() ? std::string(name) : ui.tr("transport.with_key", name, label);
  }

  void separator() {
    place(1, ui.px(26), [&] {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + 1, at.y + ui.px(26)}, ui.theme().border_strong);
    });
  }

  template <class Content>
  void popup(const char* id, Content&& content) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(12, 10));
    // Under its button; of a button at the right it grows to the left.
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    const bool at_right = min.x > ImGui::GetIO().DisplaySize.x / 2;
    ImGui::SetNextWindowPos({at_right ? max.x : min.x, max.y + ui.px(4)}, ImGuiCond_Always,
                            {at_right ? 1.0F : 0.0F, 0});
    if (ImGui::BeginPopup(id)) {
      content();
      ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
  }
};

// transport_choice.cpp: title, variant, params
void place_choice(TransportBar& bar);
// transport_run.cpp: live or step, and what steers the run
void place_run(TransportBar& bar);
void draw_minor_buttons(TransportBar& bar);  ///< what BarDetail::minor leaves out, for a menu
void slow_button(TransportBar& bar, bool labelled);
void draw_slow_button(TransportBar& bar, bool labelled);  ///< the same at the cursor, for a menu

}  // namespace lockstep
