#include "app/shell/floating.hpp"

#include <algorithm>
#include <map>

namespace lockstep {
namespace {

constexpr float kMargin = 12, kTop = 60;  // of the corner panel, unscaled

constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize;

/// What each window held in the frame before.
struct HeldHeights {
  std::map<std::string, float> of;
};

/// ImGui gives a window the height of what it holds one frame later.
void settle(Ui& ui, const std::string& id) {
  float& held = ui.state<HeldHeights>().of[id];
  const float holds = ImGui::GetCursorPosY();
  if (held != holds) ui.animate();
  held = holds;
}

}  // namespace

void floating_window(Ui& ui, const FloatingLook& look, std::string_view mark_id, std::string_view mark_label,
                     const std::function<void()>& content) {
  ImGui::SetNextWindowPos(look.at, ImGuiCond_Always, look.pivot);
  ImGui::SetNextWindowSize({look.width, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(look.padding.x, look.padding.y));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(look.rounding));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1);  // a field may have the colour of the window
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ui.theme().popup);
  ImGui::PushStyleColor(ImGuiCol_Border, look.border != 0 ? look.border : ui.theme().border_strong);
  ImGui::Begin(look.id.c_str(), nullptr, kFlags | look.flags);
  content();
  settle(ui, look.id);
  const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ui.mark(mark_id, at, {at.x + size.x, at.y + size.y}, mark_label);
  ImGui::End();
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(3);
}

void corner_panel(Ui& ui, const char* id, const char* title, float width, bool takes_keyboard,
                  const std::function<void()>& content) {
  const float display = ImGui::GetIO().DisplaySize.x;
  const FloatingLook look{.id = id,
                          .at = {display - ui.px(kMargin), ui.px(kTop)},
                          .width = std::min(ui.px(width), display - 2 * ui.px(kMargin)),
                          .padding = {18, 16},
                          .rounding = 8,
                          .flags = takes_keyboard ? 0 : ImGuiWindowFlags_NoFocusOnAppearing};
  floating_window(ui, look, std::string(id) + ".panel", title, content);
}

}  // namespace lockstep
