#include "app/shell/notices.hpp"

#include <algorithm>

#include "app/shell/floating.hpp"

namespace lockstep {
namespace {

constexpr float kMargin = 12, kPadding = 16, kWidest = 560;  // unscaled
constexpr float kFoot = 30;  // of the code: it says where the worker that is followed stands

/// Returns its height.
float draw_notice(const Notice& notice, const std::string& id, Ui& ui, ImVec2 corner, float width) {
  const FloatingLook look{.id = id,
                          .at = corner,
                          .pivot = {1, 1},
                          .padding = {kPadding, 12},
                          .border = notice.error ? ui.theme().error : 0,
                          .flags = ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav};
  float height = 0;
  floating_window(ui, look, id, notice.text, [&] {
    for (const std::string_view line : ui.lines(notice.text, width, ui.fonts().text))
      ui.text(line);
    height = ImGui::GetWindowSize().y;
  });
  return height;
}

}  // namespace

void draw_notices(AppModel& model, Ui& ui, float left, ImVec2 corner) {
  ImVec2 at{corner.x - ui.px(kMargin), corner.y - ui.px(kFoot)};
  const float width = std::min(ui.px(kWidest), at.x - left - ui.px(kMargin + 2 * kPadding));
  for (std::size_t i = model.notices.size(); i-- > 0;)
    at.y -= draw_notice(model.notices[i], "notice." + std::to_string(i), ui, at, width) + ui.px(8);
}

}  // namespace lockstep
