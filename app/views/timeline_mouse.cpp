// The mouse on the timeline: scrubbing, selecting, panning, zooming, measuring. The view moves its own
// TimelineState; everything else it asks for by commands.
#include <algorithm>
#include <cmath>

#include "app/model/timeline_arrows.hpp"
#include "app/views/timeline_canvas.hpp"

namespace lockstep {
namespace {

enum class Drag : std::uint8_t { none, pressed, pan, scrub, measure };

struct MouseState {
  Drag drag = Drag::none;
  ImVec2 pressed_at;
  TimeRange range;  // when the button went down
  float scroll = 0;
  double wheel_time = -10;
};

constexpr double kWheelPause = 0.7;  // turns of the wheel closer than this are one movement to undo
constexpr double kWheelZoom = 0.85;  // for each notch
constexpr float kThreshold = 4;      // unscaled pixels before a press is a drag

class Mouse {
 public:
  explicit Mouse(const TimelineCanvas& canvas)
      : c_(canvas),
        state_(canvas.ui.state<MouseState>()),
        timeline_(canvas.model.timeline),
        mouse_(ImGui::GetIO().MousePos),
        x_(mouse_.x - canvas.origin.x),
        y_(mouse_.y - canvas.origin.y) {}

  void handle() {
    const bool hovered = ImGui::IsItemHovered();
    if (hovered) wheel();
    if (ImGui::IsItemActivated()) press();
    if (ImGui::IsItemActive()) move();
    if (ImGui::IsItemDeactivated()) release();
    if (hovered && state_.drag == Drag::none) hover();
  }

 private:
  bool on_axis() const { return y_ < 0; }
  bool on_names() const { return x_ < c_.layout.gutter; }
  RunTime time() const { return c_.layout.axis.time_of(x_); }
  bool near_playhead() const {
    return c_.model.run.has_run() && std::abs(c_.layout.axis.x_of(c_.model.moment_time()) - x_) < c_.px(5);
  }

  void wheel() {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.MouseWheel == 0 && io.MouseWheelH == 0) return;
    const double now = ImGui::GetTime();
    if (now - state_.wheel_time > kWheelPause) timeline_.remember();
    state_.wheel_time = now;
    const auto step = static_cast<double>(timeline_.visible().length()) / 12;
    if (io.MouseWheelH != 0) timeline_.pan(std::llround(static_cast<double>(io.MouseWheelH) * step));
    if (io.MouseWheel == 0) return;
    if (on_names() || io.KeyCtrl) {
      timeline_.scroll -= io.MouseWheel * c_.px(40);
    } else if (io.KeyShift) {
      timeline_.pan(-std::llround(static_cast<double>(io.MouseWheel) * step));
    } else {
      const bool at_newest =
          std::abs(c_.layout.axis.x_of(c_.model.run.now()) - x_) < (c_.size.x - c_.layout.gutter) * 0.1F;
      timeline_.zoom(std::pow(kWheelZoom, static_cast<double>(io.MouseWheel)),
                     at_newest ? c_.model.run.now() : time(), at_newest);
    }
  }

  void press() {
    state_.pressed_at = mouse_;
    state_.range = timeline_.visible();
    state_.scroll = timeline_.scroll;
    const bool measures = timeline_.measuring || ImGui::GetIO().KeyShift;
    if (on_names()) {
      state_.drag = Drag::pressed;
    } else if (measures) {
      state_.drag = Drag::measure;
      timeline_.measure = TimeRange{time(), time()};
    } else if (on_axis() || near_playhead()) {
      state_.drag = Drag::scrub;
    } else {
      state_.drag = Drag::pressed;
    }
  }

  void move() {
    const float dx = mouse_.x - state_.pressed_at.x;
    const float dy = mouse_.y - state_.pressed_at.y;
    switch (state_.drag) {
      case Drag::none: break;
      case Drag::pressed:
        if (std::hypot(dx, dy) < c_.px(kThreshold)) break;
        timeline_.remember();
        state_.drag = Drag::pan;
        [[fallthrough]];
      case Drag::pan:
        if (!on_names() || std::abs(dx) > c_.px(kThreshold)) pan_to(dx);
        timeline_.scroll = state_.scroll - dy;
        ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
        break;
      case Drag::scrub:
        if (c_.model.run.has_run()) c_.model.send(MovePlayhead{time()});
        ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
        break;
      case Drag::measure: timeline_.measure->to = time(); break;
    }
  }

