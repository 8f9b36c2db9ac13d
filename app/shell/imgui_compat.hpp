// What differs between Dear ImGui 1.86 and later releases, in one place. Nothing here changes behaviour.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

namespace lockstep::compat {

inline void rect(ImDrawList* draw, ImVec2 min, ImVec2 max, ImU32 color, float rounding, float thickness) {
#if IMGUI_VERSION_NUM >= 19280
  draw->AddRect(min, max, color, rounding, thickness, 0);
#else
  draw->AddRect(min, max, color, rounding, 0, thickness);
#endif
}

inline void polyline(ImDrawList* draw, const ImVec2* points, int count, ImU32 color, float thickness) {
#if IMGUI_VERSION_NUM >= 19280
  draw->AddPolyline(points, count, color, thickness, 0);
#else
  draw->AddPolyline(points, count, color, 0, thickness);
#endif
}

inline bool begin_child(const char* id, ImVec2 size, bool padded, ImGuiWindowFlags flags = 0) {
#if IMGUI_VERSION_NUM >= 19000
  return ImGui::BeginChild(id, size, padded ? ImGuiChildFlags_AlwaysUseWindowPadding : 0, flags);
#else
  return ImGui::BeginChild(id, size, false, padded ? flags | ImGuiWindowFlags_AlwaysUseWindowPadding : flags);
#endif
}

inline void push_font(ImFont* font) {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::PushFont(font, font->LegacySize);
#else
  ImGui::PushFont(font);
#endif
}

/// The height in pixels that a font was made for.
inline float font_size(const ImFont* font) {
#if IMGUI_VERSION_NUM >= 19200
  return font->LegacySize;
#else
  return font->FontSize;
#endif
}

/// From the top of a line to the line that the letters stand on.
inline float ascent(ImFont* font) {
#if IMGUI_VERSION_NUM >= 19200
  return font->GetFontBaked(font->LegacySize)->Ascent;
#else
  return font->Ascent;
#endif
}

/// Menus and lists that are open. False if there was none.
inline bool close_popups() {
  if (!ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup)) return false;
  ImGui::ClosePopupToLevel(0, true);
  return true;
}

/// A navigation key went down in this frame (or repeats).
inline bool pressed(ImGuiKey key) {
#if IMGUI_VERSION_NUM >= 18700
  return ImGui::IsKeyPressed(key);
#else
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key));
#endif
}

/// Width of one line of text.
inline float text_width(ImFont* font, const char* begin, const char* end) {
  return font->CalcTextSizeA(font_size(font), 3.4e38F, 0, begin, end).x;
}

inline void text(ImDrawList* draw, ImFont* font, ImVec2 at, ImU32 color, const char* begin, const char* end) {
  draw->AddText(font, font_size(font), at, color, begin, end);
}

}  // namespace lockstep::compat
