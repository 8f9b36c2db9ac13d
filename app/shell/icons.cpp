#include "app/shell/icons.hpp"

#include <array>
#include <cmath>

namespace lockstep {
namespace {

constexpr float kPi = 3.14159265F;

class Pen {
 public:
  Pen(ImDrawList* draw, ImVec2 at, float size, Color color)
      : draw_(draw), at_(at), half_(size / 2), color_(color), line_(std::max(1.2F, size / 9)) {}

  /// From the centre, in halves of the size.
  ImVec2 p(float x, float y) const { return {at_.x + x * half_, at_.y + y * half_}; }
  void box(float x0, float y0, float x1, float y1, float rounding = 0) const {
    draw_->AddRectFilled(p(x0, y0), p(x1, y1), color_, rounding * half_);
  }
  void triangle(ImVec2 a, ImVec2 b, ImVec2 c) const { draw_->AddTriangleFilled(a, b, c, color_); }
  void line(float x0, float y0, float x1, float y1) const {
    draw_->AddLine(p(x0, y0), p(x1, y1), color_, line_);
  }
  void disc(float x, float y, float radius) const { draw_->AddCircleFilled(p(x, y), radius * half_, color_); }
  void circle(float x, float y, float radius) const {
    draw_->AddCircle(p(x, y), radius * half_, color_, 0, line_);
  }
  void arc(float x, float y, float radius, float from, float to) const {
    draw_->PathArcTo(p(x, y), radius * half_, from, to);
    draw_->PathStroke(color_, 0, line_);
  }
  void half_disc(float radius) const {
    draw_->PathArcTo(at_, radius * half_, -kPi / 2, kPi / 2);
    draw_->PathFillConvex(color_);
  }

