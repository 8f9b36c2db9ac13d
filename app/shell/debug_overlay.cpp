#include "app/shell/debug_overlay.hpp"

#include <algorithm>
#include <numeric>

namespace lockstep {
namespace {

float average(const std::array<float, FrameTimes::kKept>& values, std::uint64_t frames) {
  const auto n = std::min<std::uint64_t>(frames, values.size());
  if (n == 0) return 0;
  return std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n), 0.0F) /
         static_cast<float>(n);
}

void draw_lines(const AppModel& model, Ui& ui) {
  const FrameTimes& times = ui.state<FrameTimes>();
  const TraceStore& store = model.run.store();
  const WithFont mono(ui.fonts().mono_small);
  const auto line = [](const std::string& text) { ImGui::TextUnformatted(text.c_str()); };
  line(ui.tr("debug.build", fmt::format("{:.2f}", times.average_build()),
             fmt::format("{:.2f}", times.worst_build())));
  line(ui.tr("debug.draw", fmt::format("{:.1f}", times.average_draw())));
  line(ui.tr("debug.frames", Ui::grouped(static_cast<std::int64_t>(times.frames()))));
  line(ui.tr("debug.vertices", Ui::grouped(ImGui::GetIO().MetricsRenderVertices)));
  line(ui.tr("debug.events", Ui::grouped(store.size()),
             Ui::grouped(static_cast<std::int64_t>(store.memory_bytes() >> 10))));
  if (const Session* session = model.run.session()) {
    line(ui.tr("debug.ring", fmt::format("{:.0f}", session->ring_fill() * 100)));
  }
}

}  // namespace

void FrameTimes::add(float build_ms, float draw_ms) {
  build_[frames_ % kKept] = build_ms;
  draw_[frames_ % kKept] = draw_ms;
  ++frames_;
}

float FrameTimes::average_build() const { return average(build_, frames_); }
float FrameTimes::worst_build() const { return *std::ranges::max_element(build_); }
float FrameTimes::average_draw() const { return average(draw_, frames_); }

void draw_debug_overlay(AppModel& model, Ui& ui) {
  ImGui::SetNextWindowPos({ImGui::GetIO().DisplaySize.x - ui.px(12), ui.px(64)}, ImGuiCond_Always, {1, 0});
  ImGui::SetNextWindowBgAlpha(0.92F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ui.px(10, 8));
  ImGui::Begin("debug", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoFocusOnAppearing);
  draw_lines(model, ui);
  ImGui::End();
  ImGui::PopStyleVar();
}

}  // namespace lockstep
