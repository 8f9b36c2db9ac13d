// A Dear ImGui context with fonts and style that follow the settings. With a window it draws through OpenGL;
// without one it only builds frames (tests).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/shell/fonts.hpp"
#include "app/shell/gl_window.hpp"
#include "app/shell/ui.hpp"

namespace lockstep {

class GuiContext {
 public:
  /// `window` may be nullptr: no OpenGL then.
  GuiContext(AppModel& model, GlWindow* window);
  ~GuiContext();
  GuiContext(const GuiContext&) = delete;
  GuiContext& operator=(const GuiContext&) = delete;

  Ui& ui() { return *ui_; }
  /// Dots per unscaled pixel of the screen; the font scale comes on top.
  void set_content_scale(float scale) { content_scale_ = scale; }
  /// A fixed size instead of the window's, for pictures and tests.
  void set_size(int width, int height) {
    size_ = ImVec2(static_cast<float>(width), static_cast<float>(height));
  }

  /// Builds a frame: refreshes fonts and style where the settings changed, then the backends, then the
  /// content. What lacked glyphs is built again with them, so a box is seen only for what no font has.
  void build(double seconds_since_last);
  /// Draws what was built into the current framebuffer.
  void render();
  const FontFiles& font_files() const { return files_; }

 private:
  void build_once(double seconds_since_last);
  void refresh_looks();
  void rebake(float scale);

  AppModel& model_;
  GlWindow* window_;
  ImGuiContext* context_;
  FontFiles files_;
  GlyphNeeds needs_;
  std::unique_ptr<Ui> ui_;
  float content_scale_ = 1;
  std::optional<ImVec2> size_;
  // what the fonts and the style were made for
  float baked_scale_ = 0;
  Language baked_language_ = Language::en;
  std::optional<ThemeName> styled_theme_;
};

}  // namespace lockstep