  void pan_to(float dx) {
    const auto per_pixel = static_cast<double>(state_.range.length()) /
                           static_cast<double>(c_.layout.axis.x1 - c_.layout.axis.x0);
    const RunTime from = state_.range.from - std::llround(per_pixel * static_cast<double>(dx));
    timeline_.pan(from - timeline_.visible().from);
  }

  void release() {
    if (state_.drag == Drag::pressed) click();
    if (state_.drag == Drag::measure) {
      timeline_.measuring = false;
      if (timeline_.measure && timeline_.measure->length() == 0) timeline_.measure.reset();
    }
    state_.drag = Drag::none;
  }

  void click() {
    const TimelineHit hit = hit_test(c_.layout, x_, y_);
    if (!hit.row) return;
    const bool worker = hit.row->kind == LaneKind::worker;
    if (worker) {
      c_.model.send(SelectWorker{hit.row->worker});
    } else {
      c_.model.send(SelectObject{hit.row->object});
    }
    if (hit.on_name) return;
    if (hit.box && hit.box->look == BoxLook::next) return c_.model.send(LetGo{hit.box->worker, false});
    if (hit.box && hit.box->look == BoxLook::planned) {
      return c_.model.send(GoToStep{static_cast<std::uint32_t>(hit.box->end / kStepTime)});
    }
    const bool one_event = hit.box && hit.box->event != kNoEvent && hit.box->merged == 1 &&
                           (hit.box->look == BoxLook::mark || hit.box->look == BoxLook::notch ||
                            hit.box->look == BoxLook::step || hit.box->look == BoxLook::end_mark ||
                            hit.box->look == BoxLook::cut_mark);
    if (one_event) {
      c_.model.send(SelectEvent{hit.box->event});
    } else {
      c_.model.send(MovePlayhead{hit.time});
    }
    if (hit.box && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) zoom_to(*hit.box);
  }

  void zoom_to(const LaneBox& box) {
    const RunTime margin = std::max<RunTime>((box.end - box.begin) / 6, 1000);
    c_.model.send(ShowRange{{box.begin - margin, box.end + margin}});
  }

  void hover() {
    if (!on_names() && (on_axis() || near_playhead())) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    if (on_axis()) return;
    if (const ArrowHit arrow = hit_arrow(c_.layout, x_, y_, c_.ui.scale()); arrow.any())
      return hover_arrow(arrow);
    const TimelineHit hit = hit_test(c_.layout, x_, y_);
    if (hit.box) hover_arrows(*hit.box);
    draw_tooltip(c_, hit);
  }

  void hover_arrow(const ArrowHit& hit) {
    c_.draw->PushClipRect(c_.at(c_.layout.gutter - c_.px(4), 0), c_.at(c_.size.x, c_.size.y), true);
    if (hit.conflict) draw_arrow(c_, *hit.conflict, true);
    if (hit.message) {
      MessageArrow arrow = *hit.message;
      arrow.emphasised = true;
      draw_arrow(c_, arrow);
    }
    if (hit.wake) {
      WakeArrow arrow = *hit.wake;
      arrow.emphasised = true;
      draw_arrow(c_, arrow);
    }
    c_.draw->PopClipRect();
    const std::string text = tip_of(c_, hit);
    c_.ui.mark("timeline.arrow.tip", mouse_, {mouse_.x + 1, mouse_.y + 1}, text);
    c_.ui.tip(text.c_str());
  }

  /// Who made it possible, and what it made possible.
  void hover_arrows(const LaneBox& box) {
    if (box.event == kNoEvent || box.merged > 1) return;
    const TraceStore& store = c_.store();
    for (const EventIndex target : {box.event, store.woken_by(box.event)}) {
      auto arrow = arrow_to(store, c_.layout, target, c_.ui.scale());
      if (!arrow) continue;
      arrow->emphasised = true;
      draw_arrow(c_, *arrow);
    }
  }

  const TimelineCanvas& c_;
  MouseState& state_;
  TimelineState& timeline_;
  ImVec2 mouse_;
  float x_, y_;
};

}  // namespace

void handle_mouse(const TimelineCanvas& canvas) { Mouse(canvas).handle(); }

}  // namespace lockstep
