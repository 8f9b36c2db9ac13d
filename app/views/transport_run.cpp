// The middle of the bar: live or step, and what steers the run.
#include <algorithm>
#include <array>

#include "app/views/speed_slider.hpp"
#include "app/views/transport_bar.hpp"

namespace lockstep {
namespace {

/// Two halves of one frame, the present mode filled.
class ModeSwitch {
 public:
  explicit ModeSwitch(TransportBar& bar)
      : bar_(bar),
        ui_(bar.ui),
        pad_(bar.ui.px(12)),
        live_(bar.ui.tr("transport.mode.live")),
        step_(bar.ui.tr("transport.mode.step")) {}

  void place() {
    const float first = width_of(live_);
    const float second = width_of(step_);
    bar_.place(first + second, ImGui::GetFrameHeight(), [&] {
      const ImVec2 min = ImGui::GetCursorScreenPos();
      const ImVec2 middle{min.x + first, min.y + ImGui::GetFrameHeight()};
      half("transport.live", live_, min, middle, RunMode::live);
      half("transport.step", step_, {middle.x, min.y}, {middle.x + second, middle.y}, RunMode::step);
      compat::rect(ImGui::GetWindowDrawList(), min, {middle.x + second, middle.y}, ui_.theme().border_strong,
                   ui_.px(5), 1);
    });
  }

 private:
  float width_of(const char* label) const {
    return std::ceil(ui_.text_width(ui_.fonts().text, label) + 2 * pad_);
  }

  void half(const char* id, const char* label, ImVec2 min, ImVec2 max, RunMode mode) {
    const bool present = bar_.model.mode() == mode;
    const bool enabled = bar_.model.can(Action::mode);
    ImGui::SetCursorScreenPos(min);
    ImGui::BeginDisabled(!enabled);
    const bool pressed = ImGui::InvisibleButton(id, {max.x - min.x, max.y - min.y});
    ImGui::EndDisabled();
    ui_.mark(id, label, enabled);
    const bool hovered = ImGui::IsItemHovered();
    const Theme& theme = ui_.theme();
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImDrawFlags corners =
        mode == RunMode::live ? ImDrawFlags_RoundCornersLeft : ImDrawFlags_RoundCornersRight;
    if (present || hovered)
      draw->AddRectFilled(min, max, present ? theme.accent : theme.button, ui_.px(5), corners);
    const float y = std::floor((min.y + max.y - compat::font_size(ui_.fonts().text)) / 2);
    ui_.text_at(draw, ui_.fonts().text, {min.x + pad_, y}, present ? readable_on(theme.accent) : theme.text,
                label, max.x - min.x);
    if (hovered) {
      const char* tip = ui_.tr(mode == RunMode::live ? "transport.mode.live.tip" : "transport.mode.step.tip");
      ui_.tip(bar_.with_key(tip, Action::mode).c_str());
    }
    if (pressed) bar_.model.send(SetMode{mode});
  }

  TransportBar& bar_;
  Ui& ui_;
  float pad_;
  const char* live_;
  const char* step_;
};

/// A button that a narrow bar leaves to the menu.
struct MinorButton {
  const char* id;
  Icon icon;
  const char* name;
  Action action;
  const char* why_not;
};

std::array<MinorButton, 3> minor_buttons(const TransportBar& bar) {
  const Ui& ui = bar.ui;
  const MinorButton restart{"transport.restart", Icon::restart, ui.tr("transport.restart"), Action::restart,
                            ui.tr("transport.restart.why_not")};
  if (bar.model.mode() == RunMode::step) {
    return {{{"transport.to_finding", Icon::to_finding, ui.tr("transport.to_finding"), Action::to_finding,
              ui.tr("transport.forward.why_not")},
             restart,
             {"transport.cross", Icon::cross_over, ui.tr("transport.continue_live"), Action::cross_over,
              ui.tr("transport.continue_live.why_not")}}};
  }
  return {
      {restart,
       {"transport.stop", Icon::stop, ui.tr("transport.stop"), Action::stop, ui.tr("transport.stop.why_not")},
       {"transport.cross", Icon::cross_over, ui.tr("transport.step_from_here"), Action::cross_over,
        ui.tr("transport.step_from_here.why_not")}}};
}

void place_minor(TransportBar& bar) {
  if (!bar.detail.minor) return;
  for (const MinorButton& button : minor_buttons(bar)) {
    bar.place_button(button.id, button.icon, bar.detail.labels ? button.name : "", button.name,
                     ButtonLook::plain, button.action, button.why_not);
  }
}

class LiveControls {
 public:
  explicit LiveControls(TransportBar& bar) : bar_(bar), ui_(bar.ui), model_(bar.model) {}

