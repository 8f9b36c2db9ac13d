#include "app/shell/notices.hpp"

namespace lockstep {
namespace {

constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize |
                                    ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav;

void draw_notice(const Notice& notice, std::size_t index, Ui& ui, float& bottom) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const Theme& theme = ui.theme();
  ImGui::SetNextWindowPos({display.x / 2, bottom}, ImGuiCond_Always, {0.5F, 1});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(16, 12));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(6));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, theme.popup);
  ImGui::PushStyleColor(ImGuiCol_Border, notice.error ? theme.error : theme.border_strong);
  const std::string id = "notice." + std::to_string(index);
  ImGui::Begin(id.c_str(), nullptr, kFlags);
  const float width = std::min(ui.px(560), display.x * 0.8F);
  for (const std::string_view line : ui.lines(notice.text, width, ui.fonts().text))
    ui.text(line);
  const ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  ui.mark(id, min, {min.x + size.x, min.y + size.y}, notice.text);
  bottom -= size.y + ui.px(8);
  ImGui::End();
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(2);
}

}  // namespace

void draw_notices(AppModel& model, Ui& ui) {
  float bottom = ImGui::GetIO().DisplaySize.y - ui.px(20);
  for (std::size_t i = model.notices.size(); i-- > 0;)
    draw_notice(model.notices[i], i, ui, bottom);
}

}  // namespace lockstep
