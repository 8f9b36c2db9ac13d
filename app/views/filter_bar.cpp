#include "app/views/filter_bar.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "app/shell/imgui_compat.hpp"
#include "app/views/view_tools.hpp"

namespace lockstep {
namespace {}  // namespace

bool begin_combo(Ui& ui, std::string_view id, const char* shown, float width) {
  ImDrawList* draw = ImGui::GetWindowDrawList();  // of the window that the combo stands in, not of its popup
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max{min.x + ui.px(width), min.y + ImGui::GetFrameHeight()};
  ImGui::SetNextItemWidth(max.x - min.x);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1);
  const bool open = ImGui::BeginCombo(("##" + std::string(id)).c_str(), "", ImGuiComboFlags_NoArrowButton);
  ImGui::PopStyleVar();
  const float y = std::floor((min.y + max.y - compat::font_size(ui.fonts().text)) / 2);
  ui.text_at(draw, ui.fonts().text, {min.x + ui.px(10), y}, ui.theme().text, shown,
             max.x - min.x - ui.px(34));
  const ImVec2 tip{max.x - ui.px(14), (min.y + max.y) / 2 + ui.px(3)};
  draw->AddTriangleFilled({tip.x - ui.px(5), tip.y - ui.px(6)}, {tip.x + ui.px(5), tip.y - ui.px(6)}, tip,
                          ui.theme().text_dim);
  ui.mark(id, min, max, shown);
  return open;
}

bool search_field(Ui& ui, std::string_view id, std::string& text, const char* hint, float width, bool focus) {
  std::array<char, 256> buffer{};
  std::memcpy(buffer.data(), text.data(), std::min(text.size(), buffer.size() - 1));
  ImGui::SetNextItemWidth(width);
  if (focus) ImGui::SetKeyboardFocusHere();
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1);
  const bool changed =
      ImGui::InputTextWithHint(("##" + std::string(id)).c_str(), hint, buffer.data(), buffer.size());
  ImGui::PopStyleVar();
  ui.mark(id, hint);
  if (changed) text = buffer.data();
  return changed;
}

bool worker_combo(AppModel& model, Ui& ui, std::string_view id, WorkerId& worker) {
  const auto workers = model.run.store().workers();
  if (worker != kNoWorker && worker >= workers.size()) worker = kNoWorker;  // of another run
  const WorkerId before = worker;
  const std::string shown = worker == kNoWorker ? ui.tr("events.all_workers") : ui.name_of(worker);
  if (begin_combo(ui, id, shown.c_str())) {
    if (ImGui::Selectable(ui.tr("events.all_workers"), worker == kNoWorker)) worker = kNoWorker;
    for (WorkerId i = 0; i < workers.size(); ++i) {
      ImGui::PushID(i);
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const std::string name = "        " + ui.name_of(i);
      if (ImGui::Selectable(name.c_str(), worker == i)) worker = i;
      ui.badge_at(ImGui::GetWindowDrawList(), at, i);
      ImGui::PopID();
    }
    ImGui::EndCombo();
  }
  return worker != before;
}

bool object_combo(AppModel& model, Ui& ui, std::string_view id, ObjectId& object) {
  const TraceStore& store = model.run.store();
  if (object >= store.objects().size()) object = kNoObject;
  const ObjectId before = object;
  const std::string shown = object == kNoObject ? ui.tr("events.all_objects") : ui.name_of_object(object);
  if (begin_combo(ui, id, shown.c_str())) {
    if (ImGui::Selectable(ui.tr("events.all_objects"), object == kNoObject)) object = kNoObject;
    for (ObjectId i = 1; i < store.objects().size(); ++i) {
      if (store.events_of_object(i).empty()) continue;
      ImGui::PushID(i);
      if (ImGui::Selectable(ui.name_of_object(i).c_str(), object == i)) object = i;
      ImGui::SameLine();
      ImGui::TextDisabled("%s", std::string(name_of(store.objects()[i].kind)).c_str());
      ImGui::PopID();
    }
    ImGui::EndCombo();
  }
  return object != before;
}

void next_in_line(Ui& ui, float width) {
  ImGui::SameLine(0, ui.px(8));
  if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
}

}  // namespace lockstep
