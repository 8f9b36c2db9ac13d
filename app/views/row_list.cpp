#include "app/views/row_list.hpp"

#include <algorithm>
#include <cmath>

#include "app/shell/imgui_compat.hpp"

namespace lockstep {
namespace {

constexpr float kBarWidth = 12, kLeastThumb = 24;
constexpr double kRowsPerNotch = 3;

}  // namespace

double clamp_top(double top, std::int64_t count, double visible_rows) {
  return std::clamp(top, 0.0, std::max(0.0, static_cast<double>(count) - visible_rows));
}

double reveal_row(double top, std::int64_t row, std::int64_t count, double visible_rows) {
  const auto at = static_cast<double>(row);
  const double air = visible_rows >= 4 ? 1 : 0;
  if (at - air < top)
    top = at - air;
  else if (at + 1 + air > top + visible_rows)
    top = at + 1 + air - visible_rows;
  return clamp_top(top, count, visible_rows);
}

RowList::RowList(Ui& ui, const char* id, std::int64_t count, float row_height, RowScroll& scroll,
                 std::int64_t focus)
    : ui_(ui), scroll_(scroll), count_(count), row_height_(row_height) {
  compat::begin_child(id, {0, 0}, false, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  min_ = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  max_ = {min_.x + room.x, min_.y + room.y};
  visible_ = std::max(static_cast<double>(room.y / row_height_), 1.0);

  handle_wheel();
  if (focus >= 0 && scroll_.follow && focus != scroll_.focus) {
    scroll_.top = reveal_row(scroll_.top, focus, count, visible_);
  }
  scroll_.focus = scroll_.follow ? focus : -1;
  draw_bar();
  scroll_.top = clamp_top(scroll_.top, count, visible_);
  first_ = static_cast<std::int64_t>(scroll_.top);
  end_ = std::min(count, first_ + static_cast<std::int64_t>(std::ceil(visible_)) + 1);

  if (!ImGui::IsWindowHovered() || scroll_.dragging) return;
  const ImVec2 mouse = ImGui::GetMousePos();
  if (mouse.x < min_.x || mouse.x >= max_.x || mouse.y < min_.y || mouse.y >= max_.y) return;
  const auto row = static_cast<std::int64_t>(std::floor(scroll_.top + (mouse.y - min_.y) / row_height_));
  if (row < count) hovered_ = row;
  if (hovered_ >= 0 && ImGui::IsMouseClicked(0)) clicked_ = hovered_;
}

RowList::~RowList() { ImGui::EndChild(); }

float RowList::y_of(std::int64_t row) const {
  return min_.y +
         static_cast<float>((static_cast<double>(row) - scroll_.top) * static_cast<double>(row_height_));
}

void RowList::handle_wheel() {
  if (!ImGui::IsWindowHovered()) return;
  double by = -static_cast<double>(ImGui::GetIO().MouseWheel) * kRowsPerNotch;
  if (!Ui::typing() && compat::pressed(ImGuiKey_PageUp)) by -= visible_ - 1;
  if (!Ui::typing() && compat::pressed(ImGuiKey_PageDown)) by += visible_ - 1;
  if (by == 0) return;
  scroll_.top = clamp_top(scroll_.top + by, count_, visible_);
  scroll_.follow = false;
}

void RowList::draw_bar() {
  if (static_cast<double>(count_) <= visible_) {
    scroll_.dragging = false;
    return;
  }
  const float width = ui_.px(kBarWidth);
  const ImVec2 bar{max_.x - width, min_.y};
  const float height = max_.y - min_.y;
  max_.x -= width;
  const double all = static_cast<double>(count_) - visible_;
  const float part = static_cast<float>(visible_ / static_cast<double>(count_));
  const float thumb = std::min(std::max(height * part, ui_.px(kLeastThumb)), height);
  const float way = std::max(height - thumb, 1.0F);

  ImGui::SetCursorScreenPos(bar);
  ImGui::InvisibleButton("bar", {width, std::max(height, 1.0F)});
  const bool active = ImGui::IsItemActive();
  const float mouse = ImGui::GetMousePos().y - bar.y;
  float at = static_cast<float>(std::min(scroll_.top / all, 1.0)) * way;
  if (active && !scroll_.dragging) {
    const bool on_thumb = mouse >= at && mouse <= at + thumb;
    scroll_.grabbed_at = on_thumb ? mouse - at : thumb / 2;
  }
  scroll_.dragging = active;
  if (active) {
    at = std::clamp(mouse - scroll_.grabbed_at, 0.0F, way);
    scroll_.top = static_cast<double>(at / way) * all;
    scroll_.follow = false;
  }
  const Color color = active || ImGui::IsItemHovered() ? ui_.theme().text_faint : ui_.theme().border_strong;
  ImGui::GetWindowDrawList()->AddRectFilled(
      {bar.x + ui_.px(3), bar.y + at}, {bar.x + width - ui_.px(3), bar.y + at + thumb}, color, ui_.px(3));
}

}  // namespace lockstep
