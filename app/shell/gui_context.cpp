#include "app/shell/gui_context.hpp"

#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>

#include "app/shell/frame.hpp"
#include "app/shell/style.hpp"

namespace lockstep {

GuiContext::GuiContext(AppModel& model, GlWindow* window)
    : model_(model), window_(window), context_(ImGui::CreateContext()), files_(find_fonts()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  if (window_) {
    ImGui_ImplGlfw_InitForOpenGL(window_->handle(), true);
    window_->queue_keys();
    ImGui_ImplOpenGL3_Init("#version 330 core");
  } else {
    io.BackendFlags |=
        ImGuiBackendFlags_RendererHasVtxOffset;  // as the real backend: more than 65,536 vertices
  }
  ui_ = std::make_unique<Ui>(model_, Fonts{}, 1.0F);
  ui_->set_has_cjk(files_.has_cjk());
}

GuiContext::~GuiContext() {
  ImGui::SetCurrentContext(context_);
  if (window_) {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
  }
  ImGui::DestroyContext(context_);
}

void GuiContext::rebake(float scale) {
  const Language language = ui_->language();
  if (baked_language_ != language || baked_scale_ == 0) needs_.merge(GlyphNeeds::of(language));
  needs_.everywhere.merge(ui_->take_missing_glyphs());
  ui_->set_fonts(bake_fonts(files_, needs_, scale), scale);
  if (window_) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  baked_scale_ = scale;
  baked_language_ = language;
}

void GuiContext::refresh_looks() {
  const float scale = content_scale_ * static_cast<float>(model_.settings.font_scale);
  const bool rescaled = std::abs(scale - baked_scale_) > 0.001F;
  if (rescaled || baked_language_ != ui_->language() || ui_->misses_glyphs()) rebake(scale);
  if (rescaled || styled_theme_ != model_.settings.theme) {
    apply_style(theme_named(model_.settings.theme), scale);
    styled_theme_ = model_.settings.theme;
  }
}

void GuiContext::build(double seconds_since_last) {
  build_once(seconds_since_last);
  if (ui_->misses_glyphs()) build_once(0);
}

void GuiContext::build_once(double seconds_since_last) {
  ImGui::SetCurrentContext(context_);
  refresh_looks();
  if (window_) {
    ImGui_ImplOpenGL3_NewFrame();
    window_->feed_keys();
    ImGui_ImplGlfw_NewFrame();
  }
  ImGuiIO& io = ImGui::GetIO();
  if (size_) {
    io.DisplaySize = *size_;
    io.DisplayFramebufferScale = {1, 1};
  }
  // At least the time that passed: ImGui's own counter stops while no frame is drawn.
  io.DeltaTime = std::clamp(static_cast<float>(seconds_since_last), 0.0001F, 0.5F);
  build_frame(model_, *ui_);
}

void GuiContext::render() { ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData()); }

}  // namespace lockstep
