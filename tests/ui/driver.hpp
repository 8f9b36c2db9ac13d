// The window's content without a window: builds frames, moves a mouse, finds widgets by their id.
#pragma once

#include <imgui.h>

#include <stdexcept>
#include <string>

#include "app/shell/gui_context.hpp"

namespace lockstep::test {

inline bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

class Driver {
 public:
  explicit Driver(int width = 1366, int height = 768, Settings settings = {})
      : model(std::move(settings)), gui(model, nullptr) {
    gui.set_size(width, height);
    move(-10, -10);
    frames(3);
  }

  AppModel model;
  GuiContext gui;

  void frames(int n = 1) {
    for (int i = 0; i < n; ++i) {
      model.update(1.0 / 60);
      gui.build(1.0 / 60);
    }
  }
  WidgetRegistry& widgets() { return gui.ui().widgets(); }
  /// Throws if it was not drawn in the last frame.
  const WidgetBox& widget(std::string_view id) {
    if (const WidgetBox* box = widgets().find(id)) return *box;
    throw std::runtime_error("no widget " + std::string(id));
  }

  void move(float x, float y) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMousePosEvent(x, y);
#else
    ImGui::GetIO().MousePos = {x, y};
#endif
  }
  void button(bool down) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMouseButtonEvent(0, down);
#else
    ImGui::GetIO().MouseDown[0] = down;
#endif
    frames(2);
  }
  void wheel(float notches) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMouseWheelEvent(0, notches);
#else
    ImGui::GetIO().MouseWheel = notches;
#endif
    frames(2);
  }
  void click(float x, float y) {
    move(x, y);
    frames(2);
    button(true);
    button(false);
  }
  void click(std::string_view id) {
    const WidgetBox box = widget(id);
    click((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2);
  }
  void drag(float x0, float y0, float x1, float y1) {
    move(x0, y0);
    frames(2);
    button(true);
    for (int i = 1; i <= 8; ++i) {
      const auto share = static_cast<float>(i) / 8;
      move(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share);
      frames();
    }
    button(false);
  }
};

}  // namespace lockstep::test
