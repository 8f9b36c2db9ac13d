// A GLFW window with an OpenGL 3.3 core context. The only file besides key_input that knows GLFW.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "app/model/key_table.hpp"
#include "app/model/settings.hpp"
#include "app/shell/key_queue.hpp"

struct GLFWwindow;

namespace lockstep {

/// Why there is no window.
enum class NoWindow : std::uint8_t { no_display, no_opengl };

class GlWindow {
 public:
  using Opened = std::variant<std::unique_ptr<GlWindow>, NoWindow>;
  /// An invisible one is for pictures.
  static Opened open(const WindowPlace& place, bool visible);
  ~GlWindow();
  GlWindow(const GlWindow&) = delete;
  GlWindow& operator=(const GlWindow&) = delete;

  GLFWwindow* handle() const { return window_; }
  /// Called by feed_keys() for every key that is pressed or held.
  std::function<KeyEffect(const KeyPress&)> on_key;
  /// Called for every event that may change the picture.
  std::function<void()> on_input;

  /// From now on keys wait for feed_keys(). After Dear ImGui has installed its callbacks, which get them
  /// then.
  void queue_keys();
  /// Before each frame.
  void feed_keys();
  /// Keys wait for a frame.
  bool has_keys() const { return !keys_.empty(); }

  void show();
  bool should_close() const;
  void wait_events(double seconds);
  /// From any thread.
  static void wake();
  /// Where it is now; the size of a maximized one is that it would have otherwise.
  WindowPlace place() const;
  /// Dots per unscaled pixel.
  float content_scale() const;
  double time() const;
  void set_title(const std::string& title);
  void clear(float r, float g, float b);
  void swap();

 private:
  explicit GlWindow(GLFWwindow* window);
  void install_callbacks();
  KeyEffect deliver(const KeyEvent& event);

  GLFWwindow* window_ = nullptr;
  KeyQueue keys_;
  void (*imgui_key_)(GLFWwindow*, int, int, int, int) = nullptr;
  void (*imgui_character_)(GLFWwindow*, unsigned) = nullptr;
  WindowPlace restored_;  // while it was last not maximized
};

}  // namespace lockstep