  void place() {
    run();
    place_minor(bar_);
    if (bar_.detail.speed) speed();
    if (bar_.detail.slow) slow_button(bar_, bar_.detail.labels);
  }

 private:
  void run() {
    const bool going = model_.run.is_going();
    const char* label = ui_.tr(going                    ? "transport.pause"
                               : model_.run.is_paused() ? "transport.resume"
                                                        : "transport.run");
    const char* shown = bar_.detail.run_label ? label : "";
    // As wide as its longest text: what stands beside it must not move.
    float width = 0;
    for (const char* text : {ui_.tr("transport.pause"), ui_.tr("transport.resume"), ui_.tr("transport.run")})
      width = std::max(width, ui_.button_width(bar_.detail.run_label ? text : "", true));
    bar_.place_button("transport.run", going ? Icon::pause : Icon::run, shown, label, ButtonLook::primary,
                      Action::run_or_pause, model_.params_error().c_str(), width);
  }

  void speed() {
    const char* label = ui_.tr("transport.speed");
    if (bar_.detail.speed_label) {
      bar_.place(ui_.text_width(ui_.fonts().small, label), compat::font_size(ui_.fonts().small),
                 [&] { ui_.text(label, ui_.theme().text_dim, ui_.fonts().small); });
    }
    bar_.place(ui_.px(bar_.detail.slider), ImGui::GetFrameHeight(),
               [&] { speed_slider(model_, ui_, ui_.px(bar_.detail.slider)); });
    bar_.place(ui_.text_width(ui_.fonts().text, "64×"), compat::font_size(ui_.fonts().text),
               [&] { ui_.text(speed_text(model_.settings.speed)); });
  }

  TransportBar& bar_;
  Ui& ui_;
  AppModel& model_;
};

class StepControls {
 public:
  explicit StepControls(TransportBar& bar) : bar_(bar), ui_(bar.ui), model_(bar.model) {}

  void place() {
    const char* back = ui_.tr("transport.back");
    const char* forward = ui_.tr("transport.forward");
    const char* no_move = ui_.tr("transport.forward.why_not");
    bar_.place_button("transport.back", Icon::back, bar_.detail.step_labels ? back : "", back,
                      ButtonLook::plain, Action::step_back, ui_.tr("transport.back.why_not"));
    bar_.place_button("transport.forward", Icon::run, bar_.detail.run_label ? forward : "",
                      ui_.tr("transport.forward.tip"), ButtonLook::primary, Action::step_forward, no_move);
    run_on(no_move);
    place_minor(bar_);
  }

 private:
  void run_on(const char* no_move) {
    const bool runs = model_.step.running_on();
    bar_.place_button("transport.run", runs ? Icon::pause : Icon::fast, "",
                      ui_.tr(runs ? "transport.halt" : "transport.run_on"), ButtonLook::plain,
                      Action::run_or_pause, no_move);
  }

  TransportBar& bar_;
  Ui& ui_;
  AppModel& model_;
};

}  // namespace

void draw_slow_button(TransportBar& bar, bool labelled) {
  Ui& ui = bar.ui;
  const char* name = ui.tr("transport.slow");
  const std::string tip = ui.tr("transport.slow.tip", key_label(Action::slow_motion));
  const ButtonLook look = bar.model.slow_motion() ? ButtonLook::primary : ButtonLook::plain;
  if (ui.icon_button("transport.slow", Icon::snail, labelled ? name : "", name, look, true, tip.c_str())) {
    bar.model.send(Action::slow_motion);
  }
}

void draw_minor_buttons(TransportBar& bar) {
  for (const MinorButton& button : minor_buttons(bar)) {
    bar.draw_button(button.id, button.icon, button.name, button.name, ButtonLook::plain, button.action,
                    button.why_not);
  }
}

void slow_button(TransportBar& bar, bool labelled) {
  const char* label = labelled ? bar.ui.tr("transport.slow") : "";
  bar.place(bar.ui.button_width(label, true), ImGui::GetFrameHeight(),
            [&] { draw_slow_button(bar, labelled); });
}

void place_run(TransportBar& bar) {
  bar.separator();
  ModeSwitch(bar).place();
  if (bar.model.mode() == RunMode::step)
    StepControls(bar).place();
  else
    LiveControls(bar).place();
}

}  // namespace lockstep