 private:
  ImDrawList* draw_;
  ImVec2 at_;
  float half_;
  Color color_;
  float line_;
};

void restart(const Pen& pen) {
  pen.arc(0, 0.08F, 0.72F, -kPi * 0.85F, kPi * 0.75F);
  pen.triangle(pen.p(-1.0F, -0.2F), pen.p(-0.95F, -0.95F), pen.p(-0.25F, -0.55F));
}

void snail(const Pen& pen) {
  pen.circle(0.1F, -0.1F, 0.62F);
  pen.circle(0.1F, -0.1F, 0.25F);
  pen.line(-0.95F, 0.6F, 0.95F, 0.6F);
  pen.line(-0.75F, 0.6F, -0.9F, -0.35F);
}

}  // namespace

void draw_icon(ImDrawList* draw, Icon icon, ImVec2 at, float size, Color color) {
  const Pen pen(draw, at, size, color);
  switch (icon) {
    case Icon::none: break;
    case Icon::run: pen.triangle(pen.p(-0.6F, -0.85F), pen.p(0.85F, 0), pen.p(-0.6F, 0.85F)); break;
    case Icon::pause:
      pen.box(-0.7F, -0.8F, -0.15F, 0.8F);
      pen.box(0.15F, -0.8F, 0.7F, 0.8F);
      break;
    case Icon::restart: restart(pen); break;
    case Icon::stop: pen.box(-0.7F, -0.7F, 0.7F, 0.7F, 0.2F); break;
    case Icon::snail: snail(pen); break;
    case Icon::contrast:
      pen.circle(0, 0, 0.8F);
      pen.half_disc(0.8F);
      break;
    case Icon::more:
      for (const float x : {-0.7F, 0.0F, 0.7F})
        pen.disc(x, 0, 0.2F);
      break;
    case Icon::down: pen.triangle(pen.p(-0.75F, -0.4F), pen.p(0.75F, -0.4F), pen.p(0, 0.5F)); break;
    case Icon::close:
      pen.line(-0.6F, -0.6F, 0.6F, 0.6F);
      pen.line(-0.6F, 0.6F, 0.6F, -0.6F);
      break;
    case Icon::search:
      pen.circle(-0.15F, -0.15F, 0.6F);
      pen.line(0.3F, 0.3F, 0.85F, 0.85F);
      break;
    case Icon::back: pen.triangle(pen.p(0.6F, -0.85F), pen.p(-0.85F, 0), pen.p(0.6F, 0.85F)); break;
    case Icon::fast:
      pen.triangle(pen.p(-0.95F, -0.8F), pen.p(0.05F, 0), pen.p(-0.95F, 0.8F));
      pen.triangle(pen.p(0, -0.8F), pen.p(1, 0), pen.p(0, 0.8F));
      break;
    case Icon::to_finding:
      pen.triangle(pen.p(-0.8F, -0.8F), pen.p(0.4F, 0), pen.p(-0.8F, 0.8F));
      pen.box(0.55F, -0.8F, 0.85F, 0.8F);
      break;
    case Icon::cross_over:
      pen.line(-0.9F, -0.4F, 0.5F, -0.4F);
      pen.triangle(pen.p(0.35F, -0.85F), pen.p(0.95F, -0.4F), pen.p(0.35F, 0.05F));
      pen.line(-0.5F, 0.45F, 0.9F, 0.45F);
      pen.triangle(pen.p(-0.35F, 0), pen.p(-0.95F, 0.45F), pen.p(-0.35F, 0.9F));
      break;
    case Icon::share:
      pen.disc(-0.6F, 0, 0.27F);
      pen.disc(0.6F, -0.65F, 0.27F);
      pen.disc(0.6F, 0.65F, 0.27F);
      pen.line(-0.6F, 0, 0.6F, -0.65F);
      pen.line(-0.6F, 0, 0.6F, 0.65F);
      break;
    case Icon::tick:
      pen.line(-0.8F, 0.05F, -0.25F, 0.6F);
      pen.line(-0.25F, 0.6F, 0.85F, -0.6F);
      break;
  }
}

void draw_state_icon(ImDrawList* draw, WorkerState state, ImVec2 at, float size, Color color) {
  const Pen pen(draw, at, size, color);
  switch (state) {
    case WorkerState::created: pen.circle(0, 0, 0.65F); break;
    case WorkerState::ready:
      pen.circle(0, 0, 0.75F);
      pen.disc(0, 0, 0.3F);
      break;
    case WorkerState::running: pen.triangle(pen.p(-0.6F, -0.85F), pen.p(0.9F, 0), pen.p(-0.6F, 0.85F)); break;
    case WorkerState::waiting:  // an hourglass
      pen.triangle(pen.p(-0.7F, -0.85F), pen.p(0.7F, -0.85F), pen.p(0, 0.05F));
      pen.triangle(pen.p(-0.7F, 0.85F), pen.p(0.7F, 0.85F), pen.p(0, -0.05F));
      break;
    case WorkerState::sleeping:  // a moon; a Z is the kernel's letter for a zombie
      pen.arc(-0.1F, 0, 0.75F, 0.28F * kPi, 1.72F * kPi);
      pen.arc(0.52F, 0, 0.59F, 0.575F * kPi, 1.425F * kPi);
      break;
    case WorkerState::finished: pen.box(-0.65F, -0.65F, 0.65F, 0.65F); break;
    case WorkerState::zombie:
      pen.arc(0, -0.1F, 0.7F, kPi, 2 * kPi);
      pen.line(-0.7F, -0.1F, -0.7F, 0.75F);
      pen.line(0.7F, -0.1F, 0.7F, 0.75F);
      pen.disc(-0.25F, 0, 0.17F);
      pen.disc(0.25F, 0, 0.17F);
      break;
    case WorkerState::killed:
      pen.line(-0.7F, -0.7F, 0.7F, 0.7F);
      pen.line(-0.7F, 0.7F, 0.7F, -0.7F);
      break;
  }
}

}  // namespace lockstep
