#include "app/views/signs.hpp"

#include <numbers>

#include "app/shell/imgui_compat.hpp"

namespace lockstep {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;

/// Draws in units of the radius around the centre.
class Pen {
 public:
  Pen(ImDrawList* draw, ImVec2 centre, float radius, Color color)
      : draw_(draw), centre_(centre), radius_(radius), color_(color), width_(radius * 0.24F) {}

  ImVec2 at(float x, float y) const { return {centre_.x + x * radius_, centre_.y + y * radius_}; }
  void line(ImVec2 a, ImVec2 b) const { draw_->AddLine(a, b, color_, width_); }
  void circle(float r) const { draw_->AddCircle(centre_, r * radius_, color_, 0, width_); }
  void disc(float r) const { draw_->AddCircleFilled(centre_, r * radius_, color_); }
  void disc(ImVec2 middle, float r) const { draw_->AddCircleFilled(middle, r * radius_, color_); }
  void triangle(ImVec2 a, ImVec2 b, ImVec2 c) const { draw_->AddTriangleFilled(a, b, c, color_); }
  void block(ImVec2 a, ImVec2 b) const { draw_->AddRectFilled(a, b, color_, radius_ * 0.2F); }
  void arc(ImVec2 middle, float r, float from, float to) const {
    draw_->PathArcTo(middle, r * radius_, from, to, 16);
    for (int i = 1; i < draw_->_Path.Size; ++i)
      line(draw_->_Path[i - 1], draw_->_Path[i]);
    draw_->PathClear();
  }
  void half_disc(float r) const {
    draw_->PathArcTo(centre_, r * radius_, kPi / 2, kPi * 1.5F, 16);
    draw_->PathFillConvex(color_);
  }

 private:
  ImDrawList* draw_;
  ImVec2 centre_;
  float radius_;
  Color color_;
  float width_;
};

void padlock(const Pen& pen, bool open) {
  pen.block(pen.at(-0.7F, 0), pen.at(0.7F, 0.95F));
  const float side = open ? 0.5F : 0;
  const float top = open ? -0.45F : -0.35F;
  pen.arc(pen.at(side, top), 0.42F, kPi, kPi * 2);
  pen.line(pen.at(side - 0.42F, top), pen.at(side - 0.42F, 0.05F));
  pen.line(pen.at(side + 0.42F, top), pen.at(side + 0.42F, open ? -0.25F : 0.05F));
}

void hourglass(const Pen& pen) {
  pen.line(pen.at(-0.75F, -0.9F), pen.at(0.75F, -0.9F));
  pen.line(pen.at(-0.75F, 0.9F), pen.at(0.75F, 0.9F));
  pen.triangle(pen.at(-0.6F, -0.75F), pen.at(0.6F, -0.75F), pen.at(0, 0.05F));
  pen.triangle(pen.at(-0.6F, 0.75F), pen.at(0, -0.05F), pen.at(0.6F, 0.75F));
}

void flag(const Pen& pen, bool up) {
  pen.line(pen.at(-0.6F, -0.95F), pen.at(-0.6F, 0.95F));
  const float top = up ? -0.95F : 0.15F;
  if (up)
    pen.triangle(pen.at(-0.6F, top), pen.at(0.9F, top + 0.5F), pen.at(-0.6F, top + 1.0F));
  else
    pen.line(pen.at(-0.6F, 0.85F), pen.at(0.9F, 0.85F));
}

void exclamation(const Pen& pen, float top, float bottom) {
  pen.line(pen.at(0, top), pen.at(0, bottom - 0.4F));
  pen.disc(pen.at(0, bottom), 0.14F);
}

}  // namespace

void draw_sign(ImDrawList* draw, Sign sign, ImVec2 centre, float radius, Color color) {
  const Pen pen(draw, centre, radius, color);
  switch (sign) {
    case Sign::ring: return pen.circle(0.8F);
    case Sign::dot: return pen.disc(0.9F);
    case Sign::half: pen.circle(0.8F); return pen.half_disc(0.8F);
    case Sign::ring_dot: pen.circle(0.8F); return pen.disc(0.36F);
    case Sign::tick:
      pen.line(pen.at(-0.8F, 0.05F), pen.at(-0.2F, 0.65F));
      return pen.line(pen.at(-0.2F, 0.65F), pen.at(0.85F, -0.65F));
    case Sign::cross:
      pen.line(pen.at(-0.7F, -0.7F), pen.at(0.7F, 0.7F));
      return pen.line(pen.at(-0.7F, 0.7F), pen.at(0.7F, -0.7F));
    case Sign::flag_up: return flag(pen, true);
    case Sign::flag_down: return flag(pen, false);
    case Sign::padlock: return padlock(pen, false);
    case Sign::padlock_open: return padlock(pen, true);
    case Sign::hourglass: return hourglass(pen);
    case Sign::arrow_left: return pen.triangle(pen.at(-0.8F, 0), pen.at(0.6F, -0.75F), pen.at(0.6F, 0.75F));
    case Sign::warning:
      pen.line(pen.at(0, -0.9F), pen.at(0.95F, 0.8F));
      pen.line(pen.at(0.95F, 0.8F), pen.at(-0.95F, 0.8F));
      pen.line(pen.at(-0.95F, 0.8F), pen.at(0, -0.9F));
      return exclamation(pen, -0.35F, 0.55F);
    case Sign::info:
      pen.circle(0.9F);
      pen.line(pen.at(0, -0.05F), pen.at(0, 0.5F));
      return pen.disc(pen.at(0, -0.45F), 0.14F);
  }
}

}  // namespace lockstep
